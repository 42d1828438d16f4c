/**
 * How Karpenter adds and removes nodes, with the `ClusterRole`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html
 */
export const SCALE_ACTIONS: readonly string[] = ['sagemaker:BatchAddClusterNodes', 'sagemaker:BatchDeleteClusterNodes'];

/**
 * What grants on the keys of volumes may allow, as the `ClusterRole` makes them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html
 */
export const KEY_GRANT_OPERATIONS: readonly string[] = [
  'CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant',
];
