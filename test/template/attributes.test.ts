import { App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Alphabet, type OpaqueSymbol } from '../../src/template/symbolic/symbolic-string';
import { symbolizerOf } from '../iam/private/policies';

const env = { account: '111111111111', region: 'cn-north-1' };

function inStack<T extends CfnResource>(make: (stack: Stack) => T, stackName = 'A-Rather-Long-Stack-Name'): T {
  return make(new Stack(new App(), 'Stack', { env, stackName }));
}

const attribute = (resource: CfnResource, name: string) => symbolizerOf(resource.stack).attributeOf(resource, name);

const assumeRolePolicyDocument = {};
const policyDocument = {};

test.each<[string, (stack: Stack) => CfnResource, Record<string, string>]>([
  ['a bucket with a name', stack => new CfnBucket(stack, 'B', { bucketName: 'named' }), {
    Ref: 'named',
    Arn: 'arn:aws-cn:s3:::named',
    DomainName: 'named.s3.amazonaws.com',
    RegionalDomainName: 'named.s3.cn-north-1.amazonaws.com.cn',
    DualStackDomainName: 'named.s3.dualstack.cn-north-1.amazonaws.com.cn',
    WebsiteURL: '${B.WebsiteURL}',
  }],
  ['a bucket without', stack => new CfnBucket(stack, 'B'), { Ref: '${B}', Arn: 'arn:aws-cn:s3:::${B}' }],
  ['a bucket in its account\'s namespace', stack => new CfnBucket(stack, 'B', { bucketNamePrefix: 'data', bucketNamespace: 'account-regional' }), {
    Ref: 'data-111111111111-cn-north-1-an', Arn: 'arn:aws-cn:s3:::data-111111111111-cn-north-1-an',
  }],
  ['a role with a name', stack => new CfnRole(stack, 'R', { roleName: 'Node', assumeRolePolicyDocument }), {
    Ref: 'Node', Arn: 'arn:aws-cn:iam::111111111111:role/Node', RoleId: '${R.RoleId}',
  }],
  ['a role with a path', stack => new CfnRole(stack, 'R', { path: '/a/b/', assumeRolePolicyDocument }), { Arn: 'arn:aws-cn:iam::111111111111:role/a/b/${R}' }],
  ['a managed policy with a name', stack => new CfnManagedPolicy(stack, 'M', { managedPolicyName: 'Read', policyDocument }), {
    Ref: 'arn:aws-cn:iam::111111111111:policy/Read', PolicyArn: 'arn:aws-cn:iam::111111111111:policy/Read',
  }],
  ['a managed policy with a path', stack => new CfnManagedPolicy(stack, 'M', { path: '/a/', policyDocument }), { Ref: 'arn:aws-cn:iam::111111111111:policy/a/${M}' }],
  ['a key', stack => new CfnKey(stack, 'K'), { Ref: '${K}', KeyId: '${K}', Arn: 'arn:aws-cn:kms:cn-north-1:111111111111:key/${K}' }],
  ['an alias', stack => new CfnAlias(stack, 'L', { aliasName: 'alias/x', targetKeyId: 'k' }), { Ref: 'alias/x' }],
  ['something else', stack => new CfnResource(stack, 'X', { type: 'AWS::SNS::Topic' }), { Ref: '${X}', TopicName: '${X.TopicName}' }],
])('%s', (_, make, attributes) => {
  const resource = inStack(make);
  expect(Object.fromEntries(Object.keys(attributes).map(name => [name, `${attribute(resource, name)}`]))).toEqual(attributes);
});

test.each<[string, (stack: Stack) => CfnResource, string, Partial<OpaqueSymbol>]>([
  ['buckets', stack => new CfnBucket(stack, 'B'), 'Ref', { beginsWith: 'a-rather-long-s', alphabet: Alphabet.bucketName, minLength: 12, uniqueIn: 'AWS::S3::Bucket' }],
  ['roles', stack => new CfnRole(stack, 'R', { assumeRolePolicyDocument }), 'Ref', { beginsWith: 'A-Rather-Long-S', alphabet: Alphabet.iamName, minLength: 12, uniqueIn: 'AWS::IAM::Role' }],
  ['keys', stack => new CfnKey(stack, 'K'), 'Ref', { alphabet: Alphabet.keyId, minLength: 32, uniqueIn: 'AWS::KMS::Key' }],
])('what is known of the generated names of %s', (_, make, name, known) => {
  expect(attribute(inStack(make), name).symbols).toEqual([expect.objectContaining({ id: expect.stringMatching(/^Stack\/\w\.Ref$/), ...known })]);
});

test('the names of a stack with a short name begin with all of it', () => {
  const [symbol] = attribute(inStack(stack => new CfnBucket(stack, 'B'), 'Dev'), 'Ref').symbols;
  expect(symbol.beginsWith).toBe('dev-');
});

test('a name that is a parameter is that parameter', () => {
  const bucket = inStack(stack => new CfnBucket(stack, 'B', { bucketName: `x-${new CfnParameter(stack, 'P').valueAsString}` }));
  expect(`${attribute(bucket, 'Arn')}`).toBe('arn:aws-cn:s3:::x-${P}');
});
