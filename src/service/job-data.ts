/**
 * How jobs on restricted instance groups find the objects in a bucket of their input or output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const LIST_DATA_ACTION = 's3:ListBucket';

/**
 * What jobs on restricted instance groups do with the objects of their input and output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const DATA_ACTIONS: readonly string[] = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];

/**
 * What S3 needs of a job's permissions to read and write objects that a KMS key encrypts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const DATA_KEY_ACTIONS: readonly string[] = ['kms:Decrypt', 'kms:GenerateDataKey'];
