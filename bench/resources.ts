import { Aws, type Stack } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';

/** How many resources `addCluster` adds. */
export const RESOURCES_PER_CLUSTER = 4;

/** A resource that has nothing to do with a cluster; every tenth is a policy. */
export function addResource(stack: Stack, index: number): void {
  switch (index % 10) {
    case 0: return void new CfnRole(stack, `Role${index}`, { assumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    case 1: return void new CfnPolicy(stack, `Policy${index}`, {
      policyName: `policy-${index}`, roles: [`${stack.stackName}-role-${index}`], policyDocument: allow('sqs:SendMessage', '*'),
    });
    case 2:
    case 3: return void new CfnBucket(stack, `Bucket${index}`);
    case 4:
    case 5:
    case 6: return void new CfnTopic(stack, `Topic${index}`);
    default: return void new CfnQueue(stack, `Queue${index}`);
  }
}

/** A cluster that is right, with its role, its policy and its bucket. */
export function addCluster(stack: Stack, index: number): void {
  const bucket = new CfnBucket(stack, `Scripts${index}`);
  const role = new CfnRole(stack, `ExecutionRole${index}`, {
    assumeRolePolicyDocument: trust('sagemaker.amazonaws.com'),
    managedPolicyArns: [`arn:${Aws.PARTITION}:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy`],
  });
  const policy = new CfnPolicy(stack, `ExecutionPolicy${index}`, {
    policyName: 'scripts', roles: [role.ref], policyDocument: allow(['s3:ListBucket', 's3:GetObject'], [bucket.attrArn, `${bucket.attrArn}/*`]),
  });
  const cluster = new CfnCluster(stack, `Cluster${index}`, {
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 2,
      executionRole: role.attrArn,
      lifeCycleConfig: { sourceS3Uri: `s3://${bucket.ref}/config/`, onCreate: 'on_create.sh' },
    }],
  });
  cluster.node.addDependency(policy);
}

export function trust(service: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
}

export function allow(actions: string | string[], resources: string | string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resources }] };
}
