import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { type BucketFacts, findBucket } from '../../../src/iam/resources/bucket';
import { resolveReferencing } from '../../../src/template/token-resolver';
import type { World } from '../../../src/template/world';
import { ACCOUNT, OTHER_ACCOUNT, symbolizerOf } from '../private/policies';

const env = { account: ACCOUNT, region: 'eu-west-1' };
const elsewhere = { account: OTHER_ACCOUNT, region: 'us-east-1' };

function newStack(app = new App(), id = 'Stack', where = env): Stack {
  return new Stack(app, id, { env: where });
}

function facts(name: string, stack: Stack, world?: World): BucketFacts {
  const symbolizer = symbolizerOf(stack, world);
  return findBucket(symbolizer.string(resolveReferencing(stack, name), stack)!, stack, symbolizer);
}

const printed = ({ name, arn, account, region, knownByNameOnly, resource, policy, key }: BucketFacts) => ({
  name: `${name}`,
  arn: `${arn}`,
  account: `${account}`,
  region: `${region}`,
  knownByNameOnly,
  resource: resource?.node.path,
  policies: policy.documents.map(({ origin, attached }) => `${origin}: ${attached}`),
  unseen: policy.unseen,
  key: key && `${key.arn}`,
});

const known = { name: 'data', arn: 'arn:aws:s3:::data', account: ACCOUNT, region: 'eu-west-1', knownByNameOnly: false, policies: [], unseen: [] };
const hiddenPolicy = ['the policy of the bucket, which lies in another account, is not defined in this app'];

test('a bucket of which only the name is known lies where it is read', () => {
  expect(printed(facts('data', newStack()))).toEqual({ ...known, knownByNameOnly: true });
});

test.each<[string, (stack: Stack) => unknown]>([
  ['with its name', stack => new Bucket(stack, 'Bucket', { bucketName: 'data' })],
  ['as an L1', stack => new CfnBucket(stack, 'Bucket', { bucketName: 'data' })],
])('a bucket of the app %s is recognized by it', (_, make) => {
  const stack = newStack();
  make(stack);
  expect(printed(facts('data', stack))).toMatchObject({ ...known, resource: expect.stringMatching(/^Stack\/Bucket/) });
});

test('a bucket of another stack lies there', () => {
  const app = new App();
  const bucket = new Bucket(newStack(app, 'Other', elsewhere), 'Bucket', { bucketName: 'data' });
  expect(printed(facts(bucket.bucketName, newStack(app)))).toEqual({
    ...known, account: OTHER_ACCOUNT, region: 'us-east-1', resource: 'Other/Bucket/Resource',
  });
});

test('a bucket that exists under a condition is one of the app only then', () => {
  const stack = newStack();
  const bucket = new CfnBucket(stack, 'Bucket', { bucketName: 'data' });
  bucket.cfnOptions.condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'x') });
  expect([facts('data', stack, { is: () => true }).resource, facts('data', stack, { is: () => false }).resource]).toEqual([bucket, undefined]);
});

describe('imported buckets', () => {
  test.each<[string, (stack: Stack) => unknown, object]>([
    ['by name', stack => Bucket.fromBucketName(stack, 'Imported', 'data'), { knownByNameOnly: true }],
    ['by ARN', stack => Bucket.fromBucketArn(stack, 'Imported', 'arn:aws:s3:::data'), { knownByNameOnly: true }],
    ['with an account and a Region', stack => Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'data', ...elsewhere }),
      { account: OTHER_ACCOUNT, region: 'us-east-1', knownByNameOnly: false, unseen: hiddenPolicy }],
    ['with a Region only', stack => Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'data', region: 'us-east-1' }),
      { region: 'us-east-1', knownByNameOnly: true }],
    ['twice', stack => [
      Bucket.fromBucketName(stack, 'ByName', 'data'), Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'data', ...elsewhere }),
    ], { account: OTHER_ACCOUNT, region: 'us-east-1', knownByNameOnly: false, unseen: hiddenPolicy }],
    ['with a key', stack => [Bucket.fromBucketName(stack, 'ByName', 'data'), Bucket.fromBucketAttributes(stack, 'Imported', {
      bucketName: 'data', encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/abc`),
    })], { knownByNameOnly: true, key: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/abc` }],
    ['of another name', stack => Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'other', ...elsewhere }), { knownByNameOnly: true }],
  ])('%s', (_, make, expected) => {
    const stack = newStack();
    make(stack);
    expect(printed(facts('data', stack))).toEqual({ ...known, ...expected });
  });
});

