import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CompositePrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { group, restrictedGroup, VPC_CONFIG } from '../private/cluster-properties';
import { clusterWith, expectRoleFindings, nodeRole, RoleCase, roleFindings, roleTrusting } from '../private/role-findings';

const trust = (principal: object | string, more: object = {}) => ({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
const SAGEMAKER = { Service: 'sagemaker.amazonaws.com' };
/** A list of which the template shows nothing. */
const listed = (stack: Stack) => Fn.split(',', new CfnParameter(stack, 'Listed').valueAsString);
const DENIED = ['error ExecutionRoleTrust[workers]'];
const trusting = (...statements: object[]) => (stack: Stack) => { clusterWith(stack, roleTrusting(stack, ...statements).attrArn); };

test.each<RoleCase>([
  ['sagemaker.amazonaws.com', trusting(trust(SAGEMAKER)), []],
  ['it among others', stack => {
    const assumedBy = new CompositePrincipal(new ServicePrincipal('ec2.amazonaws.com'), new ServicePrincipal('sagemaker.amazonaws.com'));
    clusterWith(stack, nodeRole(stack, [], { assumedBy }).roleArn);
  }, []],
  ['it by a wildcard in the action', trusting(trust(SAGEMAKER, { Action: ['sts:*'] })), []],
  ['EC2', stack => { clusterWith(stack, nodeRole(stack, [], { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }).roleArn); },
    DENIED, ['does not let sagemaker.amazonaws.com assume it; it trusts ec2.amazonaws.com', 'Training/NodeRole/Resource']],
  ['the account only', trusting(trust({ AWS: 'arn:aws:iam::111122223333:root' })), DENIED, ['it trusts arn:aws:iam::111122223333:root']],
  ['the principal of auto scaling', trusting(trust({ Service: 'hyperpod.sagemaker.amazonaws.com' })), DENIED],
  ['it with another action only', trusting(trust(SAGEMAKER, { Action: 'sts:TagSession' })), DENIED],
  ['it, but denies it again', trusting(trust(SAGEMAKER), { ...trust(SAGEMAKER), Effect: 'Deny' }), DENIED],
  ['it, and denies others', trusting(trust(SAGEMAKER), { ...trust({ Service: 'ec2.amazonaws.com' }), Effect: 'Deny' }), []],
  ['it for all but assuming', trusting({ Effect: 'Allow', Principal: SAGEMAKER, NotAction: 'sts:AssumeRole' }), DENIED],
  ['a condition that only the deployment decides', trusting(trust(SAGEMAKER, { Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } })), []],
  ['it, but denies it under a condition', trusting(trust(SAGEMAKER), { ...trust(SAGEMAKER, { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }), Effect: 'Deny' }), []],
  ['it, but denies everyone, who may be no service', trusting(trust(SAGEMAKER), { ...trust('*'), Effect: 'Deny' }), []],
  ['it, with the action in other letters', trusting(trust(SAGEMAKER, { Action: 'STS:assumerole' })), []],
  ['it, with actions that only the deployment shows', stack => trusting(trust(SAGEMAKER, { Action: listed(stack) }))(stack), []],
  ['services that only the deployment shows', stack => trusting(trust({ Service: listed(stack) }))(stack), []],
  ['EC2, and denies ECS', trusting(trust({ Service: 'ec2.amazonaws.com' }), { ...trust({ Service: 'ecs.amazonaws.com' }), Effect: 'Deny' }),
    DENIED, ['it trusts ec2.amazonaws.com.\n']],
  ['nobody', trusting({ ...trust(SAGEMAKER), Effect: 'Deny' }), DENIED, ['it trusts nobody.\n']],
  ['everyone', trusting(trust('*')), []],
  ['every service', trusting(trust({ Service: '*' })), []],
  ['the service by its regional name', trusting(trust({ Service: 'sagemaker.us-west-2.amazonaws.com' })), []],
  ['the service by an intrinsic function', trusting(trust({ Service: Fn.sub('sagemaker.${AWS::URLSuffix}') })), []],
  ['another service by an intrinsic function', trusting(trust({ Service: Fn.sub('ec2.${AWS::URLSuffix}') })), DENIED],
  ['a service that is a parameter', stack => trusting(trust({ Service: new CfnParameter(stack, 'Service').valueAsString }))(stack), []],
])('a role that trusts %s', (_, ...expected) => expectRoleFindings(...expected));

test.each<RoleCase>([
  ['a role that the app does not define', stack => { clusterWith(stack, 'arn:aws:iam::111122223333:role/nodes', { vpcConfig: VPC_CONFIG }); }, []],
  ['an imported role', stack => { clusterWith(stack, Role.fromRoleName(stack, 'Imported', 'nodes').roleArn, { vpcConfig: VPC_CONFIG }); }, []],
  ['a parameter', stack => { clusterWith(stack, new CfnParameter(stack, 'Role').valueAsString, { vpcConfig: VPC_CONFIG }); }, []],
])('nothing is said of %s', (_, ...expected) => expectRoleFindings(...expected));

test('one finding for each role, with all groups that use it, of both kinds', () => {
  const findings = roleFindings(stack => {
    const executionRole = roleTrusting(stack, trust({ Service: 'ec2.amazonaws.com' })).attrArn;
    const other = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('eks.amazonaws.com') }).roleArn;
    new CfnCluster(stack, 'Cluster', {
      instanceGroups: [group('a', { executionRole }), group('b', { executionRole: other })],
      restrictedInstanceGroups: [restrictedGroup('c', { executionRole })],
    });
  });
  const ofTrust = findings.filter(({ summary }) => summary.includes('Trust'));
  expect(ofTrust.map(({ summary }) => summary)).toEqual(['error ExecutionRoleTrust[a,c]', 'error ExecutionRoleTrust[b]']);
  expect(ofTrust[0].locations).toEqual(['Properties.InstanceGroups.0.ExecutionRole', 'Properties.RestrictedInstanceGroups.0.ExecutionRole']);
});
