/**
 * How Slurm's accounting gets the user and the password of its database.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
export const READ_SECRET_ACTION = 'secretsmanager:GetSecretValue';

/**
 * What Secrets Manager needs of a reader's permissions for a secret that a customer managed key encrypts.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export const DECRYPT_SECRET_ACTION = 'kms:Decrypt';
