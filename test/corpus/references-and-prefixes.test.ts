import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3express from 'aws-cdk-lib/aws-s3express';
import { cluster, executionRole, getStatement, listStatement, roleWith } from './private/building-blocks';
import { corpus, type Scenario } from './private/harness';

const DYNAMIC = 'a dynamic reference is read at deployment, and one text has one value: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html';

/** A role that may read a bucket and nothing else, and scripts in some bucket, each named in its own way. */
function named(granted: (stack: Stack) => string, source: (stack: Stack) => string = granted, ...more: object[]): Scenario['app'] {
  return stack => {
    const bucketArn = Fn.join('', ['arn:aws:s3:::', granted(stack)]);
    const objects = Fn.join('', ['arn:aws:s3:::', granted(stack), '/*']);
    cluster(stack, roleWith(stack, listStatement(bucketArn), getStatement(objects), ...more), Fn.join('', ['s3://', source(stack), '/config/']));
  };
}

const bySub = () => Fn.sub('{{resolve:ssm:/cfg/${AWS::Region}/bucket}}');
const byJoin = () => Fn.join('', ['{{resolve:ssm:/cfg/', Aws.REGION, '/bucket}}']);

corpus('Dynamic references that functions put together', [
  { name: 'by Fn::Sub, granted by the same', verdict: 'allowed', why: DYNAMIC, app: named(bySub) },
  { name: 'by Fn::Join, granted by the same', verdict: 'allowed', why: DYNAMIC, app: named(byJoin) },
  { name: 'by Fn::Sub, granted by Fn::Join', verdict: 'allowed', why: DYNAMIC, app: named(byJoin, bySub) },
  {
    name: 'by Fn::Sub in a known Region, granted as text',
    verdict: 'allowed',
    why: DYNAMIC,
    env: { account: '111122223333', region: 'eu-west-1' },
    app: named(() => '{{resolve:ssm:/cfg/eu-west-1/bucket}}', bySub),
  },
  { name: 'by Fn::Sub, granted by another', verdict: 'unknown', why: DYNAMIC, app: named(() => Fn.sub('{{resolve:ssm:/cfg/${AWS::Region}/other}}'), bySub) },
  {
    name: 'that end in a parameter',
    verdict: 'allowed',
    why: DYNAMIC,
    app: stack => {
      new CfnParameter(stack, 'Stage', { default: 'prod' });
      named(() => Fn.sub('{{resolve:ssm:/cfg/${Stage}}}'))(stack);
    },
  },
  {
    name: 'for the bucket of a Deny',
    verdict: 'unknown',
    why: DYNAMIC,
    app: named(() => 'our-scripts', undefined, { Effect: 'Deny', Action: 's3:*', Resource: Fn.join('', ['arn:aws:s3:::', bySub(), '/*']) }),
  },
  {
    name: 'for the action of a Deny',
    verdict: 'unknown',
    why: DYNAMIC,
    app: named(() => 'our-scripts', undefined, { Effect: 'Deny', Action: Fn.sub('{{resolve:ssm:/cfg/${AWS::Region}/action}}'), Resource: '*' }),
  },
]);

const OWN_SLASH = 'the value may end in a slash, and AWS does not say with which spelling the nodes list: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html';

/** Scripts under a prefix that a parameter gives. */
function underParameter(list: (prefix: string) => object[], props?: { allowedPattern: string }): Scenario['app'] {
  return stack => {
    const prefix = new CfnParameter(stack, 'Prefix', props).valueAsString;
    cluster(stack, roleWith(stack, getStatement('arn:aws:s3:::our-scripts/*'), ...list(prefix)), `s3://our-scripts/${prefix}`);
  };
}

const prefixes = (...values: string[]) => ({ Condition: { StringLike: { 's3:prefix': values } } });
const LIST = listStatement('arn:aws:s3:::our-scripts');

corpus('A prefix that may bring its own slash', [
  {
    name: 'and a Deny for it and what is below',
    verdict: 'unknown',
    why: OWN_SLASH,
    app: underParameter(prefix => [LIST, { ...LIST, Effect: 'Deny', ...prefixes(prefix, `${prefix}/*`) }]),
  },
  {
    name: 'and an Allow for it and what is below',
    verdict: 'unknown',
    why: OWN_SLASH,
    app: underParameter(prefix => [{ ...LIST, ...prefixes(prefix, `${prefix}/*`) }]),
  },
  {
    name: 'and an Allow without a prefix',
    verdict: 'allowed',
    why: 'whatever is listed is allowed',
    app: underParameter(() => [LIST]),
  },
  {
    name: 'but for its AllowedPattern, and an Allow for it and what is below',
    verdict: 'allowed',
    why: 'the pattern has no slash: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    app: underParameter(prefix => [{ ...LIST, ...prefixes(prefix, `${prefix}/*`) }], { allowedPattern: '^[a-z]+$' }),
  },
]);

