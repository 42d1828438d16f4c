import { CfnParameter, PhysicalName, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, executionRole, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';
import type { Case } from './private/harness';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const THERE = { account: '444455556666', region: 'eu-west-1' };

/** A bucket that is encrypted with a key, and a role that may read it but for the decryption, which `grant` may add. */
function encrypted(grant: (key: kms.Key, role: iam.Role) => void, keyPolicy?: (stack: Stack) => iam.PolicyDocument): Case['app'] {
  return stack => {
    const key = new kms.Key(stack, 'Key', { policy: keyPolicy?.(stack) });
    const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: 'our-scripts', encryptionKey: key });
    const role = roleWith(stack, ...readStatements('arn:aws:s3:::our-scripts'));
    grant(key, role);
    cluster(stack, role, bucket.s3UrlForObject('config/'));
  };
}

/** A bucket named by `KMSMasterKeyID` as text, and a role that may decrypt with the keys that `resource` names. */
function encryptedBy(kmsMasterKeyId: string | undefined, resource: string, sseAlgorithm = 'aws:kms'): Case['app'] {
  return stack => {
    const bucket = new s3.CfnBucket(stack, 'Bucket', {
      bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId } }] },
    });
    cluster(stack, roleWith(stack, ...readStatements(bucket.attrArn), decrypt(resource)), `s3://${bucket.ref}/config/`);
  };
}

const decrypt = (resource: string, more: object = {}) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource, ...more });

