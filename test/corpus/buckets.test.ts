import { CfnParameter, Fn, NestedStack, PhysicalName, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cluster, executionRole, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

/** A bucket whose name S3 makes of the prefix, the account and the Region. */
function inAccountNamespace(stack: Stack, bucketNamePrefix: string): s3.Bucket {
  return new s3.Bucket(stack, 'Bucket', { bucketNamePrefix, bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL });
}

corpus('Where the bucket comes from', [
  {
    name: 'an L2 bucket, granted with grantRead',
    verdict: 'allowed',
    why: 'grantRead allows s3:GetObject*, s3:GetBucket* and s3:List* on the bucket and its objects',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket');
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an L2 bucket, granted for the prefix',
    verdict: 'allowed',
    why: 'grantRead with a pattern narrows the objects, not the listing',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket');
      bucket.grantRead(role, 'config/*');
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an L2 bucket, granted for another prefix',
    verdict: 'denied',
    why: 'the pattern leaves the scripts out',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket');
      bucket.grantRead(role, 'data/*');
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an L2 bucket, granted for writing only',
    verdict: 'denied',
    why: 'grantWrite allows to put and delete objects, not to get them',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket');
      bucket.grantWrite(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an L2 bucket with a generated name, granted nothing',
    verdict: 'denied',
    why: 'a generated name begins with the stack\'s, and no policy but the managed one is there',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket with a generated name in a stack called sagemaker-…',
    verdict: 'allowed',
    why: 'CloudFormation begins generated names with the stack\'s, so that this one begins with sagemaker-',
    stackName: 'sagemaker-training',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket with a generated name in a stack called SageMaker-…',
    verdict: 'allowed',
    why: 'bucket names are in lower case',
    stackName: 'SageMaker-Training',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket with the prefix sagemaker-… in the account\'s namespace',
    verdict: 'allowed',
    why: 'the name begins with the prefix, and the managed policy covers it',
    app: stack => cluster(stack, executionRole(stack), inAccountNamespace(stack, 'sagemaker-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket with another prefix in the account\'s namespace, in a stack called sagemaker-…',
    verdict: 'denied',
    why: 'the name begins with the prefix, not with the stack\'s name',
    stackName: 'sagemaker-training',
    app: stack => cluster(stack, executionRole(stack), inAccountNamespace(stack, 'our-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'a bucket in the account\'s namespace, granted by what its name will be',
    verdict: 'allowed',
    why: 'S3 puts the account, the Region and -an behind the prefix',
    app: stack => cluster(stack, roleWith(stack, ...readStatements(`arn:aws:s3:::our-scripts-${stack.account}-${stack.region}-an`)),
      inAccountNamespace(stack, 'our-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket named sagemaker-…',
    verdict: 'allowed',
    why: 'the managed policy covers it by its name',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts' }).s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket named sagemaker-… and the account',
    verdict: 'allowed',
    why: 'the name begins so, whatever the account is',
    app: stack => cluster(stack, executionRole(stack),
      new s3.Bucket(stack, 'Bucket', { bucketName: `sagemaker-${stack.account}` }).s3UrlForObject('config/')),
  },
  {
    name: 'an L2 bucket whose name CDK generates',
    verdict: 'allowed',
    why: 'the reference is the same in the source and in the grant',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'an L1 bucket by reference',
    verdict: 'allowed',
    why: 'Ref is the name, Fn::GetAtt Arn the ARN, of one bucket',
    app: stack => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      cluster(stack, roleWith(stack, ...readStatements(bucket.attrArn)), `s3://${bucket.ref}/config/`);
    },
  },
  {
    name: 'an L1 bucket, granted by an ARN built from its name',
    verdict: 'allowed',
    why: 'arn:aws:s3::: and the name are the ARN',
    app: stack => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      cluster(stack, roleWith(stack, ...readStatements(Fn.sub('arn:${AWS::Partition}:s3:::${Bucket}'))), `s3://${bucket.ref}/config/`);
    },
  },
  {
    name: 'an L1 bucket with a name, referred to by text',
    verdict: 'allowed',
    why: 'a name of one\'s own is the same by reference and as text',
    app: stack => {
      const bucket = new s3.CfnBucket(stack, 'Bucket', { bucketName: 'our-scripts' });
      cluster(stack, roleWith(stack, ...readStatements(bucket.attrArn)), 's3://our-scripts/config/');
    },
  },
  {
    name: 'another L1 bucket than the one granted',
    verdict: 'denied',
    why: 'two buckets never share a name',
    app: stack => {
      const other = new s3.CfnBucket(stack, 'Other');
      cluster(stack, roleWith(stack, ...readStatements(other.attrArn)), `s3://${new s3.CfnBucket(stack, 'Bucket').ref}/config/`);
    },
  },
  {
    name: 'a bucket of another stack',
    verdict: 'allowed',
    why: 'a reference to another stack becomes an import of the same value',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage'), 'Bucket');
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket of a nested stack',
    verdict: 'denied',
    why: 'all of the bucket is known, and the role is granted nothing',
    app: stack => cluster(stack, executionRole(stack), new s3.Bucket(new NestedStack(stack, 'Storage'), 'Bucket').s3UrlForObject('config/')),
  },
  {
    name: 'a bucket imported by name, granted',
    verdict: 'allowed',
    why: 'a bucket known only by its name is taken to be in the cluster\'s account, where the role\'s policy is enough',
    app: stack => {
      const role = executionRole(stack);
      const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'our-scripts');
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket imported by name, not granted',
    verdict: 'denied',
    why: 'no policy of the role names it',
    app: stack => cluster(stack, executionRole(stack), s3.Bucket.fromBucketName(stack, 'Bucket', 'our-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'a bucket imported by name, sagemaker-…',
    verdict: 'allowed',
    why: 'taken to be in the cluster\'s account, the managed policy covers it',
    app: stack => cluster(stack, executionRole(stack), s3.Bucket.fromBucketName(stack, 'Bucket', 'sagemaker-scripts').s3UrlForObject('config/')),
  },
  {
    name: 'a bucket imported by ARN, granted',
    verdict: 'allowed',
    why: 'the name is the last part of the ARN',
    app: stack => {
      const role = executionRole(stack);
      const bucket = s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::our-scripts');
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a bucket imported with its own account',
    verdict: 'allowed',
    why: 'in one account the role\'s policy is enough',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const role = executionRole(stack);
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'our-scripts', account: '111122223333', region: 'eu-west-1' });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a parameter for the bucket\'s name',
    verdict: 'unknown',
    why: 'the managed policy covers it only if it begins with sagemaker-',
    app: stack => cluster(stack, executionRole(stack), `s3://${new CfnParameter(stack, 'BucketName').valueAsString}/config/`),
  },
  {
    name: 'a parameter for the bucket\'s name with a default',
    verdict: 'unknown',
    why: 'a default can be overridden at deployment',
    app: stack => cluster(stack, executionRole(stack),
      `s3://${new CfnParameter(stack, 'BucketName', { default: 'sagemaker-scripts' }).valueAsString}/config/`),
  },
  {
    name: 'a parameter for the bucket\'s name, granted by the parameter',
    verdict: 'allowed',
    why: 'whichever bucket it names is the one that is granted',
    app: stack => {
      const name = new CfnParameter(stack, 'BucketName').valueAsString;
      cluster(stack, roleWith(stack, ...readStatements(`arn:aws:s3:::${name}`)), `s3://${name}/config/`);
    },
  },
  {
    name: 'a parameter for the bucket\'s name, and another one for the grant',
    verdict: 'unknown',
    why: 'two parameters may have one value',
    app: stack => {
      const granted = new CfnParameter(stack, 'Granted').valueAsString;
      cluster(stack, roleWith(stack, ...readStatements(`arn:aws:s3:::${granted}`)), `s3://${new CfnParameter(stack, 'BucketName').valueAsString}/config/`);
    },
  },
  {
    name: 'a parameter with a fixed choice of sagemaker- names',
    verdict: 'allowed',
    why: 'each of the values that the template allows is covered',
    app: stack => {
      const name = new CfnParameter(stack, 'BucketName', { allowedValues: ['sagemaker-dev', 'sagemaker-prod'], default: 'sagemaker-dev' });
      cluster(stack, executionRole(stack), `s3://${name.valueAsString}/config/`);
    },
  },
  {
    name: 'a parameter with a fixed choice of names, one of them not covered',
    verdict: 'unknown',
    why: 'it depends on the choice',
    app: stack => {
      const name = new CfnParameter(stack, 'BucketName', { allowedValues: ['sagemaker-dev', 'production'], default: 'sagemaker-dev' });
      cluster(stack, executionRole(stack), `s3://${name.valueAsString}/config/`);
    },
  },
  {
    name: 'sagemaker- and a parameter',
    verdict: 'allowed',
    why: 'the name begins so, whatever the parameter is',
    app: stack => cluster(stack, executionRole(stack), `s3://sagemaker-${new CfnParameter(stack, 'Suffix').valueAsString}/config/`),
  },
  {
    name: 'a bucket whose name is a parameter of the template',
    verdict: 'allowed',
    why: 'the bucket is the app\'s, and so is the grant on it',
    app: stack => {
      const role = executionRole(stack);
      const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: new CfnParameter(stack, 'BucketName').valueAsString });
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
]);
