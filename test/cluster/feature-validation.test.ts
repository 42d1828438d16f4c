import { CfnParameter, Size, Stack, Token } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { clusterIn, clusterProperties, group, importedVpc } from './fixtures';
import {
  ClusterAutoScaling, DeepHealthCheck, HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, InstanceCapacity, InstanceGroupOptions,
  InstanceStorage, KubernetesTaintEffect, NodeProvisioningMode, NodeRecovery, Orchestrator, PatchingStrategy, SlurmConfigStrategy, SlurmNode,
  TieredStorage, UpdateBatchSize,
} from '../../src';
import { synthTemplate, testApp } from '../private/app';

const DNS_NAME = 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com';
const TYPES = Object.values(HyperPodInstanceType).filter((value): value is HyperPodInstanceType => value instanceof HyperPodInstanceType);
const namesOf = (instanceTypes: HyperPodInstanceType[]) => instanceTypes.map(({ instanceTypeName }) => instanceTypeName);
const TAINT = { key: 'team', effect: KubernetesTaintEffect.NO_EXECUTE };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

const onEks = (props: HyperPodClusterProps = {}): HyperPodClusterProps => ({
  vpc: importedVpc(stack), orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })), ...props,
});
const oneGroup = (options: Partial<InstanceGroupOptions>, props: HyperPodClusterProps = {}): HyperPodClusterProps => (
  { ...props, instanceGroups: [group('workers', options)] });
const types = (instanceTypes: HyperPodInstanceType[]) => ({ instanceType: undefined, instanceTypes });
const key = () => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555');
const volume = () => InstanceStorage.ebs({ volumeSize: Size.gibibytes(1) });
const openZfs = () => InstanceStorage.openZfsFromAttributes({ dnsName: DNS_NAME });
const lustre = () => InstanceStorage.lustreFromAttributes({ dnsName: DNS_NAME, mountName: 'abcdefgh' });
const controller = (options: Partial<InstanceGroupOptions> = {}) => group('controller', { slurmNode: SlurmNode.controller(), ...options });

