import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster as CfnEksCluster, IClusterRef } from 'aws-cdk-lib/aws-eks';
import { Cluster, DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HyperPodInstanceType, InstanceStorage, Orchestrator, SlurmNode } from '../../src';
import { clusterDependsOn, clusterIn, group, importedVpc } from '../cluster/fixtures';
import { resourcesOfType, testApp } from '../private/app';

const ENV = { account: '111122223333', region: 'eu-west-1' };

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack', { env: ENV });
});

function lustre(vpc: IVpc, scope = stack, securityGroup?: SecurityGroup): LustreFileSystem {
  return new LustreFileSystem(scope, 'Scratch', {
    vpc,
    vpcSubnet: vpc.privateSubnets[0],
    storageCapacityGiB: 1200,
    lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
    securityGroup,
  });
}

const controller = group('controller', { slurmNode: SlurmNode.controller() });

interface Opening {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
}

/** The ingress rules between two groups that the cluster's own rule for itself is not among: who may connect to whom, by the start of the logical ids. */
function openings(of: Stack = stack): Opening[] {
  return Object.entries(resourcesOfType(of, 'AWS::EC2::SecurityGroupIngress'))
    .map(([id, { Properties: { SourceSecurityGroupId, GroupId, FromPort, ToPort, IpProtocol } }]) => ({
      id, from: named(SourceSecurityGroupId), to: named(GroupId), ports: IpProtocol === '-1' ? 'all' : `${FromPort}-${ToPort}`,
    }))
    .filter(({ from, to }) => from !== to);
}

function named(groupId: any): string {
  return typeof groupId === 'string' ? groupId : (groupId['Fn::GetAtt']?.[0] ?? groupId['Fn::ImportValue']).replace(/[0-9A-F]{8}.*$/, '');
}

describe('FSx for Lustre', () => {
  test('and the nodes may connect to each other, before the cluster starts', () => {
    const vpc = importedVpc(stack);
    clusterIn(stack, { vpc, instanceGroups: [{ ...controller, instanceStorageConfigs: [InstanceStorage.lustre(lustre(vpc))] }] });

    expect(openings()).toEqual(expect.arrayContaining([
      { id: expect.anything(), from: 'TrainingSecurityGroup', to: 'ScratchFsxLustreSecurityGroup', ports: '988-1023' },
      { id: expect.anything(), from: 'ScratchFsxLustreSecurityGroup', to: 'TrainingSecurityGroup', ports: '988-1023' },
    ]));
    expect(openings()).toHaveLength(2);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(openings().map(({ id }) => id)));
  });

  test('in security groups of its own: the cluster waits for their rules too', () => {
    const vpc = importedVpc(stack);
    const fileSystem = lustre(vpc, stack, new SecurityGroup(stack, 'Own', { vpc, allowAllOutbound: false }));
    clusterIn(stack, { vpc, instanceGroups: [{ ...controller, instanceStorageConfigs: [InstanceStorage.lustre(fileSystem)] }] });

    expect(openings().map(({ from, to }) => [from, to])).toEqual(expect.arrayContaining([['TrainingSecurityGroup', 'Own'], ['Own', 'TrainingSecurityGroup']]));
    const egress = Object.keys(resourcesOfType(stack, 'AWS::EC2::SecurityGroupEgress')).filter(id => id.startsWith('Own'));
    expect(egress).toHaveLength(1);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining([...openings().map(({ id }) => id), ...egress]));
  });

  test('in another stack makes no cycle: the rules are in the stack of the cluster', () => {
    const storage = new Stack(app, 'Storage', { env: ENV });
    const vpc = importedVpc(storage);
    const fileSystem = lustre(vpc, storage);
    clusterIn(stack, { vpc, instanceGroups: [{ ...controller, instanceStorageConfigs: [InstanceStorage.lustre(fileSystem)] }] });

    expect(openings().map(({ ports }) => ports)).toEqual(['988-1023', '988-1023']);
    expect(openings(storage)).toEqual([]);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(openings().map(({ id }) => id)));
  });

  test('is opened to the security groups of the groups that mount it', () => {
    const vpc = importedVpc(stack);
    const own = SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-11111111');
    clusterIn(stack, {
      vpc,
      instanceGroups: [
        controller,
        group('workers', {
          slurmNode: SlurmNode.compute('gpu'), overrideVpcConfig: { securityGroups: [own] }, instanceStorageConfigs: [InstanceStorage.lustre(lustre(vpc))],
        }),
      ],
    });

    expect(openings().map(({ from, to }) => [from, to])).toEqual(expect.arrayContaining([
      ['sg-11111111', 'ScratchFsxLustreSecurityGroup'], ['ScratchFsxLustreSecurityGroup', 'sg-11111111'],
    ]));
    expect(openings()).toHaveLength(2);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(openings().map(({ id }) => id)));
  });

  test('is opened once for several groups, restricted ones among them', () => {
    const vpc = importedVpc(stack);
    const instanceStorageConfigs = [InstanceStorage.lustre(lustre(vpc))];
    clusterIn(stack, {
      vpc,
      orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })),
      instanceGroups: [group('a', { instanceStorageConfigs }), group('b', { instanceStorageConfigs })],
      restrictedInstanceGroups: [{ instanceGroupName: 'c', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1, instanceStorageConfigs }],
    });

    expect(openings()).toHaveLength(2);
  });

  test('lets nodes out whose own security group lets out nothing else', () => {
    const vpc = importedVpc(stack);
    const closed = new SecurityGroup(stack, 'Closed', { vpc, allowAllOutbound: false });
    const instanceStorageConfigs = [InstanceStorage.lustre(lustre(vpc))];
    clusterIn(stack, { vpc, securityGroups: [closed], instanceGroups: [{ ...controller, instanceStorageConfigs }] });

    expect(Object.values(resourcesOfType(stack, 'AWS::EC2::SecurityGroupEgress')).map(({ Properties }) => [named(Properties.GroupId), Properties.FromPort]))
      .toEqual([['Closed', 988]]);
  });
});

