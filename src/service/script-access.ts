/**
 * How nodes find their lifecycle scripts in the bucket.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const LIST_SCRIPTS_ACTION = 's3:ListBucket';

/**
 * How nodes download a lifecycle script.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const READ_SCRIPT_ACTION = 's3:GetObject';

/**
 * How a lifecycle script is uploaded.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export const UPLOAD_SCRIPT_ACTION = 's3:PutObject';

/**
 * What S3 needs of a reader's permissions for an object that a KMS key encrypts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const DECRYPT_SCRIPT_ACTION = 'kms:Decrypt';
