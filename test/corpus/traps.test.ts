import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, clusterOf, executionRole, getStatement, listStatement, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

const SCRIPTS = 's3://sagemaker-scripts/config/';

corpus('What a look at the names gets wrong', [
  {
    name: 's3:GetObject on arn:aws:s3:::sagemaker-*',
    verdict: 'allowed',
    why: '* stands for any characters, the slash before the key too, so that it reads objects',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::sagemaker-*' }), SCRIPTS),
  },
  {
    name: 's3:GetObject on arn:aws:s3:::bucket',
    verdict: 'denied',
    why: 'an object\'s ARN goes on behind the bucket\'s name',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::sagemaker-scripts' }), SCRIPTS),
  },
  {
    name: 's3:ListBucket on bucket/*',
    verdict: 'denied',
    why: 's3:ListBucket is an action on the bucket, not on its objects',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::sagemaker-scripts/*' }), SCRIPTS),
  },
  {
    name: 's3:ListBucket on bucket/* of a bucket with a generated name',
    verdict: 'denied',
    why: 'no name of a bucket has a slash',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: bucket.arnForObjects('*') }), bucket.s3UrlForObject());
    },
  },
  {
    name: 'bucket* instead of bucket and bucket/*',
    verdict: 'allowed',
    why: 'one pattern matches the bucket and all of its objects, and other buckets',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::our-scripts*' }), 's3://our-scripts/config/'),
  },
  {
    name: 'your-sagemaker-bucket',
    verdict: 'denied',
    why: 'the managed policy asks that the name begins with sagemaker-',
    app: stack => cluster(stack, executionRole(stack), 's3://your-sagemaker-bucket/config/'),
  },
  {
    name: 'sagemakerscripts',
    verdict: 'denied',
    why: 'the managed policy asks for the hyphen',
    app: stack => cluster(stack, executionRole(stack), 's3://sagemakerscripts/config/'),
  },
  {
    name: 'sagemaker- in the prefix',
    verdict: 'denied',
    why: 'what counts is the bucket\'s name',
    app: stack => cluster(stack, executionRole(stack), 's3://our-scripts/sagemaker-scripts/'),
  },
  {
    name: 'sagemaker- in another account',
    verdict: 'denied',
    env: { account: '111122223333', region: 'eu-west-1' },
    why: 'the managed policy asks that the bucket\'s account is the role\'s',
    app: stack => cluster(stack, executionRole(stack), s3.Bucket.fromBucketAttributes(stack, 'Bucket', {
      bucketName: 'sagemaker-scripts', account: '444455556666',
    }).s3UrlForObject('config/')),
  },
  {
    name: 'two groups, one role, two buckets',
    verdict: { controller: 'allowed', workers: 'denied' },
    why: 'each group reads its own bucket',
    app: stack => {
      const role = roleWith(stack, ...readStatements('arn:aws:s3:::controller-scripts'));
      clusterOf(stack, { controller: [role, 's3://controller-scripts/'], workers: [role, 's3://worker-scripts/'] });
    },
  },
  {
    name: 'two groups, two roles, one bucket',
    verdict: { controller: 'allowed', workers: 'denied' },
    why: 'each group reads with its own role',
    app: stack => {
      const role = roleWith(stack, ...readStatements('arn:aws:s3:::our-scripts'));
      clusterOf(stack, { controller: [role, 's3://our-scripts/'], workers: [executionRole(stack, {}, 'Other'), 's3://our-scripts/'] });
    },
  },
  {
    name: 'a group of each verdict',
    verdict: { controller: 'allowed', login: 'unknown', workers: 'denied' },
    why: 'what is known of one group says nothing of another',
    app: stack => clusterOf(stack, {
      controller: [executionRole(stack), 's3://sagemaker-scripts/'],
      login: [iam.Role.fromRoleName(stack, 'Imported', 'HyperPodRole').roleArn, 's3://our-scripts/'],
      workers: [executionRole(stack, {}, 'Other'), 's3://our-scripts/'],
    }),
  },
  {
    name: 'a role with the same logical id in another stack',
    verdict: 'denied',
    why: 'a logical id is unique only within its stack: the granted role is another one',
    app: stack => {
      cfnRole(new Stack(stack.node.root, 'Other'), { policies: [{ policyName: 'Read', policyDocument: policy(...readStatements('arn:aws:s3:::our-scripts')) }] });
      cluster(stack, cfnRole(stack).attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'a bucket with the same logical id in another stack',
    verdict: 'denied',
    why: 'a logical id is unique only within its stack: the granted bucket is another one',
    app: stack => {
      const granted = new s3.Bucket(new Stack(stack.node.root, 'Other'), 'Bucket');
      cluster(stack, roleWith(stack, ...readStatements(granted.bucketArn)), new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/'));
    },
  },
  {
    name: 'a policy with the same logical ids in another stack',
    verdict: 'denied',
    why: 'Ref means the role of the policy\'s own stack',
    app: stack => {
      const other = new Stack(stack.node.root, 'Other');
      const role = cfnRole(other);
      new iam.CfnPolicy(other, 'Read', { policyName: 'Read', policyDocument: policy(...readStatements('arn:aws:s3:::our-scripts')), roles: [role.ref] });
      cluster(stack, cfnRole(stack).attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'config* and another directory that begins so',
    verdict: 'allowed',
    why: 'a pattern that is wider than the prefix holds it',
    app: stack => cluster(stack, roleWith(stack, listStatement('arn:aws:s3:::our-scripts'), getStatement('arn:aws:s3:::our-scripts/config*')), 's3://our-scripts/config/'),
  },
  {
    name: 'config/* and a source that only begins so',
    verdict: 'denied',
    why: 'config-v2/ is not in config/',
    app: stack => cluster(stack, roleWith(stack, listStatement('arn:aws:s3:::our-scripts'), getStatement('arn:aws:s3:::our-scripts/config/*')), 's3://our-scripts/config-v2/'),
  },
  {
    name: 'a prefix in another case',
    verdict: 'denied',
    why: 'keys of S3 have a case, and so have patterns',
    app: stack => cluster(stack, roleWith(stack, listStatement('arn:aws:s3:::our-scripts'), getStatement('arn:aws:s3:::our-scripts/Config/*')), 's3://our-scripts/config/'),
  },
  {
    name: 'a ? for one character',
    verdict: 'allowed',
    why: '? stands for exactly one character',
    app: stack => cluster(stack, roleWith(stack, listStatement('arn:aws:s3:::scripts-?'), getStatement('arn:aws:s3:::scripts-?/*')), 's3://scripts-1/config/'),
  },
  {
    name: 'a ? for two characters',
    verdict: 'denied',
    why: '? stands for exactly one character',
    app: stack => cluster(stack, roleWith(stack, listStatement('arn:aws:s3:::scripts-?'), getStatement('arn:aws:s3:::scripts-?/*')), 's3://scripts-12/config/'),
  },
]);