describe('the accounting database', () => {
  const accounting = (database: SecurityGroup) => Orchestrator.slurm({
    accountingDatabase: { endpoint: new Endpoint('db.example.com', 3307), secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounting'), database },
  });

  test('is opened to the controller alone, before the cluster starts', () => {
    const vpc = importedVpc(stack);
    clusterIn(stack, {
      vpc,
      orchestrator: accounting(new SecurityGroup(stack, 'Database', { vpc })),
      instanceGroups: [
        controller,
        group('workers', {
          slurmNode: SlurmNode.compute('gpu'), overrideVpcConfig: { securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Workers', 'sg-11111111')] },
        }),
      ],
    });

    expect(openings()).toEqual([{ id: expect.anything(), from: 'TrainingSecurityGroup', to: 'Database', ports: '3307-3307' }]);
    expect(clusterDependsOn(stack)).toContain(openings()[0].id);
  });

  test('in another stack makes no cycle', () => {
    const storage = new Stack(app, 'Storage', { env: ENV });
    const vpc = importedVpc(storage);
    clusterIn(stack, { vpc, orchestrator: accounting(new SecurityGroup(storage, 'Database', { vpc })), instanceGroups: [controller] });

    expect(openings().map(({ ports }) => ports)).toEqual(['3307-3307']);
    expect(openings(storage)).toEqual([]);
  });
});

function eks(): Orchestrator {
  const eksCluster = new CfnEksCluster(stack, 'Eks', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
    accessConfig: { authenticationMode: 'API' },
  });
  const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'ControlPlane', eksCluster.attrClusterSecurityGroupId);
  return Orchestrator.eks(eksCluster, { securityGroup });
}

test('the control plane of EKS and the nodes may connect to each other, before the cluster starts', () => {
  clusterIn(stack, { vpc: importedVpc(stack), orchestrator: eks() });

  expect(openings().map(({ from, to, ports }) => [from, to, ports])).toEqual(expect.arrayContaining([
    ['Eks', 'TrainingSecurityGroup', 'all'], ['TrainingSecurityGroup', 'Eks', 'all'],
  ]));
  expect(openings()).toHaveLength(2);
  expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(openings().map(({ id }) => id)));
});

describe('without a word about its security group, the control plane', () => {
  const warnings = () => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HyperPod-EksSecurityGroupUnknown'));
  const fromL1 = () => new CfnEksCluster(stack, 'Eks', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
    accessConfig: { authenticationMode: 'API' },
  });

  test.each<[string, () => IClusterRef, string]>([
    ['of a CfnCluster', fromL1, 'Eks'],
    [
      'of a Cluster',
      () => new Cluster(stack, 'Eks', {
        vpc: new Vpc(stack, 'EksVpc', { maxAzs: 2 }), version: KubernetesVersion.V1_33, defaultCapacityType: DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
      }),
      'Eks',
    ],
    [
      'of an imported Cluster with its security group',
      () => Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks', clusterSecurityGroupId: 'sg-11111111' }),
      'sg-11111111',
    ],
  ])('%s and the nodes may connect to each other all the same', (_, eksCluster, name) => {
    clusterIn(stack, { vpc: importedVpc(stack), orchestrator: Orchestrator.eks(eksCluster()), instanceGroups: [group('a'), group('b')] });

    expect(openings().map(({ from, to, ports }) => [from, to, ports])).toEqual(expect.arrayContaining([
      [name, 'TrainingSecurityGroup', 'all'], ['TrainingSecurityGroup', name, 'all'],
    ]));
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(openings().map(({ id }) => id)));
    expect(warnings()).toEqual([]);
  });

  const unknown = () => Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' }));

  test('of an imported Cluster that is not known to have one gets a warning', () => {
    clusterIn(stack, { vpc: importedVpc(stack), orchestrator: unknown() });

    expect(warnings().map(({ entry }) => entry.data)).toEqual([expect.stringContaining('EKS cluster "Stack/Eks" is not known')]);
  });

  test('gets none if the nodes have security groups that were given', () => {
    clusterIn(stack, { vpc: importedVpc(stack), orchestrator: unknown(), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-11111111')] });

    expect(warnings()).toEqual([]);
  });
});

test('nodes in the security group of the EKS cluster need no rule, and CloudFormation fails to create one that is there', () => {
  const eksCluster = Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks', clusterSecurityGroupId: 'sg-11111111' });
  clusterIn(stack, {
    vpc: importedVpc(stack),
    securityGroups: [eksCluster.clusterSecurityGroup],
    orchestrator: Orchestrator.eks(eksCluster, { securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Same', 'sg-11111111') }),
  });

  expect(resourcesOfType(stack, 'AWS::EC2::SecurityGroupIngress')).toEqual({});
});

test('CDK does not warn of egress rules that are not needed', () => {
  clusterIn(stack, { vpc: importedVpc(stack), orchestrator: eks() });

  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Ignoring Egress'))).toEqual([]);
});
