import { App, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HyperPodCluster, LifecycleScripts } from '../../src';
import { clusterDependsOn, clusterIn, group, importedVpc } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, synthTemplate, testApp } from '../private/app';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack');
});

const sagemaker = new ServicePrincipal('sagemaker.amazonaws.com');
const none = { lifecycleScripts: LifecycleScripts.none() };
const anything = () => new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });

function idsOf(type: string, prefix = ''): string[] {
  return Object.keys(resourcesOfType(stack, type)).filter(id => id.startsWith(prefix));
}

describe('the cluster waits for', () => {
  test('its own policy and its upload', () => {
    clusterIn(stack, { vpc: importedVpc(stack) });

    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining([
      ...idsOf('AWS::IAM::Policy', 'TrainingExecutionRolePolicy'),
      ...idsOf('Custom::CDKBucketDeployment'),
    ]));
    expect(idsOf('AWS::IAM::Policy', 'TrainingExecutionRolePolicy')).toHaveLength(1);
  });

  test('the policies and the uploads of every group, however late it is added', () => {
    const cluster = clusterIn(stack, { vpc: importedVpc(stack) });
    const executionRole = new Role(stack, 'Late', { assumedBy: sagemaker });
    cluster.addInstanceGroup(group('late', { executionRole, lifecycleScripts: LifecycleScripts.noop() }));

    const policies = idsOf('AWS::IAM::Policy', 'TrainingExecutionRolePolicy');
    const uploads = idsOf('Custom::CDKBucketDeployment');
    expect(policies).toHaveLength(2);
    expect(uploads).toHaveLength(2);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining([...policies, ...uploads]));
  });

  test.each<[string, (role: Role) => void, string]>([
    ['its default policy', role => role.addToPolicy(anything()), 'GivenDefaultPolicy'],
    ['a policy attached from elsewhere', role => new Policy(stack, 'Extra', { roles: [role], statements: [anything()] }), 'Extra'],
    ['an attached inline policy', role => role.attachInlinePolicy(new Policy(stack, 'Extra', { statements: [anything()] })), 'Extra'],
    ['a managed policy that it lists', role => role.addManagedPolicy(new ManagedPolicy(stack, 'Extra', { statements: [anything()] })), 'Extra'],
    ['a managed policy that lists it', role => new ManagedPolicy(stack, 'Extra', { roles: [role], statements: [anything()] }), 'Extra'],
  ])('every policy of a role, attached before or after: %s', (_, attach, policyId) => {
    const before = new Role(stack, 'Given', { assumedBy: sagemaker });
    attach(before);
    clusterIn(stack, { ...none, executionRole: before });
    const dependsOnBefore = clusterDependsOn(stack);

    stack = new Stack(testApp(), 'Stack');
    const after = new Role(stack, 'Given', { assumedBy: sagemaker });
    clusterIn(stack, { ...none, executionRole: after });
    attach(after);

    expect(dependsOnBefore).toEqual([expect.stringMatching(`^${policyId}`)]);
    expect(clusterDependsOn(stack)).toEqual(dependsOnBefore);
  });

  test('policies of an imported role, which the app attaches by name', () => {
    const role = Role.fromRoleName(stack, 'Given', 'hyperpod');
    clusterIn(stack, { ...none, executionRole: role });
    new Policy(stack, 'Extra', { roles: [role], statements: [anything()] });

    expect(clusterDependsOn(stack)).toEqual([expect.stringMatching(/^Extra/)]);
  });
});

