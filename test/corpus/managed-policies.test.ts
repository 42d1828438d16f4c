import { CfnParameter } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { cfnRole, cluster, executionRole, INSTANCE_ROLE_POLICY, policy, readStatements } from './private/building-blocks';
import { corpus } from './private/harness';

const aws = (...names: string[]) => ({ managedPolicies: names.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)) });
const china = { account: '111122223333', region: 'cn-north-1' };
const govCloud = { account: '111122223333', region: 'us-gov-west-1' };

corpus('Managed policies', [
  {
    name: 'AmazonSageMakerClusterInstanceRolePolicy and a sagemaker- bucket',
    verdict: 'allowed',
    why: 'the policy allows to list and read sagemaker-* in the role\'s account',
    app: stack => cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'AmazonSageMakerClusterInstanceRolePolicy and any other bucket',
    verdict: 'denied',
    why: 'the policy names no other bucket: "Execution role provided does not have permissions to access the bucket"',
    app: stack => cluster(stack, executionRole(stack), 's3://hyprpd-lustre-hyperpod-lifecycle-111122223333/config/'),
  },
  {
    name: 'the managed policy in China',
    verdict: 'allowed',
    why: 'AWS managed policies exist in every partition, with its ARNs',
    env: china,
    app: stack => cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'the managed policy in GovCloud',
    verdict: 'allowed',
    why: 'AWS managed policies exist in every partition, with its ARNs',
    env: govCloud,
    app: stack => cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'the managed policy in China and any other bucket',
    verdict: 'denied',
    why: 'it covers the same buckets in every partition',
    env: china,
    app: stack => cluster(stack, executionRole(stack), 's3://our-scripts/config/'),
  },
  {
    name: 'the managed policy in China, by an ARN as text',
    verdict: 'allowed',
    why: 'aws-cn is the partition of the Regions in China',
    env: china,
    app: stack => cluster(stack, cfnRole(stack, { managedPolicyArns: [`arn:aws-cn:iam::aws:policy/${INSTANCE_ROLE_POLICY}`] }).attrArn, 's3://sagemaker-scripts/'),
  },
  {
    name: 'the managed policy in GovCloud, by an ARN as text',
    verdict: 'allowed',
    why: 'aws-us-gov is the partition of GovCloud',
    env: govCloud,
    app: stack => cluster(stack, cfnRole(stack, { managedPolicyArns: [`arn:aws-us-gov:iam::aws:policy/${INSTANCE_ROLE_POLICY}`] }).attrArn, 's3://sagemaker-scripts/'),
  },
  {
    name: 'a statement with an arn:aws: resource in GovCloud',
    verdict: 'denied',
    why: 'a bucket of GovCloud has an ARN of the partition aws-us-gov',
    env: govCloud,
    app: stack => cluster(stack, executionRole(stack, {
      inlinePolicies: { Read: iam.PolicyDocument.fromJson(policy(...readStatements('arn:aws:s3:::our-scripts'))) },
    }), 's3://our-scripts/config/'),
  },
  {
    name: 'AmazonS3ReadOnlyAccess',
    verdict: 'allowed',
    why: 'it allows s3:Get* and s3:List* on everything',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonS3ReadOnlyAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'AmazonS3FullAccess in China',
    verdict: 'allowed',
    why: 'it allows s3:* on everything, in every partition',
    env: china,
    app: stack => cluster(stack, executionRole(stack, aws('AmazonS3FullAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'AdministratorAccess',
    verdict: 'allowed',
    why: 'it allows everything',
    app: stack => cluster(stack, executionRole(stack, aws('AdministratorAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'PowerUserAccess',
    verdict: 'allowed',
    why: 'it allows everything but a few services, by NotAction',
    app: stack => cluster(stack, executionRole(stack, aws('PowerUserAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'ViewOnlyAccess',
    verdict: 'denied',
    why: 'it allows to list buckets, not to read objects',
    app: stack => cluster(stack, executionRole(stack, aws('ViewOnlyAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'AmazonSSMManagedInstanceCore and CloudWatchAgentServerPolicy',
    verdict: 'denied',
    why: 'what nodes commonly carry besides says nothing of S3',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy')), 's3://our-scripts/config/'),
  },
  {
    name: 'AmazonSageMakerFullAccess and a bucket with sagemaker in its name',
    verdict: 'allowed',
    why: 'this policy, unlike the instance role\'s, reads objects whose ARN has the word anywhere',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonSageMakerFullAccess')), 's3://your-sagemaker-bucket/config/'),
  },
  {
    name: 'AmazonSageMakerFullAccess and any other bucket',
    verdict: 'unknown',
    why: 'it reads objects that have certain tags, and the app does not show what tags they have',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonSageMakerFullAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'a managed policy of AWS that is not known here',
    verdict: 'unknown',
    why: 'a policy whose text is not at hand may allow anything',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonMacieFullAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'a managed policy of AWS that is not known here, beside one that is enough',
    verdict: 'allowed',
    why: 'what one policy allows, another takes back only by a deny, and none of AWS\'s denies this',
    app: stack => cluster(stack, executionRole(stack, aws('AmazonMacieFullAccess', 'AmazonS3ReadOnlyAccess')), 's3://our-scripts/config/'),
  },
  {
    name: 'a managed policy with the path of a service role',
    verdict: 'denied',
    why: 'it is known by the last part of its name: this one reads container images only',
    app: stack => cluster(stack, cfnRole(stack, { managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerRegistryReadOnly'] }).attrArn, 's3://sagemaker-x/'),
  },
  {
    name: 'a customer managed policy by the ARN of one that the app defines',
    verdict: 'allowed',
    why: 'its name makes its ARN',
    app: stack => {
      new iam.CfnManagedPolicy(stack, 'Read', { managedPolicyName: 'ReadScripts', policyDocument: policy(...readStatements('arn:aws:s3:::our-scripts')) });
      const arn = stack.formatArn({ service: 'iam', region: '', resource: 'policy', resourceName: 'ReadScripts' });
      cluster(stack, cfnRole(stack, { managedPolicyArns: [arn] }).attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'a customer managed policy that the app imports',
    verdict: 'unknown',
    why: 'its text is not in the app',
    app: stack => cluster(stack, executionRole(stack, {
      managedPolicies: [iam.ManagedPolicy.fromManagedPolicyName(stack, 'Read', 'ReadScripts')],
    }), 's3://our-scripts/config/'),
  },
  {
    name: 'a customer managed policy by a literal ARN',
    verdict: 'unknown',
    why: 'its text is not in the app',
    app: stack => cluster(stack, cfnRole(stack, { managedPolicyArns: ['arn:aws:iam::111122223333:policy/ReadScripts'] }).attrArn, 's3://our-scripts/config/'),
  },
  {
    name: 'a customer managed policy with the name of one of AWS\'s',
    verdict: 'unknown',
    why: 'whose policy it is stands in the ARN\'s account',
    app: stack => cluster(stack, cfnRole(stack, { managedPolicyArns: ['arn:aws:iam::111122223333:policy/AmazonS3ReadOnlyAccess'] }).attrArn, 's3://our-scripts/config/'),
  },
  {
    name: 'managed policies from a parameter',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the policies',
    app: stack => cluster(stack, cfnRole(stack, {
      managedPolicyArns: new CfnParameter(stack, 'PolicyArns', { type: 'CommaDelimitedList' }).valueAsList,
    }).attrArn, 's3://our-scripts/config/'),
  },
]);
