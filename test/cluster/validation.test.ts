import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster as CfnEksCluster } from 'aws-cdk-lib/aws-eks';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { clusterIn, clusterProperties, group, importedVpc } from './fixtures';
import {
  HyperPodCluster, HyperPodClusterProps, InstanceCapacity, InstanceGroupOptions,
  LifecycleScripts, NodeProvisioningMode, Orchestrator, SlurmConfigStrategy, SlurmNode,
} from '../../src';
import { synthTemplate, testApp } from '../private/app';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

function eks(): Orchestrator {
  return Orchestrator.eks(new CfnEksCluster(stack, 'Eks', {
    roleArn: 'arn:aws:iam::111122223333:role/eks', resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
  }));
}

describe('fails at once', () => {
  const onInitComplete = () => LifecycleScripts.fromBucket(new Bucket(stack, 'Scripts'), 'config', { onInitComplete: 'setup.sh' });

  test.each<[string, () => HyperPodClusterProps, string]>([
    ['on an empty list of instance groups', () => ({ instanceGroups: [] }), 'instanceGroups must not be []'],
    ['on two groups of one name', () => ({ instanceGroups: [group('a'), group('a')] }), 'instance group name "a" is taken'],
    ['on subnets without a VPC', () => ({ vpcSubnets: { subnetType: SubnetType.PUBLIC } }), 'vpcSubnets given without vpc'],
    [
      'on subnets and security groups without a VPC',
      () => ({ vpcSubnets: {}, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Sg', 'sg-11111111')] }),
      'vpcSubnets and securityGroups given without vpc',
    ],
    ['on an empty list of security groups', () => ({ vpc: importedVpc(stack), securityGroups: [] }), 'securityGroups must not be []'],
    [
      'on a removal policy for a bucket that is given',
      () => ({ lifecycleBucket: new Bucket(stack, 'Given'), removalPolicy: RemovalPolicy.DESTROY }),
      'removalPolicy "destroy" is for a bucket that the cluster makes',
    ],
    ['on EKS without a VPC', () => ({ orchestrator: eks() }), 'EKS orchestrates needs a vpc'],
    [
      'on EKS without scripts',
      () => ({ orchestrator: eks(), vpc: importedVpc(stack), lifecycleScripts: LifecycleScripts.none() }),
      'instance group "workers" has no onCreate script, which EKS asks for',
    ],
    [
      'on EKS with an onInitComplete script',
      () => ({ orchestrator: eks(), vpc: importedVpc(stack), lifecycleScripts: onInitComplete() }),
      'instance group "workers" has no onCreate script, which EKS asks for',
    ],
    [
      'on EKS with an onInitComplete script of one group',
      () => ({ orchestrator: eks(), vpc: importedVpc(stack), instanceGroups: [group('a'), group('b', { lifecycleScripts: onInitComplete() })] }),
      'instance group "b" has no onCreate script, which EKS asks for',
    ],
    [
      'on EKS with a Slurm node type',
      () => ({ orchestrator: eks(), vpc: importedVpc(stack), instanceGroups: [group('a', { slurmNode: SlurmNode.login() })] }),
      'instance group "a" has a slurmNode, but EKS orchestrates the cluster',
    ],
    [
      'on a Slurm strategy with continuous provisioning',
      () => ({
        orchestrator: Orchestrator.slurm({ slurmConfigStrategy: SlurmConfigStrategy.MERGE }),
        nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS,
      }),
      'slurmConfigStrategy "Merge" is not accepted with continuous node provisioning',
    ],
  ])('%s', (_, props, message) => {
    expect(() => clusterIn(stack, props())).toThrow(message);
  });

  test('on a group added under a name that is taken', () => {
    const cluster = clusterIn(stack);

    expect(() => cluster.addInstanceGroup(group('workers'))).toThrow('instance group name "workers" is taken');
  });
});

describe('fails at synthesis', () => {
  const controller = (name = 'controller', options: Partial<InstanceGroupOptions> = {}) => group(name, { slurmNode: SlurmNode.controller(), ...options });
  const workers = group('workers', { slurmNode: SlurmNode.compute('gpu') });

  test('without any instance group', () => {
    new HyperPodCluster(stack, 'Training');

    expect(() => synthTemplate(stack)).toThrow('HyperPod cluster has no instance groups');
  });

  test.each<[string, InstanceGroupOptions[], string]>([
    ['with no controller', [workers], 'exactly one instance group must have SlurmNode.controller(), got []'],
    ['with two controllers', [controller('a'), controller('b'), workers], 'exactly one instance group must have SlurmNode.controller(), got ["a","b"]'],
    [
      'with two login groups',
      [controller(), group('a', { slurmNode: SlurmNode.login() }), group('b', { slurmNode: SlurmNode.login() })],
      'at most one instance group may have SlurmNode.login(), got ["a","b"]',
    ],
    ['with Slurm node types on some groups only', [controller(), group('x'), group('y')], 'instance groups ["x","y"] have no slurmNode, but others have'],
  ])('%s', (_, instanceGroups, message) => {
    clusterIn(stack, { instanceGroups });

    expect(() => synthTemplate(stack)).toThrow(message);
  });

  test.each<[string, InstanceGroupOptions[], string]>([
    ['without Slurm node types', [group('x')], 'instance groups ["x"] have no slurmNode, which continuous node provisioning on Slurm asks for'],
    ['with two controller nodes', [controller('head', { instanceCount: 2 }), workers], 'controller group "head" has instanceCount 2'],
  ])('with continuous provisioning on Slurm %s', (_, instanceGroups, message) => {
    clusterIn(stack, { instanceGroups, nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS });

    expect(() => synthTemplate(stack)).toThrow(message);
  });

  test('with continuous provisioning that nobody asked for by name: what turned it on', () => {
    clusterIn(stack, { instanceGroups: [group('x', { minInstanceCount: 1, capacity: InstanceCapacity.spot() })] });

    expect(() => synthTemplate(stack)).toThrow(
      'turned on by spot capacity of instance group "x", minInstanceCount of instance group "x")');
  });
});

describe('accepts', () => {
  test('a controller that is added after the workers', () => {
    const cluster = clusterIn(stack, { instanceGroups: [group('workers', { slurmNode: SlurmNode.compute('gpu') })] });
    cluster.addInstanceGroup(group('controller', { slurmNode: SlurmNode.controller() }));

    expect(clusterProperties(stack).InstanceGroups).toHaveLength(2);
  });

  test('two controller nodes where provisioning is not continuous', () => {
    clusterIn(stack, { instanceGroups: [group('head', { slurmNode: SlurmNode.controller(), instanceCount: 2 })] });

    expect(clusterProperties(stack).InstanceGroups[0].InstanceCount).toBe(2);
  });

  test('continuous provisioning on EKS, where there are no Slurm node types', () => {
    clusterIn(stack, { orchestrator: eks(), vpc: importedVpc(stack), nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS });

    expect(clusterProperties(stack).NodeProvisioningMode).toBe('Continuous');
  });

  test('names and counts that are known at deployment only', () => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
    clusterIn(stack, {
      clusterName: name,
      nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS,
      instanceGroups: [
        group('controller', { instanceCount: count, slurmNode: SlurmNode.controller() }),
        group(name, { slurmNode: SlurmNode.compute(name), lifecycleScripts: LifecycleScripts.noop() }),
        group('third', { slurmNode: SlurmNode.compute(name), lifecycleScripts: LifecycleScripts.noop() }),
      ],
    });

    expect(clusterProperties(stack)).toMatchObject({
      ClusterName: { Ref: 'Name' },
      InstanceGroups: [{ InstanceCount: { Ref: 'Count' } }, { InstanceGroupName: { Ref: 'Name' } }, { InstanceGroupName: 'third' }],
    });
  });
});
