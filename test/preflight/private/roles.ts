import type { Stack } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, Role, type RoleProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, type CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { group, type Group } from './cluster-properties';
import { documentOf, INSTANCE_ROLE_POLICY } from '../../corpus/private/building-blocks';

/** A role as HyperPod documents it, with more statements. */
export function nodeRole(stack: Stack, statements: object[] = [], props: Partial<RoleProps> = {}): Role {
  return new Role(stack, 'NodeRole', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY)],
    inlinePolicies: statements.length > 0 ? { More: documentOf(...statements) } : undefined,
    ...props,
  });
}

/** The same with a trust policy of one statement, as an L1. */
export function roleTrusting(stack: Stack, ...statements: object[]): CfnRole {
  return new CfnRole(stack, 'NodeRole', {
    assumeRolePolicyDocument: documentOf(...statements),
    managedPolicyArns: [ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY).managedPolicyArn],
  });
}

/** A cluster with one group, `workers`, that has a role. */
export function clusterWith(stack: Stack, roleArn: string, props: CfnClusterProps = {}, workers: Partial<Group> = {}, id = 'Cluster'): CfnCluster {
  return new CfnCluster(stack, id, { instanceGroups: [group('workers', { executionRole: roleArn, ...workers })], ...props });
}

export function allow(action: string | string[], resource: string | string[] = '*', more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function deny(action: string | string[], resource: string | string[] = '*', more: object = {}): object {
  return { ...allow(action, resource, more), Effect: 'Deny' };
}
