/**
 * How HyperPod, with an execution role, lets EBS use the customer managed key of a volume.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export const GRANT_KEY_ACTION = 'kms:CreateGrant';

/**
 * How HyperPod looks the key of a volume up.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export const DESCRIBE_KEY_ACTION = 'kms:DescribeKey';

/**
 * The service that KMS sees the requests come from, as `kms:ViaService` names it before the Region.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export const KEY_VIA_SERVICE = 'sagemaker';
