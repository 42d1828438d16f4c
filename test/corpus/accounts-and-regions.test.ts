import { CfnParameter, PhysicalName, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cluster, executionRole, getStatement, listStatement, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const THERE = { account: '444455556666', region: 'eu-west-1' };

const bucketThere = (stack: Stack, bucketName = 'their-scripts') =>
  s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName, account: THERE.account });

corpus('Buckets of other accounts and Regions', [
  {
    name: 'a bucket of another account, granted to the role only',
    verdict: 'unknown',
    env: HERE,
    why: 'across accounts the bucket\'s policy must allow the role too, and it is not in the app',
    app: stack => cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::their-scripts')), bucketThere(stack).s3UrlForObject('config/')),
  },
  {
    name: 'a bucket of another account, granted nothing',
    verdict: 'denied',
    env: HERE,
    why: 'across accounts the role\'s own policies must allow it in any case',
    app: stack => cluster(stack, executionRole(stack), bucketThere(stack).s3UrlForObject('config/')),
  },
  {
    name: 'a sagemaker- bucket of another account',
    verdict: 'denied',
    env: HERE,
    why: 'the managed policy allows only buckets of the role\'s own account: aws:ResourceAccount must be aws:PrincipalAccount',
    app: stack => cluster(stack, executionRole(stack), bucketThere(stack, 'sagemaker-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'a sagemaker- bucket of another account, in an environment-agnostic stack',
    verdict: 'unknown',
    why: 'the stack may be deployed to that account or to another one',
    app: stack => cluster(stack, executionRole(stack), bucketThere(stack, 'sagemaker-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'a bucket of another account\'s stack, allowed on both sides',
    verdict: 'allowed',
    env: HERE,
    why: 'grantRead adds to the role\'s policy and, across accounts, to the bucket\'s',
    app: stack => {
      const role = executionRole(stack, { roleName: PhysicalName.GENERATE_IF_NEEDED });
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Bucket', { bucketName: 'their-scripts' });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket of another account\'s stack, allowed by the role\'s policies only',
    verdict: 'denied',
    env: HERE,
    why: 'the bucket is the app\'s and has no policy that lets the role in',
    app: stack => {
      new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Bucket', { bucketName: 'their-scripts' });
      cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::their-scripts')), 's3://their-scripts/config/');
    },
  },
  {
    name: 'a bucket of another account\'s stack, allowed by its own policy only',
    verdict: 'denied',
    env: HERE,
    why: 'across accounts the bucket\'s policy alone is not enough',
    app: stack => {
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Bucket', { bucketName: 'their-scripts' });
      bucket.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.AccountPrincipal(HERE.account)], actions: ['s3:ListBucket', 's3:GetObject'], resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      }));
      cluster(stack, executionRole(stack), 's3://their-scripts/config/');
    },
  },
  {
    name: 'a bucket of another account\'s stack that lets the account in',
    verdict: 'allowed',
    env: HERE,
    why: 'a bucket policy that names the account leaves it to the account which roles may read',
    app: stack => {
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Bucket', { bucketName: 'their-scripts' });
      bucket.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.AccountPrincipal(HERE.account)], actions: ['s3:ListBucket', 's3:GetObject'], resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      }));
      cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::their-scripts')), 's3://their-scripts/config/');
    },
  },
  {
    name: 'a bucket of another account\'s stack that lets a third account in',
    verdict: 'denied',
    env: HERE,
    why: 'the bucket policy names somebody else',
    app: stack => {
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Bucket', { bucketName: 'their-scripts' });
      bucket.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.AccountPrincipal('777788889999')], actions: ['s3:*'], resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      }));
      cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::their-scripts')), 's3://their-scripts/config/');
    },
  },
  {
    name: 'an imported bucket of another account, whose policy the app defines',
    verdict: 'allowed',
    env: HERE,
    why: 'a policy for the bucket of that name is the bucket\'s policy',
    app: stack => {
      const role = roleWith(stack, ...readStatements('arn:aws:s3:::their-scripts'));
      new s3.CfnBucketPolicy(new Stack(stack.node.root, 'Storage', { env: THERE }), 'Policy', {
        bucket: 'their-scripts',
        policyDocument: policy(
          listStatement('arn:aws:s3:::their-scripts', { Principal: { AWS: HERE.account } }),
          getStatement('arn:aws:s3:::their-scripts/*', { Principal: { AWS: HERE.account } }),
        ),
      });
      cluster(stack, role, bucketThere(stack).s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket of a stack in the same account and another Region',
    verdict: 'allowed',
    env: HERE,
    why: 'IAM and bucket names know no Regions',
    app: stack => {
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: { ...HERE, region: 'us-west-2' } }), 'Bucket', { bucketName: 'our-scripts' });
      const role = executionRole(stack);
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket of another Region, and a statement for this Region\'s requests',
    verdict: 'denied',
    env: HERE,
    why: 'aws:RequestedRegion is the Region that the request goes to: the bucket\'s',
    app: stack => {
      new s3.Bucket(new Stack(stack.node.root, 'Storage', { env: { ...HERE, region: 'us-west-2' } }), 'Bucket', { bucketName: 'our-scripts' });
      cluster(stack, roleWith(stack, {
        Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }), 's3://our-scripts/config/');
    },
  },
  {
    name: 'a sagemaker- bucket of the same account and another Region',
    verdict: 'allowed',
    env: HERE,
    why: 'the managed policy names no Region',
    app: stack => {
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'sagemaker-scripts', region: 'us-west-2' });
      cluster(stack, executionRole(stack), bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket whose account is a parameter',
    verdict: 'unknown',
    env: HERE,
    why: 'whether the bucket lies in the role\'s account depends on the parameter',
    app: stack => {
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'sagemaker-scripts', account: new CfnParameter(stack, 'Owner').valueAsString });
      cluster(stack, executionRole(stack), bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket whose account is a parameter, in an environment-agnostic stack',
    verdict: 'unknown',
    why: 'a parameter is not the account that the stack is deployed to',
    app: stack => {
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'sagemaker-scripts', account: new CfnParameter(stack, 'Owner').valueAsString });
      cluster(stack, executionRole(stack), bucket.s3UrlForObject('config/'));
    },
  },
]);