const NO_BUCKET = 'it is no bucket\'s name: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html';
const PLAIN = { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: ['arn:aws:s3:::our-scripts', 'arn:aws:s3:::our-scripts/*'] };
const from = (source: string): Scenario['app'] => stack => cluster(stack, roleWith(stack, PLAIN), source);

corpus('What stands where a bucket does', [
  {
    name: 'the ARN of an access point',
    verdict: 'unknown',
    why: NO_BUCKET,
    app: from('s3://arn:aws:s3:eu-west-1:111122223333:accesspoint/scripts/config/'),
  },
  {
    name: 'the ARN of an access point of the app',
    verdict: 'unknown',
    why: NO_BUCKET,
    app: stack => from(`s3://${new s3.CfnAccessPoint(stack, 'AccessPoint', { bucket: 'our-scripts' }).attrArn}/config/`)(stack),
  },
  {
    name: 'the alias of an access point of the app',
    verdict: 'unknown',
    why: NO_BUCKET,
    app: stack => from(`s3://${new s3.CfnAccessPoint(stack, 'AccessPoint', { bucket: 'our-scripts' }).attrAlias}/config/`)(stack),
  },
  {
    name: 'the host of an access point',
    verdict: 'unknown',
    why: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-access-point-usage.html',
    app: from('https://scripts-111122223333.s3-accesspoint.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'the host of an interface endpoint',
    verdict: 'unknown',
    why: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html',
    app: from('https://bucket.vpce-0123456789abcdef0-abcdefgh.s3.eu-west-1.vpce.amazonaws.com/our-scripts/config/'),
  },
  {
    name: 'a directory bucket',
    verdict: 'unknown',
    why: 'objects of directory buckets are read in sessions, by s3express:CreateSession: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: 's3:*', Resource: '*' }), 's3://our-scripts--euw1-az1--x-s3/config/'),
  },
  {
    name: 'a directory bucket of the app',
    verdict: 'unknown',
    why: 'objects of directory buckets are read in sessions, by s3express:CreateSession: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html',
    app: stack => {
      const bucket = new s3express.CfnDirectoryBucket(stack, 'Bucket', { locationName: 'euw1-az1', dataRedundancy: 'SingleAvailabilityZone' });
      cluster(stack, roleWith(stack, { Effect: 'Allow', Action: 's3:*', Resource: '*' }), `s3://${bucket.ref}/config/`);
    },
  },
  {
    name: 'a parameter with a slash in its default',
    verdict: 'unknown',
    why: 'a bucket\'s name has no slash, so that the value brings a part of the prefix along: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
    app: stack => {
      const bucket = new CfnParameter(stack, 'Bucket', { default: 'our-scripts/config' }).valueAsString;
      named(() => bucket)(stack);
    },
  },
  {
    name: 'an https source with escapes',
    verdict: 'unknown',
    why: 'AWS does not say whether HyperPod resolves them',
    app: stack => cluster(stack, roleWith(stack, LIST, getStatement('arn:aws:s3:::our-scripts/my scripts/*')), 'https://our-scripts.s3.amazonaws.com/my%20scripts/'),
  },
  {
    name: 'an s3 source with a percent sign',
    verdict: 'allowed',
    why: 'an s3 URI has the key as it is',
    app: stack => cluster(stack, roleWith(stack, LIST, getStatement('arn:aws:s3:::our-scripts/100%25/*')), 's3://our-scripts/100%25/'),
  },
  {
    name: 'a part of a name, split at several characters',
    verdict: 'unknown',
    why: 'the parts of a generated name may hold the separator',
    app: stack => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      const role = roleWith(stack, { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::our-scripts', 'arn:aws:s3:::our-scripts/*'] });
      cluster(stack, role, Fn.join('', ['s3://', Fn.select(1, Fn.split('--', `${bucket.ref}--our-scripts`)), '/config/']));
    },
  },
  {
    name: 'a parameter whose AllowedPattern begins with sagemaker-',
    verdict: 'allowed',
    why: 'every value that the stack accepts begins so: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    app: stack => {
      const bucket = new CfnParameter(stack, 'Bucket', { allowedPattern: '^sagemaker-[a-z0-9.-]+$' }).valueAsString;
      cluster(stack, executionRole(stack), `s3://${bucket}/config/`);
    },
  },
  {
    name: 'a parameter whose AllowedPattern may begin with sagemaker',
    verdict: 'unknown',
    why: 'the pattern asks for no hyphen',
    app: stack => {
      const bucket = new CfnParameter(stack, 'Bucket', { allowedPattern: '^sagemaker-?[a-z0-9]+$' }).valueAsString;
      cluster(stack, executionRole(stack), `s3://${bucket}/config/`);
    },
  },
  {
    name: 'a parameter whose AllowedPattern begins otherwise',
    verdict: 'denied',
    why: 'no value that the stack accepts begins with sagemaker-',
    app: stack => {
      const bucket = new CfnParameter(stack, 'Bucket', { allowedPattern: '^mycorp-[a-z0-9-]+$' }).valueAsString;
      cluster(stack, executionRole(stack), `s3://${bucket}/config/`);
    },
  },
]);
