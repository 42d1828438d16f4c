import { CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { cfnRole, cluster, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus, type Scenario } from './private/harness';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const THERE = { account: '444455556666', region: 'eu-west-1' };
const READ = readStatements('arn:aws:s3:::our-scripts');
const decrypt = (resource: string, more: object = {}) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource, ...more });

const OWN_KEY = 'an upload may name a key of its own, and S3 decrypts with the permissions of whoever reads: https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html';

/** Scripts that are uploaded with their own encryption, into a bucket with or without a key. */
function uploaded(
  metadata: (key: kms.CfnKey) => object, granted: (keys: { own: kms.CfnKey; ofBucket: kms.CfnKey }) => object[],
  { hasKey = false, prefix = 'config' } = {},
): Scenario['app'] {
  return stack => {
    const [own, ofBucket] = ['Own', 'OfBucket'].map(id => new kms.CfnKey(stack, id));
    const encryption = { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: ofBucket.attrArn } }] };
    const bucket = new s3.CfnBucket(stack, 'Bucket', { bucketName: 'our-scripts', bucketEncryption: hasKey ? encryption : undefined });
    const upload = new CfnResource(stack, 'Upload', {
      type: 'Custom::CDKBucketDeployment',
      properties: {
        ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:upload',
        DestinationBucketName: bucket.ref,
        DestinationBucketKeyPrefix: prefix,
        SystemMetadata: metadata(own),
      },
    });
    cluster(stack, roleWith(stack, ...READ, ...granted({ own, ofBucket })), `s3://${bucket.ref}/config/`).addDependency(upload);
  };
}

const withKey = (key: kms.CfnKey) => ({ 'sse': 'aws:kms', 'sse-kms-key-id': key.ref });

corpus('Scripts that are encrypted otherwise than their bucket says', [
  { name: 'with a key that the role is not granted', verdict: 'denied', why: OWN_KEY, app: uploaded(withKey, () => []) },
  { name: 'with a key that the role is granted', verdict: 'allowed', why: OWN_KEY, app: uploaded(withKey, ({ own }) => [decrypt(own.attrArn)]) },
  {
    name: 'with a key, in a bucket with another one that the role is granted',
    verdict: 'denied',
    why: OWN_KEY,
    app: uploaded(withKey, ({ ofBucket }) => [decrypt(ofBucket.attrArn)], { hasKey: true }),
  },
  {
    name: 'with a key that the role is granted, in a bucket with another one',
    verdict: 'allowed',
    why: OWN_KEY,
    app: uploaded(withKey, ({ own }) => [decrypt(own.attrArn)], { hasKey: true }),
  },
  {
    name: 'with a key that the role is granted, but only some of them',
    verdict: 'denied',
    why: 'what else is there is encrypted with the bucket\'s key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
    app: uploaded(withKey, ({ own }) => [decrypt(own.attrArn)], { hasKey: true, prefix: 'config/packages' }),
  },
  {
    name: 'with S3\'s own keys, in a bucket with a key',
    verdict: 'allowed',
    why: OWN_KEY,
    app: uploaded(() => ({ sse: 'AES256' }), () => [], { hasKey: true }),
  },
  {
    name: 'with the key that AWS manages for S3',
    verdict: 'allowed',
    why: 'everyone of the account may use it through S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    app: uploaded(() => ({ sse: 'aws:kms' }), () => []),
  },
  {
    name: 'by a BucketDeployment with a key that the role is not granted',
    verdict: 'denied',
    why: OWN_KEY,
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: 'our-scripts' });
      const upload = new s3deploy.BucketDeployment(stack, 'Upload', {
        destinationBucket: bucket,
        destinationKeyPrefix: 'config',
        sources: [s3deploy.Source.data('on_create.sh', '#!/bin/bash\n')],
        serverSideEncryption: s3deploy.ServerSideEncryption.AWS_KMS,
        serverSideEncryptionAwsKmsKeyId: new kms.Key(stack, 'Key').keyId,
      });
      cluster(stack, roleWith(stack, ...READ), bucket.s3UrlForObject('config/')).node.addDependency(upload);
    },
  },
]);

/** A bucket with a key, and a role that may do all that is needed, if the key works. */
function withBucketKey(props: Partial<kms.CfnKeyProps>): Scenario['app'] {
  return stack => encrypted(stack, new kms.CfnKey(stack, 'Key', props).attrArn, decrypt('*'));
}