describe('fails at once on', () => {
  test.each<[string, () => HyperPodClusterProps, string]>([
    ['auto scaling on Slurm', () => ({ autoScaling: ClusterAutoScaling.karpenter() }), 'autoScaling need EKS'],
    [
      'auto scaling and tiered storage on Slurm',
      () => ({ autoScaling: ClusterAutoScaling.karpenter(), tieredStorage: TieredStorage.disabled() }),
      'autoScaling and tieredStorage need EKS, give Orchestrator.eks() or leave it out',
    ],
    [
      'auto scaling without node recovery',
      () => onEks({ autoScaling: ClusterAutoScaling.karpenter(), nodeRecovery: NodeRecovery.NONE }),
      'autoScaling needs NodeRecovery.AUTOMATIC, got nodeRecovery "None"',
    ],
    [
      'an accounting database of the app without a VPC',
      () => ({
        orchestrator: Orchestrator.slurm({
          accountingDatabase: {
            endpoint: new Endpoint('db.example.com', 3306),
            secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounting'),
            database: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-11111111'),
          },
        }),
      }),
      'the accounting database is in a VPC of this app, but the cluster has no vpc',
    ],
    ['no instance type', () => oneGroup({ instanceType: undefined }), 'instance group "workers" has neither instanceType nor instanceTypes'],
    ['both kinds of instance types', () => oneGroup({ instanceTypes: TYPES.slice(0, 1) }), 'instance group "workers" has both instanceType and instanceTypes'],
    ['no instance types', () => oneGroup(types([])), 'instance group "workers" has 0 instanceTypes, give 1 to 20'],
    ['21 instance types', () => oneGroup(types(TYPES.slice(0, 21))), 'instance group "workers" has 21 instanceTypes, give 1 to 20'],
    [
      'an instance type twice',
      () => oneGroup(types([HyperPodInstanceType.M5_LARGE, HyperPodInstanceType.C5_LARGE, HyperPodInstanceType.of('ml.m5.large')])),
      'instance group "workers" has "ml.m5.large" more than once in instanceTypes, keep one',
    ],
    [
      'a minimum over the count',
      () => oneGroup({ minInstanceCount: 3, instanceCount: 2 }),
      'instance group "workers" has minInstanceCount 3, which is more than its instanceCount 2',
    ],
    ['Kubernetes labels on Slurm', () => oneGroup({ kubernetesLabels: { a: 'b' } }), 'instance group "workers" has kubernetesLabels, for which EKS'],
    [
      'all else of EKS on Slurm',
      () => oneGroup({ kubernetesTaints: [TAINT], imageReleaseVersion: '1.2.3', autoPatch: { patchingStrategy: PatchingStrategy.WHEN_IDLE } }),
      'instance group "workers" has kubernetesTaints and imageReleaseVersion and autoPatch, for which EKS has to orchestrate the cluster',
    ],
    [
      'taints with deep health checks',
      () => oneGroup({ kubernetesTaints: [TAINT], onStartDeepHealthChecks: [DeepHealthCheck.INSTANCE_STRESS] }, onEks()),
      'instance group "workers" has kubernetesTaints and onStartDeepHealthChecks, which do not go together',
    ],
    ['two volumes', () => oneGroup({ instanceStorageConfigs: [volume(), volume()] }), 'instance group "workers" has more than one "volume"'],
    ['two root volume keys', () => oneGroup({ instanceStorageConfigs: [rootKey(), rootKey()] }), 'has more than one "root volume" in instanceStorageConfigs'],
    ['two Lustre mounts', () => oneGroup({ instanceStorageConfigs: [lustre(), lustre()] }), 'has more than one "FSx for Lustre" in instanceStorageConfigs'],
    ['two OpenZFS mounts', () => oneGroup({ instanceStorageConfigs: [openZfs(), openZfs()] }), 'has more than one "FSx for OpenZFS"'],
    [
      'what needs a VPC without one',
      () => oneGroup({ instanceStorageConfigs: [volume(), lustre(), openZfs()], overrideVpcConfig: {} }),
      'instance group "workers" has overrideVpcConfig and FSx for Lustre and FSx for OpenZFS, but the cluster has no vpc, give it one',
    ],
    [
      'a key of a restricted group',
      () => ({
        restrictedInstanceGroups: [{
          instanceGroupName: 'restricted', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1, instanceStorageConfigs: [rootKey()],
        }],
      }),
      'restricted instance group "restricted" has a volume with a key of your own, which restricted groups do not support',
    ],
    [
      'a restricted group under the name of another',
      () => ({
        restrictedInstanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1 }],
      }),
      'instance group name "workers" is taken',
    ],
  ])('%s', (_, props, message) => {
    expect(() => clusterIn(stack, props())).toThrow(message);
  });

  function rootKey(): InstanceStorage {
    return InstanceStorage.rootVolumeKey((stack.node.tryFindChild('Key') ?? key()) as Key);
  }

  test.each<[string, () => unknown, string]>([
    ['19 % of the memory', () => TieredStorage.enabled({ instanceMemoryAllocationPercentage: 19 }), 'instanceMemoryAllocationPercentage 19 is out of range'],
    ['101 % of the memory', () => TieredStorage.enabled({ instanceMemoryAllocationPercentage: 101 }), 'instanceMemoryAllocationPercentage 101 is out of range'],
    ['a batch of no instance', () => UpdateBatchSize.instances(0), 'a batch of 0 updates nothing'],
    ['a batch of 0 %', () => UpdateBatchSize.percentage(0), 'a batch of 0 updates nothing'],
    ['a batch of 101 %', () => UpdateBatchSize.percentage(101), 'a batch of 101 % is more than the whole group'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

test('fails at synthesis on a strategy with a group that needs continuous provisioning', () => {
  clusterIn(stack, {
    orchestrator: Orchestrator.slurm({ slurmConfigStrategy: SlurmConfigStrategy.MERGE }),
    instanceGroups: [controller({ capacity: InstanceCapacity.spot() })],
  });

  expect(() => synthTemplate(stack)).toThrow('slurmConfigStrategy "Merge" is not accepted with continuous node provisioning');
});

describe('accepts', () => {
  test('empty lists, and renders none of them', () => {
    const scheduleExpression = 'cron(0 3 ? * SUN *)';
    const maximumBatchSize = UpdateBatchSize.instances(1);
    clusterIn(stack, oneGroup({
      instanceStorageConfigs: [],
      onStartDeepHealthChecks: [],
      kubernetesLabels: {},
      kubernetesTaints: [],
      scheduledUpdate: { scheduleExpression, rollingUpdate: { maximumBatchSize, rollbackAlarms: [] } },
    }, onEks()));

    const [rendered] = clusterProperties(stack).InstanceGroups;
    expect(Object.keys(rendered).filter(name => /Storage|DeepHealth|Kubernetes/.test(name))).toEqual([]);
    expect(rendered.ScheduledUpdateConfig.DeploymentConfig).toEqual({ RollingUpdatePolicy: { MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 } } });
  });

  test.each<[string, () => HyperPodClusterProps, object]>([
    ['20 instance types', () => oneGroup(types(TYPES.slice(0, 20)), onEks()), { InstanceRequirements: { InstanceTypes: namesOf(TYPES.slice(0, 20)) } }],
    ['one of several instance types', () => oneGroup(types(TYPES.slice(0, 1)), onEks()), { InstanceRequirements: { InstanceTypes: namesOf(TYPES.slice(0, 1)) } }],
    ['a minimum equal to the count', () => oneGroup({ minInstanceCount: 2, instanceCount: 2 }, onEks()), { MinInstanceCount: 2, InstanceCount: 2 }],
    ['one storage of each kind', () => oneGroup({
      instanceStorageConfigs: [volume(), InstanceStorage.rootVolumeKey(key()), lustre(), openZfs()],
    }, onEks()), {}],
    ['taints without deep health checks', () => oneGroup({ kubernetesTaints: [TAINT] }, onEks()), {}],
    ['a volume without a VPC', () => oneGroup({ instanceStorageConfigs: [volume()] }), {}],
    ['a file system on Slurm with a controller', () => ({ vpc: importedVpc(stack), instanceGroups: [controller({ instanceStorageConfigs: [lustre()] })] }), {}],
  ])('%s', (_, props, rendered) => {
    clusterIn(stack, props());

    expect(clusterProperties(stack).InstanceGroups[0]).toMatchObject(rendered);
  });

  test.each<[string, () => HyperPodClusterProps, object]>([
    ['auto scaling that is off, on Slurm', () => ({ autoScaling: ClusterAutoScaling.disabled() }), { AutoScaling: { Mode: 'Disable' } }],
    [
      'auto scaling that is off, without node recovery',
      () => onEks({ autoScaling: ClusterAutoScaling.disabled(), nodeRecovery: NodeRecovery.NONE }),
      { AutoScaling: { Mode: 'Disable' }, NodeRecovery: 'None' },
    ],
    [
      '20 % and 100 % of the memory',
      () => onEks({ tieredStorage: TieredStorage.enabled({ instanceMemoryAllocationPercentage: 20 }) }),
      { TieredStorageConfig: { Mode: 'Enable', InstanceMemoryAllocationPercentage: 20 } },
    ],
    [
      '100 % of the memory',
      () => onEks({ tieredStorage: TieredStorage.enabled({ instanceMemoryAllocationPercentage: 100 }) }),
      { TieredStorageConfig: { Mode: 'Enable', InstanceMemoryAllocationPercentage: 100 } },
    ],
  ])('%s', (_, props, rendered) => {
    clusterIn(stack, props());

    expect(clusterProperties(stack)).toMatchObject(rendered);
  });

  test('batches of 1 instance, and of 1 % to 100 %', () => {
    const scheduledUpdate = (maximumBatchSize: UpdateBatchSize) => ({ scheduleExpression: 'cron(0 3 ? * SUN *)', rollingUpdate: { maximumBatchSize } });
    const batches = [UpdateBatchSize.instances(1), UpdateBatchSize.percentage(1), UpdateBatchSize.percentage(100)];
    clusterIn(stack, { instanceGroups: batches.map((batch, index) => group(`group-${index}`, { scheduledUpdate: scheduledUpdate(batch) })) });

    expect(clusterProperties(stack).InstanceGroups.map((rendered: any) => rendered.ScheduledUpdateConfig.DeploymentConfig)).toEqual([
      { RollingUpdatePolicy: { MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 } } },
      { RollingUpdatePolicy: { MaximumBatchSize: { Type: 'CAPACITY_PERCENTAGE', Value: 1 } } },
      { RollingUpdatePolicy: { MaximumBatchSize: { Type: 'CAPACITY_PERCENTAGE', Value: 100 } } },
    ]);
  });

  test('whatever is known at deployment only', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const unknownType = HyperPodInstanceType.of(text);
    clusterIn(stack, onEks({
      tieredStorage: TieredStorage.enabled({ instanceMemoryAllocationPercentage: number }),
      instanceGroups: [
        group('typed', { instanceType: unknownType, instanceCount: number, minInstanceCount: 5, threadsPerCore: number }),
        group('flexible', { ...types([unknownType, unknownType]), instanceCount: 5, minInstanceCount: number }),
        group(Token.asString({ Ref: 'Text' }), {
          imageId: text,
          kubernetesLabels: { team: text },
          kubernetesTaints: [{ ...TAINT, key: text, value: text }],
          capacity: InstanceCapacity.trainingPlan(text),
          instanceStorageConfigs: [
            InstanceStorage.ebs({ volumeSize: Size.gibibytes(number) }),
            InstanceStorage.lustreFromAttributes({ dnsName: text, mountName: text, mountPath: text }),
          ],
          scheduledUpdate: {
            scheduleExpression: text,
            rollingUpdate: { maximumBatchSize: UpdateBatchSize.percentage(number), rollbackMaximumBatchSize: UpdateBatchSize.instances(number) },
          },
        }),
      ],
    }));

    const Ref = { Ref: 'Number' };
    expect(clusterProperties(stack)).toMatchObject({
      TieredStorageConfig: { InstanceMemoryAllocationPercentage: Ref },
      InstanceGroups: [
        { InstanceType: { Ref: 'Text' }, InstanceCount: Ref, MinInstanceCount: 5, ThreadsPerCore: Ref },
        { InstanceRequirements: { InstanceTypes: [{ Ref: 'Text' }, { Ref: 'Text' }] }, MinInstanceCount: Ref },
        {
          InstanceGroupName: { Ref: 'Text' },
          InstanceStorageConfigs: [{ EbsVolumeConfig: { VolumeSizeInGB: Ref } }, { FsxLustreConfig: { MountName: { Ref: 'Text' } } }],
          ScheduledUpdateConfig: {
            DeploymentConfig: { RollingUpdatePolicy: { MaximumBatchSize: { Value: Ref }, RollbackMaximumBatchSize: { Value: Ref } } },
          },
        },
      ],
    });
  });
});

