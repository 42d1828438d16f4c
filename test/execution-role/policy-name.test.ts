import { App, Aws, NestedStack, Stack, type StackProps, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ClusterAutoScaling, HyperPodCluster, LifecycleScripts, mixins, Orchestrator } from '../../src';
import { group, importedVpc } from '../cluster/fixtures';
import { testApp } from '../private/app';

const IRELAND = { account: '111122223333', region: 'eu-west-1' };
const named = (scope: Construct) => Role.fromRoleName(scope, 'R', 'HyperPodNodes');

/** The same cluster in every stack. */
function cluster(stack: Stack, executionRole: IRole = named(stack)): void {
  new HyperPodCluster(stack, 'Training', { executionRole, vpc: importedVpc(stack), lifecycleScripts: LifecycleScripts.none(), instanceGroups: [group('workers')] });
}

function bareCluster(stack: Stack): void {
  const executionRole = named(stack);
  const bucket = Bucket.fromBucketName(stack, 'Bucket', `scripts-${stack.node.id.toLowerCase()}`);
  new CfnCluster(stack, 'Cluster', {
    instanceGroups: [{ instanceGroupName: 'workers', instanceType: 'ml.m5.xlarge', instanceCount: 1, executionRole: executionRole.roleArn }],
  }).with(new mixins.ClusterLifecycleAccess({ executionRole, bucket }));
}

function clusterWithKarpenter(stack: Stack): void {
  new HyperPodCluster(stack, 'Training', {
    vpc: importedVpc(stack),
    orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks', clusterSecurityGroupId: 'sg-11111111' })),
    autoScaling: ClusterAutoScaling.karpenter(),
    instanceGroups: [group('workers', { instanceCount: 0 })],
  });
}

/** The names of the policies in a template, as CloudFormation's functions. */
function policyNames(stack: Stack, idPart = ''): unknown[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  return Object.entries(policies).filter(([id]) => id.includes(idPart)).map(([, { Properties }]) => Properties.PolicyName);
}

/** The name in a Region, where the stack does not say which one it is. */
function inRegion(name: any, region: string): string {
  return typeof name === 'string' ? name : name['Fn::Join'][1].map((part: any) => part.Ref === 'AWS::Region' ? region : part).join('');
}

function twoStacks(define: (stack: Stack) => void, dev: StackProps = {}, prod: StackProps = {}, app: App = testApp()): [Stack, Stack] {
  const stacks: [Stack, Stack] = [new Stack(app, 'Dev', dev), new Stack(app, 'Prod', prod)];
  stacks.forEach(stack => define(stack));
  return stacks;
}

