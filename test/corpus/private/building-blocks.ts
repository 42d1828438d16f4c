import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';

/** The policy that HyperPod asks for on every execution role. Of S3 it allows `sagemaker-*` buckets of the role's own account. */
export const INSTANCE_ROLE_POLICY = 'AmazonSageMakerClusterInstanceRolePolicy';

/** A role as the documentation of HyperPod describes it, and no more. */
export function executionRole(scope: Construct, props: Partial<iam.RoleProps> = {}, id = 'Role'): iam.Role {
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY)],
    ...props,
  });
}

/** A role that may do what its inline statements allow, and nothing else. */
export function roleWith(scope: Construct, ...statements: object[]): iam.Role {
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
    inlinePolicies: { Scripts: documentOf(...statements) },
  });
}

/** The same as an L1. */
export function cfnRole(scope: Construct, props: Partial<iam.CfnRoleProps> = {}, id = 'Role'): iam.CfnRole {
  return new iam.CfnRole(scope, id, { assumeRolePolicyDocument: trustPolicy(), ...props });
}

export function trustPolicy(): object {
  return policy({ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' });
}

/** A cluster with one instance group, `workers`. */
export function cluster(
  scope: Construct, role: iam.IRole | string, sourceS3Uri: string, props: Partial<sagemaker.CfnClusterProps> = {},
): sagemaker.CfnCluster {
  return clusterOf(scope, { workers: [role, sourceS3Uri] }, props);
}

/** A cluster with several instance groups, each with its role and the source of its scripts. */
export function clusterOf(
  scope: Construct, groups: Record<string, [role: iam.IRole | string, sourceS3Uri: string]>, props: Partial<sagemaker.CfnClusterProps> = {},
): sagemaker.CfnCluster {
  return new sagemaker.CfnCluster(scope, 'Cluster', {
    instanceGroups: Object.entries(groups).map(([name, [role, source]]) => instanceGroup(name, role, source)),
    ...props,
  });
}

export function instanceGroup(name: string, role: iam.IRole | string, sourceS3Uri: string): sagemaker.CfnCluster.ClusterInstanceGroupProperty {
  return {
    instanceGroupName: name,
    executionRole: typeof role === 'string' ? role : role.roleArn,
    instanceCount: 1,
    instanceType: 'ml.m5.xlarge',
    lifeCycleConfig: { sourceS3Uri, onCreate: 'on_create.sh' },
  };
}

/** What a node needs to read its scripts: to list the bucket, and to get each object. */
export function readStatements(bucketArn: string): object[] {
  return [listStatement(bucketArn), getStatement(`${bucketArn}/*`)];
}

export function listStatement(resource: string | string[], more: object = {}): object {
  return { Effect: 'Allow', Action: 's3:ListBucket', Resource: resource, ...more };
}

export function getStatement(resource: string | string[], more: object = {}): object {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: resource, ...more };
}

export function policy(...statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export function documentOf(...statements: object[]): iam.PolicyDocument {
  return iam.PolicyDocument.fromJson(policy(...statements));
}