describe('what follows from a feature', () => {
  test.each<[string, () => HyperPodClusterProps]>([
    ['spot capacity', () => oneGroup({ capacity: InstanceCapacity.spot() }, onEks())],
    ['several instance types', () => oneGroup(types(TYPES.slice(0, 2)), onEks())],
    ['a minimum of instances', () => oneGroup({ minInstanceCount: 1 }, onEks())],
    ['the key of a volume', () => oneGroup({ instanceStorageConfigs: [InstanceStorage.ebs({ volumeSize: Size.gibibytes(1), encryptionKey: key() })] }, onEks())],
    ['the key of the root volume', () => oneGroup({ instanceStorageConfigs: [InstanceStorage.rootVolumeKey(key())] }, onEks())],
    ['auto scaling', () => onEks({ autoScaling: ClusterAutoScaling.karpenter() })],
    ['an accounting database', () => ({
      instanceGroups: [controller()],
      orchestrator: Orchestrator.slurm({
        accountingDatabase: { endpoint: new Endpoint('db.example.com', 3306), secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounting') },
      }),
    })],
  ])('%s makes provisioning continuous', (_, props) => {
    clusterIn(stack, props());

    expect(clusterProperties(stack).NodeProvisioningMode).toBe('Continuous');
  });

  test('so does a group that is added later', () => {
    const cluster = clusterIn(stack, onEks());
    cluster.addInstanceGroup(group('spot', { capacity: InstanceCapacity.spot() }));

    expect(clusterProperties(stack).NodeProvisioningMode).toBe('Continuous');
  });

  test.each<[string, () => HyperPodClusterProps]>([
    ['nothing in particular', () => ({})],
    ['on-demand capacity', () => oneGroup({ capacity: InstanceCapacity.onDemand() })],
    ['a training plan', () => oneGroup({ capacity: InstanceCapacity.trainingPlan('arn:aws:sagemaker:eu-west-1:111122223333:training-plan/plan') }, onEks())],
    ['a volume without a key', () => oneGroup({ instanceStorageConfigs: [volume()] })],
    ['auto scaling that is off', () => onEks({ autoScaling: ClusterAutoScaling.disabled() })],
  ])('%s leaves provisioning and recovery to the service', (_, props) => {
    clusterIn(stack, props());

    expect(clusterProperties(stack)).not.toHaveProperty('NodeProvisioningMode');
    expect(clusterProperties(stack)).not.toHaveProperty('NodeRecovery');
  });

  test('auto scaling makes node recovery automatic', () => {
    clusterIn(stack, onEks({ autoScaling: ClusterAutoScaling.karpenter() }));

    expect(clusterProperties(stack)).toMatchObject({ NodeRecovery: 'Automatic', AutoScaling: { Mode: 'Enable', AutoScalerType: 'Karpenter' } });
  });

  test('a mode that is given stays', () => {
    clusterIn(stack, onEks({ nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS, nodeRecovery: NodeRecovery.NONE }));

    expect(clusterProperties(stack)).toMatchObject({ NodeProvisioningMode: 'Continuous', NodeRecovery: 'None' });
  });
});

test('restricted groups alone make a cluster', () => {
  new HyperPodCluster(stack, 'Training', onEks()).addRestrictedInstanceGroup({
    instanceGroupName: 'restricted', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1,
  });

  expect(clusterProperties(stack)).not.toHaveProperty('InstanceGroups');
  expect(clusterProperties(stack).RestrictedInstanceGroups).toEqual([
    { InstanceGroupName: 'restricted', InstanceType: 'ml.p5.48xlarge', InstanceCount: 1, ExecutionRole: expect.anything() },
  ]);
});