describe('the cluster does not wait for', () => {
  test('a policy that mentions its ARN', () => {
    const cluster = clusterIn(stack, none);
    cluster.executionRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.clusterArn] }));

    expect(clusterDependsOn(stack)).toEqual([]);
    expect(idsOf('AWS::IAM::Policy')).toHaveLength(1);
  });

  test('a policy that waits for what mentions its ARN', () => {
    const cluster = clusterIn(stack, none);
    const mentioning = new ManagedPolicy(stack, 'Mentioning', {
      statements: [new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.clusterArn] })],
    });
    const waiting = new Policy(stack, 'Waiting', { statements: [anything()] });
    waiting.node.addDependency(mentioning);
    cluster.executionRole.attachInlinePolicy(waiting);

    expect(clusterDependsOn(stack)).toEqual([]);
  });

  test('a policy that mentions another cluster of the same role, which waits for one that mentions this', () => {
    const executionRole = new Role(stack, 'Shared', { assumedBy: sagemaker });
    const clusters = ['A', 'B'].map(id => new HyperPodCluster(stack, id, { ...none, executionRole, instanceGroups: [group('workers')] }));
    clusters.forEach((cluster, index) => new Policy(stack, `Mentioning${index}`, {
      roles: [executionRole],
      statements: [new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.clusterArn] })],
    }));

    const rendered = Object.values(resourcesOfType(stack, 'AWS::SageMaker::Cluster'));
    expect(rendered.map(cluster => cluster.DependsOn ?? [])).toEqual([[], []]);
  });

  test('a policy in a stack that needs the stack of the cluster', () => {
    const cluster = clusterIn(stack, none);
    const later = new Stack(app, 'Later');
    new Policy(later, 'Extra', { roles: [cluster.executionRole], statements: [anything()] });

    expect(clusterDependsOn(stack)).toEqual([]);
    expect(stack.dependencies).toEqual([]);
    expect(later.dependencies).toEqual([stack]);
  });

  test('a policy in a stack, of which another part needs the cluster', () => {
    const role = Role.fromRoleName(stack, 'Given', 'hyperpod');
    const cluster = clusterIn(stack, { ...none, executionRole: role });
    const later = new Stack(app, 'Later');
    new Policy(later, 'Extra', { roles: [Role.fromRoleName(later, 'Given', 'hyperpod')], statements: [anything()] });
    new ManagedPolicy(later, 'Part', {
      statements: [new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.clusterArn] })],
    });

    synthTemplate(stack);
    expect(stack.dependencies).toEqual([]);
  });

  test('a nested stack that is given its ARN', () => {
    const cluster = clusterIn(stack, none);
    const nested = new NestedStack(stack, 'Nested');
    new Policy(nested, 'Extra', {
      roles: [Role.fromRoleArn(nested, 'Given', cluster.executionRole.roleArn)],
      statements: [new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.clusterArn] })],
    });

    expect(clusterDependsOn(stack)).toEqual([]);
  });
});

test('a policy in a nested stack that does not need the cluster comes first', () => {
  const executionRole = new Role(stack, 'Given', { assumedBy: sagemaker });
  clusterIn(stack, { ...none, executionRole });
  const nested = new NestedStack(stack, 'Nested');
  new Policy(nested, 'Extra', { roles: [executionRole], statements: [anything()] });

  expect(clusterDependsOn(stack)).toEqual([onlyResource(stack, 'AWS::CloudFormation::Stack').logicalId]);
});

test('a role in another stack: that stack deploys first, policies and all', () => {
  const rolesStack = new Stack(app, 'Roles');
  const executionRole = new Role(rolesStack, 'Given', { assumedBy: sagemaker });
  executionRole.addToPolicy(anything());
  const cluster = clusterIn(stack, { ...none, executionRole });
  new CfnOutput(stack, 'Arn', { value: cluster.clusterArn });

  synthTemplate(stack);
  expect(stack.dependencies).toEqual([rolesStack]);
});

describe('a policy that is attached after something has looked at what clusters wait for', () => {
  /** Whoever looks: one of two clusters, or both. */
  const lookers: [string, number[]][] = [['the first cluster', [0]], ['the second', [1]], ['both', [0, 1]], ['the second, then the first', [1, 0]]];

  test.each(lookers)('%s', (_, looked) => {
    const executionRole = new Role(stack, 'Given', { assumedBy: sagemaker });
    executionRole.addToPolicy(anything());
    const clusters = ['One', 'Two'].map(id => new HyperPodCluster(stack, id, { ...none, executionRole, instanceGroups: [group('workers')] }));
    for (const index of looked) {
      expect(clusters[index].node.defaultChild!.node.dependencies).toHaveLength(1);
    }
    new Policy(stack, 'Extra', { roles: [executionRole], statements: [anything()] });
    const extra = idsOf('AWS::IAM::Policy', 'Extra');

    for (const { DependsOn } of Object.values(resourcesOfType(stack, 'AWS::SageMaker::Cluster'))) {
      expect(DependsOn).toEqual(expect.arrayContaining(extra));
    }
    expect(extra).toHaveLength(1);
  });
});