function encrypted(stack: Stack, kmsMasterKeyId: string, grant: object, bucketKeyEnabled?: boolean): void {
  const bucket = new s3.CfnBucket(stack, 'Bucket', {
    bucketName: 'our-scripts',
    bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId }, bucketKeyEnabled }] },
  });
  cluster(stack, roleWith(stack, ...READ, grant), `s3://${bucket.ref}/config/`);
}

const STATE = 'KMS refuses to decrypt with a disabled key: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html';

corpus('Keys that are disabled', [
  { name: 'Enabled: true', verdict: 'allowed', why: STATE, app: withBucketKey({ enabled: true }) },
  { name: 'Enabled: false', verdict: 'denied', why: STATE, app: withBucketKey({ enabled: false }) },
  {
    name: 'Enabled by a parameter',
    verdict: 'unknown',
    why: STATE,
    app: stack => {
      const key = new kms.CfnKey(stack, 'Key');
      key.addPropertyOverride('Enabled', { Ref: new CfnParameter(stack, 'Enabled').logicalId });
      encrypted(stack, key.attrArn, decrypt('*'));
    },
  },
]);

const CONTEXT = 'S3 passes the ARN of the object, or of a bucket with a Bucket Key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context';
const forContext = (arn: string, operator = 'StringLike') => decrypt('*', { Condition: { [operator]: { 'kms:EncryptionContext:aws:s3:arn': arn } } });
const inContext = (arn: string, operator?: string, bucketKeyEnabled?: boolean): Scenario['app'] =>
  stack => encrypted(stack, new kms.CfnKey(stack, 'Key').attrArn, forContext(arn, operator), bucketKeyEnabled);

corpus('Decryption in the encryption context of S3', [
  { name: 'for the objects of the bucket', verdict: 'allowed', why: CONTEXT, app: inContext('arn:aws:s3:::our-scripts/*') },
  { name: 'for the scripts', verdict: 'allowed', why: CONTEXT, app: inContext('arn:aws:s3:::our-scripts/config/*', 'ArnLike') },
  { name: 'for another bucket', verdict: 'denied', why: CONTEXT, app: inContext('arn:aws:s3:::our-data/*') },
  { name: 'for the bucket', verdict: 'denied', why: CONTEXT, app: inContext('arn:aws:s3:::our-scripts', 'StringEquals') },
  { name: 'for the bucket, which has a Bucket Key', verdict: 'allowed', why: CONTEXT, app: inContext('arn:aws:s3:::our-scripts', 'StringEquals', true) },
]);

const KEY_POLICY = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*', Condition: { StringLike: { 'kms:CallerAccount': '*' } } });

corpus('Keys of several accounts and Regions', [
  {
    name: 'the aws/s3 key of another account',
    verdict: 'denied',
    why: 'no policy can let another account use it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    env: HERE,
    app: stack => {
      const there = new Stack(stack.node.root, 'There', { env: THERE });
      const bucket = new s3.CfnBucket(there, 'Bucket', {
        bucketName: 'our-scripts', bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }] },
      });
      const role = cfnRole(stack, { roleName: 'Node', policies: [{ policyName: 'Scripts', policyDocument: policy(...READ, decrypt('*')) }] });
      new s3.CfnBucketPolicy(there, 'Policy', {
        bucket: bucket.ref,
        policyDocument: policy(...READ.map(statement => ({ ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }))),
      });
      cluster(stack, role.attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'two replicas of one primary key',
    verdict: 'allowed',
    why: 'replicas have the id of their primary key: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    env: HERE,
    app: stack => {
      const props = { primaryKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef', keyPolicy: KEY_POLICY };
      new kms.CfnReplicaKey(new Stack(stack.node.root, 'Other', { env: { ...HERE, region: 'eu-central-1' } }), 'Key', {
        ...props, keyPolicy: policy({ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'kms:*', Resource: '*' }),
      });
      const replica = new kms.CfnReplicaKey(stack, 'Key', props);
      encrypted(stack, replica.attrArn, decrypt('arn:aws:kms:*:111122223333:key/mrk-0123456789abcdef0123456789abcdef'));
    },
  },
  {
    name: 'a replica, granted by the id of its primary key in the app',
    verdict: 'allowed',
    why: 'replicas have the id of their primary key: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    app: stack => {
      const primary = new kms.CfnKey(stack, 'Primary', { multiRegion: true, keyPolicy: KEY_POLICY });
      const replica = new kms.CfnReplicaKey(stack, 'Key', { primaryKeyArn: primary.attrArn, keyPolicy: KEY_POLICY });
      encrypted(stack, replica.attrArn, decrypt(`arn:aws:kms:*:*:key/${primary.ref}`));
    },
  },
]);
