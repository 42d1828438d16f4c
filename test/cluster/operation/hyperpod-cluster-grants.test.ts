import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable, Role, ServicePrincipal, UnknownPrincipal, User } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, IClusterRef } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster } from '../../../src';
import { HyperPodClusterGrants } from '../../../src/cluster/operation/hyperpod-cluster-grants';
import { resourcesOfType, testApp } from '../../private/app';
import { clusterIn } from '../fixtures';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:cluster/abcdefghijkl';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

/** The statements of the only policy whose logical id begins with `User`, the grantee. */
function statementsOfUser(): any[] {
  const policies = Object.entries(resourcesOfType(stack, 'AWS::IAM::Policy')).filter(([logicalId]) => logicalId.startsWith('User'));
  expect(policies).toHaveLength(1);
  return policies[0][1].Properties.PolicyDocument.Statement;
}

function importedCluster(): IClusterRef {
  return HyperPodCluster.fromHyperPodClusterArn(stack, 'Training', ARN);
}

describe('what is granted on the cluster', () => {
  test.each<[string, (grants: HyperPodClusterGrants, grantee: IGrantable) => Grant, string | string[]]>([
    ['describe', (grants, grantee) => grants.describe(grantee), [
      'sagemaker:DescribeCluster', 'sagemaker:DescribeClusterEvent', 'sagemaker:DescribeClusterNode',
      'sagemaker:ListClusterEvents', 'sagemaker:ListClusterNodes',
    ]],
    ['scale', (grants, grantee) => grants.scale(grantee), ['sagemaker:BatchAddClusterNodes', 'sagemaker:BatchDeleteClusterNodes']],
    ['update', (grants, grantee) => grants.update(grantee), [
      'sagemaker:BatchAddClusterNodes', 'sagemaker:BatchDeleteClusterNodes', 'sagemaker:UpdateCluster', 'sagemaker:UpdateClusterSoftware',
    ]],
    ['rebootNodes', (grants, grantee) => grants.rebootNodes(grantee), 'sagemaker:BatchRebootClusterNodes'],
    ['replaceNodes', (grants, grantee) => grants.replaceNodes(grantee), 'sagemaker:BatchReplaceClusterNodes'],
  ])('%s: exactly its actions, on exactly this cluster', (_, grantTo, actions) => {
    const grant = grantTo(HyperPodClusterGrants.fromCluster(importedCluster()), new User(stack, 'User'));

    expect(grant.success).toBe(true);
    expect(statementsOfUser()).toEqual([{ Effect: 'Allow', Action: actions, Resource: ARN }]);
  });
});

describe('any construct that stands for a cluster', () => {
  test.each<[string, () => IClusterRef, any]>([
    ['HyperPodCluster', () => clusterIn(stack), { 'Fn::GetAtt': [expect.stringMatching(/^Training/), 'ClusterArn'] }],
    ['imported', importedCluster, ARN],
    ['CfnCluster', () => new CfnCluster(stack, 'Training', {}), { Ref: 'Training' }],
  ])('%s', (_, cluster, arn) => {
    HyperPodClusterGrants.fromCluster(cluster()).rebootNodes(new User(stack, 'User'));

    expect(statementsOfUser()).toEqual([{ Effect: 'Allow', Action: 'sagemaker:BatchRebootClusterNodes', Resource: arn }]);
  });
});

describe('sessions', () => {
  test('are opened on this cluster with the default document only, and only the own ones are ended', () => {
    HyperPodClusterGrants.fromCluster(importedCluster()).startSession(new User(stack, 'User'));

    const ssm = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-west-1:111122223333:${resource}`]] });
    expect(statementsOfUser()).toEqual([
      { Effect: 'Allow', Action: 'ssm:StartSession', Resource: [ARN, ssm('document/SSM-SessionManagerRunShell')] },
      { Effect: 'Allow', Action: 'ssmmessages:OpenDataChannel', Resource: ssm('session/${aws:userid}-*') },
      {
        Effect: 'Allow',
        Action: 'ssm:TerminateSession',
        Resource: ssm('session/*'),
        Condition: { StringLike: { 'ssm:resourceTag/aws:ssmmessages:session-id': '${aws:userid}*' } },
      },
    ]);
  });

  test('are in the account and Region of the cluster, not of the stack that imports it', () => {
    stack = new Stack(testApp(), 'Elsewhere', { env: { region: 'us-east-1', account: '444455556666' } });

    HyperPodClusterGrants.fromCluster(importedCluster()).startSession(new User(stack, 'User'));

    const rendered = JSON.stringify(statementsOfUser());
    expect(rendered).toContain(':ssm:eu-west-1:111122223333:document/');
    expect(rendered).not.toContain('us-east-1');
  });

  test('of a cluster without a known environment are in that of its stack', () => {
    HyperPodClusterGrants.fromCluster(new CfnCluster(stack, 'Training', {})).startSession(new User(stack, 'User'));

    expect(statementsOfUser()[2].Resource).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':session/*']],
    });
  });
});

describe('grantees', () => {
  test.each<[string, () => IGrantable, boolean]>([
    ['a role', () => new Role(stack, 'UserRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }), true],
    ['an imported role', () => Role.fromRoleArn(stack, 'UserRole', 'arn:aws:iam::111122223333:role/operators'), true],
    ['an imported role that must not change', () => Role.fromRoleArn(stack, 'UserRole', 'arn:aws:iam::111122223333:role/operators', { mutable: false }), false],
    ['a service principal', () => new ServicePrincipal('lambda.amazonaws.com'), false],
    ['an unknown principal', () => new UnknownPrincipal({ resource: stack }), false],
  ])('%s', (_, grantee, granted) => {
    const user = grantee();
    const grants = HyperPodClusterGrants.fromCluster(new CfnCluster(stack, 'Training', {}));

    grants.describe(user);
    grants.startSession(user);

    const policies = Object.values(resourcesOfType(stack, 'AWS::IAM::Policy'));
    expect(policies.flatMap(policy => policy.Properties.PolicyDocument.Statement)).toHaveLength(granted ? 4 : 0);
  });

  test.each([
    ['describe', (grants: HyperPodClusterGrants, grantee: IGrantable) => grants.describe(grantee)],
    ['startSession', (grants: HyperPodClusterGrants, grantee: IGrantable) => grants.startSession(grantee)],
  ])('fails to assert that %s was granted to one that has no policy', (_, grantTo) => {
    const grant = grantTo(HyperPodClusterGrants.fromCluster(importedCluster()), new ServicePrincipal('lambda.amazonaws.com'));

    expect(() => grant.assertSuccess()).toThrow(/could not be added/);
  });
});