/** What is deployed side by side, each with the Region that it is deployed to, and what the logical ids of the policies have in them. */
const SIDE_BY_SIDE: [string, () => [Stack, string][], string?][] = [
  ['two stacks', () => twoStacks(cluster).map(stack => [stack, 'eu-west-1'])],
  ['two stacks of known environments', () => twoStacks(cluster, { env: IRELAND }, { env: IRELAND }).map(stack => [stack, 'eu-west-1'])],
  ['two Regions', () => twoStacks(cluster, { stackName: 'Same', env: IRELAND }, { stackName: 'Same', env: { ...IRELAND, region: 'us-east-1' } })
    .map(stack => [stack, stack.region])],
  ['one stack, deployed to two Regions', () => {
    const stack = new Stack(testApp(), 'Dev');
    cluster(stack);
    return [[stack, 'eu-west-1'], [stack, 'us-east-1']];
  }],
  ['a nested stack and its parent', () => {
    const stack = new Stack(testApp(), 'Dev');
    const nested = new NestedStack(stack, 'Nested');
    [stack, nested].forEach(one => cluster(one));
    return [[stack, 'eu-west-1'], [nested, 'eu-west-1']];
  }],
  ['two nested stacks', () => {
    const stack = new Stack(testApp(), 'Dev');
    const nested = ['A', 'B'].map(id => new NestedStack(stack, id));
    nested.forEach(one => cluster(one));
    return nested.map(one => [one, 'eu-west-1']);
  }],
  ['nested stacks of the same path in two stacks', () => {
    const nested = twoStacks(() => {}).map(stack => new NestedStack(stack, 'Nested'));
    nested.forEach(one => cluster(one));
    return nested.map(one => [one, 'eu-west-1']);
  }],
  ['two stacks with the role of a third', () => {
    const app = testApp();
    const roles = new Stack(app, 'Roles');
    const role = new Role(roles, 'R', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    return twoStacks(stack => cluster(stack, role), {}, {}, app).map(stack => [stack, 'eu-west-1']);
  }],
  ['two deployments of one app', () => ['dev', 'prod'].map(name => {
    const stack = new Stack(testApp(), 'Stack', { stackName: `training-${name}` });
    cluster(stack);
    return [stack, 'eu-west-1'];
  })],
  ['two stages', () => {
    const app = testApp();
    return ['Dev', 'Prod'].map(id => {
      const stack = new Stack(new Stage(app, id), 'Stack');
      cluster(stack);
      return [stack, 'eu-west-1'];
    });
  }],
  ['the mixin in two stacks', () => twoStacks(bareCluster).map(stack => [stack, 'eu-west-1'])],
  ['roles for Karpenter in two stacks', () => twoStacks(clusterWithKarpenter).map(stack => [stack, 'eu-west-1']), 'ClusterRole'],
  ['two clusters whose paths differ by what a name cannot have', () => {
    const stack = new Stack(testApp(), 'Dev');
    const scopes = ['a b', 'a:b'].map(id => new Construct(stack, id));
    const vpc = importedVpc(stack);
    scopes.forEach(scope => new HyperPodCluster(scope, 'Training', {
      executionRole: named(scope), vpc, lifecycleScripts: LifecycleScripts.none(), instanceGroups: [group('workers')],
    }));
    return [[stack, 'eu-west-1']];
  }],
];

test.each(SIDE_BY_SIDE.map(([what, deploy, idPart = '']) => ({ what, deploy, idPart })))('policies on one role do not replace each other: $what', ({ deploy, idPart }) => {
  const names = deploy().flatMap(([stack, region]) => policyNames(stack, idPart).map(name => inRegion(name, region)));

  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter(name => !/^[\w+=,.@-]{1,128}$/.test(name))).toEqual([]);
});

test('a policy is called after its stack, its path and its Region', () => {
  const stack = new Stack(testApp(), 'Dev', { env: IRELAND });
  cluster(stack);

  expect(policyNames(stack)).toEqual([expect.stringMatching(/^Dev-Training-ExecutionRolePolicy-[0-9a-f]{12}-eu-west-1$/)]);
});

test('a Region that is known only at deployment is filled in then', () => {
  const stack = new Stack(testApp(), 'Dev');
  cluster(stack);

  expect(policyNames(stack)).toEqual([
    { 'Fn::Join': ['', [expect.stringMatching(/^Dev-Training-ExecutionRolePolicy-[0-9a-f]{12}-$/), { Ref: 'AWS::Region' }]] },
  ]);
});

test.each([['known', 'ap-southeast-2'], ['unknown', Aws.REGION]])('however long the path, a name fits, and differs: Region %s', (_, region) => {
  const stack = new Stack(testApp(), 'Dev', { stackName: 'S'.repeat(128), env: { region } });
  const role = named(stack);
  const vpc = importedVpc(stack);
  for (const last of ['One', 'Two']) {
    new HyperPodCluster(stack, 'Training'.repeat(30) + last, {
      executionRole: role, vpc, lifecycleScripts: LifecycleScripts.none(), instanceGroups: [group('workers')],
    });
  }
  const names = policyNames(stack).map(name => inRegion(name, 'ap-southeast-2'));

  expect(new Set(names).size).toBe(2);
  expect(names.filter(name => name.length > 128 || !name.endsWith('-ap-southeast-2'))).toEqual([]);
});

test('a role for Karpenter that is customized gets no policy', () => {
  const stack = new Stack(testApp(), 'Dev');
  Role.customizeRoles(stack);
  clusterWithKarpenter(stack);

  expect(policyNames(stack)).toEqual([]);
});

test('every synth gives the same name', () => {
  const [first, second] = [0, 1].map(() => {
    const stack = new Stack(testApp(), 'Dev');
    cluster(stack);
    return policyNames(stack);
  });

  expect(second).toEqual(first);
});
