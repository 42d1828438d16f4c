import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CompositePrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { executionRoleTrust } from '../../../src/preflight/roles/execution-role-trust';
import { group, restrictedGroup, VPC_CONFIG } from '../private/cluster-properties';
import { clusterWith, nodeRole, roleTrusting } from '../private/roles';
import { findingsOf, testRule } from '../private/rule-tester';

const trust = (principal: object | string, more: object = {}) => ({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
const SAGEMAKER = { Service: 'sagemaker.amazonaws.com' };
/** A list of which the template shows nothing. */
const listed = (stack: Stack) => Fn.split(',', new CfnParameter(stack, 'Listed').valueAsString);
const ROLE = ['InstanceGroups.0.ExecutionRole'];
const trusting = (...statements: object[]) => (stack: Stack) => { clusterWith(stack, roleTrusting(stack, ...statements).attrArn); };

/** Two roles that SageMaker may not assume: one of two groups, of both kinds, and one of another. */
function ofBothKinds(stack: Stack): void {
  const executionRole = roleTrusting(stack, trust({ Service: 'ec2.amazonaws.com' })).attrArn;
  const other = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('eks.amazonaws.com') }).roleArn;
  new CfnCluster(stack, 'Cluster', {
    instanceGroups: [group('a', { executionRole }), group('b', { executionRole: other })],
    restrictedInstanceGroups: [restrictedGroup('c', { executionRole })],
  });
}

testRule(executionRoleTrust, {
  silent: [
    ['a role that trusts sagemaker.amazonaws.com', trusting(trust(SAGEMAKER))],
    ['a role that trusts it among others', stack => {
      const assumedBy = new CompositePrincipal(new ServicePrincipal('ec2.amazonaws.com'), new ServicePrincipal('sagemaker.amazonaws.com'));
      clusterWith(stack, nodeRole(stack, [], { assumedBy }).roleArn);
    }],
    ['a role that trusts it by a wildcard in the action', trusting(trust(SAGEMAKER, { Action: ['sts:*'] }))],
    ['a role that trusts it, and denies others', trusting(trust(SAGEMAKER), { ...trust({ Service: 'ec2.amazonaws.com' }), Effect: 'Deny' })],
    ['a role that trusts it under a condition that only the deployment decides', trusting(trust(SAGEMAKER, { Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }))],
    ['a role that trusts it, but denies it under a condition', trusting(trust(SAGEMAKER), { ...trust(SAGEMAKER, { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }), Effect: 'Deny' })],
    ['a role that trusts it, but denies everyone, who may be no service', trusting(trust(SAGEMAKER), { ...trust('*'), Effect: 'Deny' })],
    ['a role that trusts it, with the action in other letters', trusting(trust(SAGEMAKER, { Action: 'STS:assumerole' }))],
    ['a role that trusts everyone', trusting(trust('*'))],
    ['a role that trusts every service', trusting(trust({ Service: '*' }))],
    ['a role that trusts the service by its regional name', trusting(trust({ Service: 'sagemaker.us-west-2.amazonaws.com' }))],
    ['a role that the app does not define', stack => { clusterWith(stack, 'arn:aws:iam::111122223333:role/nodes', { vpcConfig: VPC_CONFIG }); }],
    ['an imported role', stack => { clusterWith(stack, Role.fromRoleName(stack, 'Imported', 'nodes').roleArn, { vpcConfig: VPC_CONFIG }); }],
  ],
  finds: [
    ['a role that trusts EC2', stack => { clusterWith(stack, nodeRole(stack, [], { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }).roleArn); },
      'error', ['workers'], ['does not let sagemaker.amazonaws.com assume it; it trusts ec2.amazonaws.com', 'Training/NodeRole/Resource'], ROLE],
    ['a role that trusts the account only', trusting(trust({ AWS: 'arn:aws:iam::111122223333:root' })),
      'error', ['workers'], ['it trusts arn:aws:iam::111122223333:root'], ROLE],
    ['a role that trusts the principal of auto scaling', trusting(trust({ Service: 'hyperpod.sagemaker.amazonaws.com' })),
      'error', ['workers'], [], ROLE],
    ['a role that trusts it with another action only', trusting(trust(SAGEMAKER, { Action: 'sts:TagSession' })), 'error', ['workers'], [], ROLE],
    ['a role that trusts it, but denies it again', trusting(trust(SAGEMAKER), { ...trust(SAGEMAKER), Effect: 'Deny' }), 'error', ['workers'], [], ROLE],
    ['a role that trusts it for all but assuming', trusting({ Effect: 'Allow', Principal: SAGEMAKER, NotAction: 'sts:AssumeRole' }),
      'error', ['workers'], [], ROLE],
    ['a role that trusts EC2, and denies ECS', trusting(trust({ Service: 'ec2.amazonaws.com' }), { ...trust({ Service: 'ecs.amazonaws.com' }), Effect: 'Deny' }),
      'error', ['workers'], ['it trusts ec2.amazonaws.com.\n'], ROLE],
    ['a role that trusts nobody', trusting({ ...trust(SAGEMAKER), Effect: 'Deny' }), 'error', ['workers'], ['it trusts nobody.\n'], ROLE],
  ],
  tokens: [
    ['a role that trusts it, with actions that only the deployment shows', stack => trusting(trust(SAGEMAKER, { Action: listed(stack) }))(stack)],
    ['a role that trusts services that only the deployment shows', stack => trusting(trust({ Service: listed(stack) }))(stack)],
    ['a role that trusts the service by an intrinsic function', trusting(trust({ Service: Fn.sub('sagemaker.${AWS::URLSuffix}') }))],
    ['a role that trusts another service by an intrinsic function', trusting(trust({ Service: Fn.sub('ec2.${AWS::URLSuffix}') })),
      'error', ['workers'], [], ROLE],
    ['a role that trusts a service that is a parameter', stack => trusting(trust({ Service: new CfnParameter(stack, 'Service').valueAsString }))(stack)],
    ['a role that is a parameter', stack => { clusterWith(stack, new CfnParameter(stack, 'Role').valueAsString, { vpcConfig: VPC_CONFIG }); }],
  ],
  findsSeveral: [
    ['one for each role, with all groups that use it, of both kinds', ofBothKinds, ['error ExecutionRoleTrust[a,c]', 'error ExecutionRoleTrust[b]']],
  ],
});

test('a finding is located at the role of each of its groups, of both kinds', () => {
  const locations = findingsOf(executionRoleTrust, ofBothKinds).map(({ violatingResources: [one] }) => one.locations);
  expect(locations).toEqual([
    ['Properties.InstanceGroups.0.ExecutionRole', 'Properties.RestrictedInstanceGroups.0.ExecutionRole'],
    ['Properties.InstanceGroups.1.ExecutionRole'],
  ]);
});
