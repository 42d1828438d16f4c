import { Stack } from 'aws-cdk-lib';
import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { keyStatement } from '../private/key-statement';
import { READABLE_BUCKET_PREFIX } from '../service/instance-role-policy';
import { DECRYPT_SCRIPT_ACTION, LIST_SCRIPTS_ACTION, READ_SCRIPT_ACTION, UPLOAD_SCRIPT_ACTION } from '../service/script-access';

/**
 * What the nodes read of a bucket: every object whose key begins with the prefix.
 */
export interface LifecycleSource {
  readonly bucket: IBucket;
  readonly prefix: string;
}

/**
 * What a role needs to read lifecycle scripts.
 *
 * @param managedPolicyAttached whether the role is known to carry AmazonSageMakerClusterInstanceRolePolicy
 */
export function lifecycleReadStatements(scope: IConstruct, source: LifecycleSource, managedPolicyAttached: boolean): PolicyStatement[] {
  const covered = managedPolicyAttached && isSageMakerBucket(source.bucket) && isInAccountOf(scope, source.bucket);
  return [
    ...(covered ? [] : s3ReadStatements(source)),
    ...decryptStatements(source.bucket),
  ];
}

/**
 * What the bucket's own policy must hold before a role of another account can read it.
 */
export function bucketPolicyStatements(source: LifecycleSource, principals: IPrincipal[]): PolicyStatement[] {
  return readAccess(source).map(({ action, resource }) => new PolicyStatement({
    principals,
    actions: [action],
    resources: [resource],
  }));
}

/**
 * What the bucket's own policy must hold before scripts can be uploaded to it from another account.
 */
export function bucketUploadStatements({ bucket, prefix }: LifecycleSource, principals: IPrincipal[]): PolicyStatement[] {
  return [
    new PolicyStatement({ principals, actions: [LIST_SCRIPTS_ACTION], resources: [bucket.bucketArn] }),
    new PolicyStatement({ principals, actions: [UPLOAD_SCRIPT_ACTION], resources: [bucket.arnForObjects(`${prefix}*`)] }),
  ];
}

/**
 * Whether a bucket is provably in the account of a construct's stack.
 *
 * A bucket known by its name alone is in the account of the stack that names it, as everywhere in CDK.
 */
export function isInAccountOf(scope: IConstruct, bucket: IBucket): boolean {
  const stack = Stack.of(scope);
  return JSON.stringify(stack.resolve(bucket.env.account)) === JSON.stringify(stack.resolve(stack.account));
}

/**
 * Whether the managed policy's `arn:*:s3:::sagemaker-*` covers the bucket: the literal beginning of the name decides,
 * whatever tokens follow.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html
 */
function isSageMakerBucket(bucket: IBucket): boolean {
  const resource = bucket.node.defaultChild;
  // The name of a bucket defined in the app is a reference; what it refers to may be named literally.
  const name = CfnBucket.isCfnBucket(resource) ? resource.bucketName : bucket.bucketName;
  return name !== undefined && name.startsWith(READABLE_BUCKET_PREFIX);
}

/**
 * The condition keeps a bucket of the same name, recreated by someone else, from feeding scripts to the nodes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
function s3ReadStatements(source: LifecycleSource): PolicyStatement[] {
  return readAccess(source).map(({ action, resource }) => new PolicyStatement({
    actions: [action],
    resources: [resource],
    conditions: { StringEquals: { 'aws:ResourceAccount': source.bucket.env.account } },
  }));
}

/**
 * The two actions that HyperPod's own message asks for: s3:ListBucket on the bucket, s3:GetObject on the scripts.
 */
function readAccess(source: LifecycleSource): { action: string; resource: string }[] {
  return [
    { action: LIST_SCRIPTS_ACTION, resource: source.bucket.bucketArn },
    { action: READ_SCRIPT_ACTION, resource: source.bucket.arnForObjects(`${source.prefix}*`) },
  ];
}

/**
 * S3 decrypts an SSE-KMS object with the reader's permissions.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
function decryptStatements(bucket: IBucket): PolicyStatement[] {
  return bucket.encryptionKey === undefined
    ? []
    : [keyStatement(bucket.encryptionKey, [DECRYPT_SCRIPT_ACTION])];
}