describe('bucket policies', () => {
  const policyDocument = { Statement: [] };

  test('of a bucket of the app', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { enforceSSL: true });
    new Bucket(stack, 'Other', { enforceSSL: true });
    new CfnBucketPolicy(stack, 'Third', { bucket: 'third', policyDocument });
    expect(printed(facts(bucket.bucketName, stack)).policies).toEqual(['bucket policy Stack/Bucket/Policy/Resource: yes']);
  });

  test.each<[string, (stack: Stack) => string, string[]]>([
    ['the bucket by its name', () => 'data', ['bucket policy Stack/Policy: yes']],
    ['another bucket', () => 'other', []],
    ['perhaps the bucket', stack => new CfnParameter(stack, 'P').valueAsString, ['bucket policy Stack/Policy: unknown']],
  ])('that names %s', (_, bucket, expected) => {
    const stack = newStack();
    new CfnBucketPolicy(stack, 'Policy', { bucket: bucket(stack), policyDocument });
    expect(printed(facts('data', stack)).policies).toEqual(expected);
  });

  test.each([['data', []], [undefined, hiddenPolicy]])('one that is %s for certain is the policy of a bucket of another account', (name, unseen) => {
    const stack = newStack();
    Bucket.fromBucketAttributes(stack, 'Imported', { bucketName: 'data', ...elsewhere });
    new CfnBucketPolicy(stack, 'Policy', { bucket: name ?? new CfnParameter(stack, 'P').valueAsString, policyDocument });
    expect(printed(facts('data', stack)).unseen).toEqual(unseen);
  });

  test('under a condition', () => {
    const stack = newStack();
    const policy = new CfnBucketPolicy(stack, 'Policy', { bucket: 'data', policyDocument });
    policy.cfnOptions.condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'x') });
    expect(['true', 'false'].map(outcome => facts('data', stack, { is: () => outcome === 'true' }).policy.documents.length)).toEqual([1, 0]);
  });

  test('with its statements', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    bucket.addToResourcePolicy(new PolicyStatement({
      effect: Effect.DENY, actions: ['s3:*'], resources: [bucket.arnForObjects('*')], principals: [new ServicePrincipal('s3.amazonaws.com')],
    }));
    const [document] = facts(bucket.bucketName, stack).policy.documents;
    expect(document.statements.map(({ effect, resources }) => [effect, resources!.values.map(String)])).toEqual([['Deny', [expect.stringMatching(/^arn:aws:s3:::\$\{Bucket\w+\}\/\*$/)]]]);
  });
});

describe('default encryption', () => {
  test.each<[string, (stack: Stack) => Bucket, string | undefined]>([
    ['by S3', stack => new Bucket(stack, 'Bucket', { bucketName: 'data', encryption: BucketEncryption.S3_MANAGED }), undefined],
    ['not said', stack => new Bucket(stack, 'Bucket', { bucketName: 'data' }), undefined],
    ['by a key that AWS manages', stack => new Bucket(stack, 'Bucket', { bucketName: 'data', encryption: BucketEncryption.KMS_MANAGED }),
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/\${key of alias/aws/s3}`],
    ['by a key of the app', stack => new Bucket(stack, 'Bucket', { bucketName: 'data', encryptionKey: new Key(stack, 'Key') }),
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/\${Key961B73FD}`],
    ['by a key of its own', stack => new Bucket(stack, 'Bucket', { bucketName: 'data', encryption: BucketEncryption.DSSE }),
      expect.stringMatching(/^arn:aws:kms:eu-west-1:111111111111:key\/\$\{BucketKey\w+\}$/)],
  ])('%s', (_, make, key) => {
    const stack = newStack();
    make(stack);
    expect(printed(facts('data', stack)).key).toEqual(key);
  });

  test.each([
    ['aws:kms', true],
    ['aws:kms:dsse', true],
    ['AES256', false],
    [undefined, true],
  ])('by the algorithm %s, with a key: %s', (algorithm, encrypted) => {
    const stack = newStack();
    const sseAlgorithm = algorithm ?? new CfnParameter(stack, 'Algorithm').valueAsString;
    new CfnBucket(stack, 'Bucket', {
      bucketName: 'data',
      bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: 'abc' } }] },
    });
    expect(printed(facts('data', stack)).key).toBe(encrypted ? `arn:aws:kms:eu-west-1:${ACCOUNT}:key/abc` : undefined);
  });
});