corpus('Buckets encrypted with KMS', [
  {
    name: 'grantRead of a bucket with a key of the app',
    verdict: 'allowed',
    why: 'grantRead also allows kms:Decrypt on the bucket\'s key',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'statements for the bucket, and none for its key',
    verdict: 'denied',
    why: 'S3 decrypts with the permissions of whoever reads',
    app: encrypted(() => {}),
  },
  {
    name: 'a sagemaker- bucket with a key',
    verdict: 'denied',
    why: 'the managed policy reads the bucket and decrypts nothing',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket', {
      bucketName: 'sagemaker-scripts', encryption: s3.BucketEncryption.KMS,
    }).s3UrlForObject('config/')),
  },
  {
    name: 'kms:Decrypt in the role\'s policy',
    verdict: 'allowed',
    why: 'CDK\'s key policy leaves it to the account\'s IAM',
    app: encrypted((key, role) => role.addToPolicy(iam.PolicyStatement.fromJson(decrypt(key.keyArn)))),
  },
  {
    name: 'kms:Decrypt on all keys of the account',
    verdict: 'allowed',
    why: 'the key\'s ARN has the account and the Region of its stack',
    app: encrypted((key, role) => role.addToPolicy(iam.PolicyStatement.fromJson(decrypt(`arn:aws:kms:${key.stack.region}:${key.stack.account}:key/*`)))),
  },
  {
    name: 'kms:Decrypt on an alias',
    verdict: 'denied',
    why: 'in a policy an alias does not stand for its key',
    app: encrypted((key, role) => {
      key.addAlias('scripts');
      role.addToPolicy(iam.PolicyStatement.fromJson(decrypt(`arn:aws:kms:${key.stack.region}:${key.stack.account}:alias/scripts`)));
    }),
  },
  {
    name: 'kms:Decrypt through S3 only',
    verdict: 'allowed',
    why: 'kms:ViaService is S3 in the bucket\'s Region',
    env: HERE,
    app: encrypted((key, role) => role.addToPolicy(iam.PolicyStatement.fromJson(
      decrypt(key.keyArn, { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })))),
  },
  {
    name: 'a key policy that denies requests without TLS',
    verdict: 'allowed',
    why: 'KMS takes requests by TLS only, those of S3 too',
    app: encrypted((key, role) => {
      key.grantDecrypt(role);
      key.addToResourcePolicy(new iam.PolicyStatement({
        effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['kms:*'], resources: ['*'], conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }));
    }),
  },
  {
    name: 'kms:Decrypt through EC2 only',
    verdict: 'denied',
    why: 'kms:ViaService is S3 in the bucket\'s Region',
    env: HERE,
    app: encrypted((key, role) => role.addToPolicy(iam.PolicyStatement.fromJson(
      decrypt(key.keyArn, { Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } } })))),
  },
  {
    name: 'a key policy that names the role',
    verdict: 'allowed',
    why: 'within one account the key\'s policy is enough',
    app: encrypted((key, role) => { key.addToResourcePolicy(new iam.PolicyStatement({ principals: [role], actions: ['kms:Decrypt'], resources: ['*'] })); }),
  },
  {
    name: 'a key policy that leaves nothing to IAM',
    verdict: 'denied',
    why: 'a key\'s policy must let the account or the role in, or IAM policies count for nothing',
    app: encrypted((key, role) => role.addToPolicy(iam.PolicyStatement.fromJson(decrypt(key.keyArn))), stack => iam.PolicyDocument.fromJson(policy(
      { Effect: 'Allow', Principal: { AWS: cfnRole(stack, {}, 'KeyAdmin').attrArn }, Action: 'kms:*', Resource: '*' }))),
  },
  {
    name: 'a key policy that denies',
    verdict: 'denied',
    why: 'an explicit deny outweighs every allow',
    app: encrypted((key, role) => {
      key.grantDecrypt(role);
      key.addToResourcePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: [role], actions: ['kms:Decrypt'], resources: ['*'] }));
    }),
  },
  {
    name: 'a bucket with S3\'s own encryption',
    verdict: 'allowed',
    why: 'SSE-S3 asks no permissions of the reader',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.S3_MANAGED });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket with AWS\'s key for S3',
    verdict: 'allowed',
    why: 'everyone in the account may use aws/s3 through S3',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS_MANAGED });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  { name: 'KMS without a key of one\'s own', verdict: 'allowed', why: 'the default is aws/s3, which everyone in the account may use', app: encryptedBy(undefined, 'arn:aws:kms:*:*:key/none') },
  { name: 'the literal alias aws/s3', verdict: 'allowed', why: 'everyone in the account may use it through S3', app: encryptedBy('alias/aws/s3', 'arn:aws:kms:*:*:key/none') },
  { name: 'AES256', verdict: 'allowed', why: 'SSE-S3 asks no permissions of the reader', app: encryptedBy(undefined, 'arn:aws:kms:*:*:key/none', 'AES256') },
  {
    name: 'a replica key of the app that leaves nothing to IAM',
    verdict: 'denied',
    why: 'a replica has a key policy of its own',
    app: stack => {
      const key = new kms.CfnReplicaKey(stack, 'Key', {
        primaryKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef',
        keyPolicy: policy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' }, Action: 'kms:*', Resource: '*' }),
      });
      const bucket = new s3.CfnBucket(stack, 'Bucket', {
        bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn } }] },
      });
      cluster(stack, roleWith(stack, ...readStatements(bucket.attrArn), decrypt(key.attrArn)), `s3://${bucket.ref}/config/`);
    },
  },
  {
    name: 'a key by its ARN, allowed',
    verdict: 'allowed',
    why: 'a key that the app does not define is taken to have the default policy, which leaves it to IAM',
    env: HERE,
    app: encryptedBy('arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  },
  {
    name: 'a key by its id, allowed by its ARN',
    verdict: 'allowed',
    why: 'the id is of a key in the bucket\'s account and Region',
    env: HERE,
    app: encryptedBy('1234abcd-12ab-34cd-56ef-1234567890ab', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  },
  {
    name: 'a key by its ARN, not allowed',
    verdict: 'unknown',
    why: 'the key\'s policy, which is not in the app, may let the role in',
    env: HERE,
    app: encryptedBy('arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'arn:aws:kms:eu-west-1:111122223333:key/other'),
  },
  {
    name: 'a key by an alias, and kms:Decrypt on all keys',
    verdict: 'allowed',
    why: 'whichever key the alias stands for is a key of the account',
    env: HERE,
    app: encryptedBy('alias/scripts', 'arn:aws:kms:eu-west-1:111122223333:key/*'),
  },
  {
    name: 'a key by an alias, and kms:Decrypt on one key',
    verdict: 'unknown',
    why: 'which key the alias stands for is not in the app',
    env: HERE,
    app: encryptedBy('alias/scripts', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  },
  {
    name: 'a key by an alias, and kms:Decrypt on the alias',
    verdict: 'unknown',
    why: 'in a policy an alias does not stand for its key, and the key\'s policy is not in the app',
    env: HERE,
    app: encryptedBy('alias/scripts', 'arn:aws:kms:eu-west-1:111122223333:alias/scripts'),
  },
  {
    name: 'a key by the ARN of an alias, and kms:Decrypt on all keys',
    verdict: 'allowed',
    why: 'whichever key the alias stands for is a key of the account',
    env: HERE,
    app: encryptedBy('arn:aws:kms:eu-west-1:111122223333:alias/scripts', 'arn:aws:kms:eu-west-1:111122223333:key/*'),
  },
  {
    name: 'a key by an alias of the app',
    verdict: 'allowed',
    why: 'the alias\'s key is in the app',
    app: stack => {
      const key = new kms.Key(stack, 'Key');
      const alias = key.addAlias('scripts');
      const bucket = new s3.CfnBucket(stack, 'Bucket', {
        bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: alias.aliasName } }] },
      });
      cluster(stack, roleWith(stack, ...readStatements(bucket.attrArn), decrypt(key.keyArn)), `s3://${bucket.ref}/config/`);
    },
  },
  {
    name: 'a key from a parameter, and kms:Decrypt by the parameter',
    verdict: 'allowed',
    why: 'whichever key it names is the one that is granted',
    app: stack => {
      const key = new CfnParameter(stack, 'KeyArn').valueAsString;
      encryptedBy(key, key)(stack);
    },
  },
  {
    name: 'a key from a parameter, and no kms:Decrypt',
    verdict: 'unknown',
    why: 'the key\'s policy, which is not in the app, may let the role in',
    app: stack => encryptedBy(new CfnParameter(stack, 'KeyArn').valueAsString, 'arn:aws:kms:eu-west-1:111122223333:key/other')(stack),
  },
  {
    name: 'an imported bucket with its key, granted',
    verdict: 'allowed',
    why: 'the import says which key it is, and grantRead allows kms:Decrypt on it',
    env: HERE,
    app: stack => {
      const role = executionRole(stack);
      const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'our-scripts', encryptionKey: key });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an imported bucket with its key, granted without the key',
    verdict: 'unknown',
    why: 'the key\'s policy, which is not in the app, may let the role in',
    env: HERE,
    app: stack => {
      const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'our-scripts', encryptionKey: key });
      cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::our-scripts')), bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket and a key of another account\'s stack, allowed on both sides',
    verdict: 'allowed',
    env: HERE,
    why: 'across accounts the role\'s policies, the bucket\'s and the key\'s must all allow it, and grantRead adds to all three',
    app: stack => {
      const storage = new Stack(stack.node.root, 'Storage', { env: THERE });
      const role = executionRole(stack, { roleName: PhysicalName.GENERATE_IF_NEEDED });
      const key = new kms.Key(storage, 'Key', { alias: 'their-key' });
      const bucket = new s3.Bucket(storage, 'Bucket', { bucketName: 'their-scripts', encryptionKey: key });
      bucket.grantRead(role);
      role.addToPolicy(iam.PolicyStatement.fromJson(decrypt(`arn:aws:kms:eu-west-1:${THERE.account}:key/*`)));
      cluster(stack, role, 's3://their-scripts/config/');
    },
  },
  {
    name: 'a boundary without KMS',
    verdict: 'denied',
    why: 'a boundary limits decryption as it limits everything else',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS });
      const role = executionRole(stack, { permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess') });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
]);
