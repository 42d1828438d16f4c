import { Aws, CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { cluster, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';
import type { Case } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';
const ENV = { account: '111122223333', region: 'eu-west-1' };

/** A role that may read the scripts under a condition. */
const when = (condition: object, source = SCRIPTS): Case['app'] => stack =>
  cluster(stack, roleWith(stack, ...readStatements(BUCKET).map(statement => ({ ...statement, Condition: condition }))), source);

/** A role that may list under a condition, and get without one. */
const listedWhen = (condition: object, source = SCRIPTS): Case['app'] => stack => {
  const [list, get] = readStatements(BUCKET);
  cluster(stack, roleWith(stack, { ...list, Condition: condition }, get), source);
};

/** A role that may read the scripts, unless a condition holds. */
const unless = (condition: object): Case['app'] => stack =>
  cluster(stack, roleWith(stack, ...readStatements(BUCKET), { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: condition }), SCRIPTS);

/** A role whose policy has a variable in its resources. */
const onResource = (bucket: string, source: string, version = '2012-10-17'): Case['app'] => stack => {
  const role = roleWith(stack, { Effect: 'Allow', Action: 'logs:*', Resource: '*' });
  new iam.CfnPolicy(stack, 'Read', {
    policyName: 'Read', roles: [role.roleName], policyDocument: { ...policy(...readStatements(bucket)), Version: version },
  });
  cluster(stack, role, source);
};

corpus('Conditions that are decided', [
  {
    name: 'aws:ResourceAccount is the account of the stack',
    verdict: 'allowed',
    why: 'the bucket lies there',
    env: ENV,
    app: when({ StringEquals: { 'aws:ResourceAccount': '111122223333' } }),
  },
  {
    name: 'aws:ResourceAccount is another account',
    verdict: 'denied',
    why: 'the bucket does not lie there',
    env: ENV,
    app: when({ StringEquals: { 'aws:ResourceAccount': '444455556666' } }),
  },
  {
    name: 'aws:ResourceAccount is AWS::AccountId',
    verdict: 'allowed',
    why: 'the bucket lies in the account of the stack, whichever it is',
    app: when({ StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } }),
  },
  {
    name: 'aws:ResourceAccount is a literal account in an environment-agnostic stack',
    verdict: 'unknown',
    why: 'the stack may be deployed there or elsewhere',
    app: when({ StringEquals: { 'aws:ResourceAccount': '111122223333' } }),
  },
  {
    name: 'aws:ResourceAccount is one of several accounts',
    verdict: 'allowed',
    why: 'one match among the values is enough',
    env: ENV,
    app: when({ StringEquals: { 'aws:ResourceAccount': ['444455556666', '111122223333'] } }),
  },
  {
    name: 'aws:ResourceAccount is the role\'s account, by a policy variable',
    verdict: 'allowed',
    why: 'role and bucket are in one account',
    app: when({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }),
  },
  {
    name: 's3:ResourceAccount',
    verdict: 'allowed',
    why: 'S3\'s own key says the same',
    env: ENV,
    app: when({ StringEquals: { 's3:ResourceAccount': '111122223333' } }),
  },
  {
    name: 's3:ResourceAccount is another account',
    verdict: 'denied',
    why: 'the bucket does not lie there',
    env: ENV,
    app: when({ StringLike: { 's3:ResourceAccount': '4444*' } }),
  },
  {
    name: 'the key in another case',
    verdict: 'allowed',
    why: 'IAM ignores the case of condition keys',
    env: ENV,
    app: when({ StringEquals: { 'AWS:resourceaccount': '111122223333' } }),
  },
  {
    name: 'aws:PrincipalAccount',
    verdict: 'allowed',
    why: 'the role lies in the account of the stack',
    env: ENV,
    app: when({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
  },
  {
    name: 'aws:PrincipalAccount is another account',
    verdict: 'denied',
    why: 'the role does not lie there',
    env: ENV,
    app: when({ StringEquals: { 'aws:PrincipalAccount': '444455556666' } }),
  },
  {
    name: 'aws:PrincipalArn with a wildcard',
    verdict: 'allowed',
    why: 'the role\'s ARN is an ARN of a role in this account',
    env: ENV,
    app: when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }),
  },
  {
    name: 'aws:PrincipalArn of a session',
    verdict: 'denied',
    why: 'the key holds the role\'s ARN, not that of its session',
    env: ENV,
    app: when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/*' } }),
  },
  { name: 'aws:SecureTransport', verdict: 'allowed', why: 'nodes use TLS', app: when({ Bool: { 'aws:SecureTransport': 'true' } }) },
  { name: 'aws:SecureTransport is false', verdict: 'denied', why: 'nodes use TLS', app: when({ Bool: { 'aws:SecureTransport': 'false' } }) },
  { name: 'aws:SecureTransport as a boolean', verdict: 'allowed', why: 'JSON\'s true is the text "true"', app: when({ Bool: { 'aws:SecureTransport': true } }) },
  { name: 'a deny without TLS', verdict: 'allowed', why: 'nodes use TLS', app: unless({ Bool: { 'aws:SecureTransport': 'false' } }) },
  {
    name: 'aws:RequestedRegion',
    verdict: 'allowed',
    why: 'the bucket is taken to be in the stack\'s Region',
    env: ENV,
    app: when({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
  },
  {
    name: 'a deny of other Regions',
    verdict: 'denied',
    why: 'the request goes to eu-west-1',
    env: ENV,
    app: unless({ StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } }),
  },
  {
    name: 'aws:RequestedRegion is AWS::Region',
    verdict: 'allowed',
    why: 'the bucket is taken to be in the stack\'s Region, whichever it is',
    app: when({ StringEquals: { 'aws:RequestedRegion': Aws.REGION } }),
  },
  {
    name: 's3:prefix with and without what follows',
    verdict: 'allowed',
    why: 'the listing is of the scripts\' prefix, with its slash or without',
    app: listedWhen({ StringLike: { 's3:prefix': ['config', 'config/*'] } }),
  },
  { name: 's3:prefix config*', verdict: 'allowed', why: 'the wildcard matches with the slash and without', app: listedWhen({ StringLike: { 's3:prefix': 'config*' } }) },
  { name: 's3:prefix of another directory', verdict: 'denied', why: 'the listing is of the scripts\' prefix', app: listedWhen({ StringLike: { 's3:prefix': 'data/*' } }) },
  {
    name: 's3:prefix with the slash only',
    verdict: 'unknown',
    why: 'whether the node lists "config" or "config/" is not documented',
    app: listedWhen({ StringEquals: { 's3:prefix': 'config/' } }),
  },
  {
    name: 's3:prefix for a whole bucket',
    verdict: 'denied',
    why: 'a listing of the bucket has no prefix that begins with config',
    app: listedWhen({ StringLike: { 's3:prefix': 'config/*' } }, 's3://our-scripts'),
  },
  { name: 's3:prefix on GetObject', verdict: 'denied', why: 'only listings have a prefix', app: when({ StringLike: { 's3:prefix': 'config*' } }) },
  { name: 's3:prefix on GetObject, if it exists', verdict: 'allowed', why: '…IfExists holds where the key is absent', app: when({ StringLikeIfExists: { 's3:prefix': 'config*' } }) },
  {
    name: 's3:prefix is absent',
    verdict: 'denied',
    why: 'Null with "true" asks that the key is absent, and listings of config/ have it',
    app: listedWhen({ Null: { 's3:prefix': 'true' } }),
  },
  { name: 's3:prefix is present', verdict: 'allowed', why: 'Null with "false" asks that the key is there', app: listedWhen({ Null: { 's3:prefix': 'false' } }) },
  { name: 'a deny where a key is absent', verdict: 'denied', why: 'reading an object has no prefix', app: unless({ Null: { 's3:prefix': 'true' } }) },
  {
    name: 'ForAllValues',
    verdict: 'allowed',
    why: 'the only value of the key is one of the values',
    env: ENV,
    app: when({ 'ForAllValues:StringEquals': { 'aws:ResourceAccount': ['111122223333', '444455556666'] } }),
  },
  { name: 'ForAllValues of an absent key', verdict: 'allowed', why: 'all values of none are right', app: when({ 'ForAllValues:StringLike': { 's3:prefix': 'config*' } }) },
  { name: 'ForAnyValue of an absent key', verdict: 'denied', why: 'no value of none is right', app: when({ 'ForAnyValue:StringLike': { 's3:prefix': 'config*' } }) },
  { name: 'StringNotEquals', verdict: 'allowed', why: 'the bucket is not in that account', env: ENV, app: when({ StringNotEquals: { 'aws:ResourceAccount': '444455556666' } }) },
  { name: 'StringNotLike', verdict: 'denied', why: 'the account begins so', env: ENV, app: when({ StringNotLike: { 'aws:ResourceAccount': '1111*' } }) },
  { name: 'StringEquals with a wildcard', verdict: 'denied', why: 'only …Like has wildcards', env: ENV, app: when({ StringEquals: { 'aws:ResourceAccount': '1111*' } }) },
  { name: 'StringEqualsIgnoreCase', verdict: 'allowed', why: 'the case does not matter', env: ENV, app: when({ StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'EU-WEST-1' } }) },
  {
    name: 'two conditions, one of which does not hold',
    verdict: 'denied',
    why: 'all conditions of a statement must hold',
    env: ENV,
    app: when({ StringEquals: { 'aws:ResourceAccount': '111122223333' }, Bool: { 'aws:SecureTransport': 'false' } }),
  },
  {
    name: 'a policy variable in a resource',
    verdict: 'allowed',
    why: '${aws:PrincipalAccount} is the role\'s account',
    env: ENV,
    app: onResource('arn:aws:s3:::scripts-${aws:PrincipalAccount}', 's3://scripts-111122223333/config/'),
  },
  {
    name: 'a policy variable in a resource, of another bucket',
    verdict: 'denied',
    why: '${aws:PrincipalAccount} is the role\'s account',
    env: ENV,
    app: onResource('arn:aws:s3:::scripts-${aws:PrincipalAccount}', 's3://scripts-444455556666/config/'),
  },
  {
    name: 'a policy variable of a tag',
    verdict: 'unknown',
    why: 'tags of sessions are not in the app',
    app: onResource('arn:aws:s3:::scripts-${aws:PrincipalTag/team}', 's3://scripts-vision/config/'),
  },
  {
    name: 'a policy variable in the older version of the language',
    verdict: 'denied',
    why: 'before 2012-10-17, ${…} stands for itself',
    env: ENV,
    app: onResource('arn:aws:s3:::scripts-${aws:PrincipalAccount}', 's3://scripts-111122223333/config/', '2008-10-17'),
  },
]);

corpus('Conditions that make a statement unknown', [
  { name: 'a tag of the role', verdict: 'unknown', why: 'tags of sessions are not in the app', app: when({ StringEquals: { 'aws:PrincipalTag/team': 'training' } }) },
  { name: 'a tag of the object', verdict: 'unknown', why: 'objects are not in the app', app: when({ StringEquals: { 's3:ExistingObjectTag/kind': 'script' } }) },
  { name: 'an address', verdict: 'unknown', why: 'the nodes\' addresses are known only when they run', app: when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }) },
  { name: 'a VPC', verdict: 'unknown', why: 'which way a request takes is not in the policies', app: when({ StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }) },
  { name: 'a date', verdict: 'unknown', why: 'the time of the request is not known', app: when({ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }) },
  { name: 'a number', verdict: 'unknown', why: 'how many keys a node lists at once is not documented', app: listedWhen({ NumericLessThanEquals: { 's3:max-keys': '1000' } }) },
  { name: 'an organization', verdict: 'unknown', why: 'which organization the account belongs to is not in the app', app: when({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }) },
  {
    name: 'a parameter',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the value',
    app: stack => when({ StringEquals: { 'aws:ResourceAccount': new CfnParameter(stack, 'Owner').valueAsString } })(stack),
  },
  {
    name: 'an unknown condition beside one that does not hold',
    verdict: 'denied',
    why: 'all conditions of a statement must hold, and one does not',
    env: ENV,
    app: when({ StringEquals: { 'aws:PrincipalTag/team': 'training', 'aws:ResourceAccount': '444455556666' } }),
  },
  { name: 'a deny under a condition that is not known', verdict: 'unknown', why: 'if it holds, it outweighs the allow', app: unless({ StringNotEquals: { 'aws:PrincipalTag/team': 'training' } }) },
  {
    name: 'a deny with two conditions, one of which does not hold',
    verdict: 'allowed',
    why: 'all conditions of a statement must hold, of a deny too',
    env: ENV,
    app: unless({ StringNotEquals: { 'aws:PrincipalTag/team': 'training' }, Bool: { 'aws:SecureTransport': 'false' } }),
  },
]);
