import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { clusterIn, group, importedVpc } from './fixtures';
import {
  ClusterAutoScaling, DeepHealthCheck, HyperPodCluster, HyperPodInstanceType, InstanceCapacity, InstanceStorage, KubernetesTaintEffect,
  NetworkInterfaceType, NodeRecovery, Orchestrator, PatchingStrategy, RestrictedFileSystemDeletionPolicy, RollingUpdateOptions, SlurmConfigStrategy,
  SlurmNode, TieredStorage, UpdateBatchSize,
} from '../../src';

const TRAINING_PLAN = 'arn:aws:sagemaker:eu-west-1:111122223333:training-plan/plan';

/** Clusters that have, together, everything that a cluster can have; nothing around them is defined by the app unless it has to be. */
export const FULL_CLUSTERS: [string, (stack: Stack) => HyperPodCluster][] = [
  ['Slurm, with continuous provisioning', continuousSlurm],
  ['Slurm, with a strategy', slurmWithStrategy],
  ['EKS, with Karpenter', eksWithKarpenter],
  ['EKS, with restricted instance groups only', eksWithRestrictedGroups],
];

function continuousSlurm(stack: Stack): HyperPodCluster {
  const vpc = importedVpc(stack);
  const key = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555');
  const rolledBack = rollingUpdate(stack);
  return clusterIn(stack, {
    clusterName: 'training',
    vpc,
    orchestrator: Orchestrator.slurm({
      accountingDatabase: {
        endpoint: new Endpoint('accounting.example.com', 3306),
        secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounting'),
        databaseName: 'accounts',
        database: SecurityGroup.fromSecurityGroupId(stack, 'DatabaseGroup', 'sg-33333333'),
      },
    }),
    instanceGroups: [
      group('controller', { slurmNode: SlurmNode.controller(), capacity: InstanceCapacity.onDemand(), imageId: 'ami-0123456789abcdef0' }),
      group('spot', {
        slurmNode: SlurmNode.compute('spot'),
        capacity: InstanceCapacity.spot(),
        instanceType: undefined,
        instanceTypes: [HyperPodInstanceType.G5_8XLARGE, HyperPodInstanceType.G6_8XLARGE],
        instanceCount: 4,
        minInstanceCount: 1,
        threadsPerCore: 1,
        scheduledUpdate: { scheduleExpression: 'cron(0 3 ? * SUN *)', rollingUpdate: rolledBack },
      }),
      group('planned', {
        slurmNode: SlurmNode.compute('planned'),
        capacity: InstanceCapacity.trainingPlan(TRAINING_PLAN),
        instanceType: HyperPodInstanceType.P5_48XLARGE,
        networkInterfaceType: NetworkInterfaceType.EFA,
        overrideVpcConfig: { vpcSubnets: { availabilityZones: ['eu-west-1a'] } },
        instanceStorageConfigs: [
          InstanceStorage.ebs({ volumeSize: Size.gibibytes(500), encryptionKey: key }),
          InstanceStorage.rootVolumeKey(key),
          InstanceStorage.lustre(new LustreFileSystem(stack, 'Scratch', {
            vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
          }), { mountPath: '/scratch' }),
          InstanceStorage.openZfsFromAttributes({ dnsName: 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com', mountPath: '/home' }),
        ],
      }),
    ],
    tags: { team: 'research' },
  });
}

function slurmWithStrategy(stack: Stack): HyperPodCluster {
  return clusterIn(stack, {
    orchestrator: Orchestrator.slurm({ slurmConfigStrategy: SlurmConfigStrategy.OVERWRITE }),
    nodeRecovery: NodeRecovery.NONE,
  });
}

function eksWithKarpenter(stack: Stack): HyperPodCluster {
  const kubernetes = { kubernetesLabels: { team: 'research' }, imageReleaseVersion: '1.2.3' };
  return clusterIn(stack, {
    vpc: importedVpc(stack),
    orchestrator: eks(stack),
    autoScaling: ClusterAutoScaling.karpenter(),
    tieredStorage: TieredStorage.enabled({ instanceMemoryAllocationPercentage: 30 }),
    instanceGroups: [
      group('checked', {
        ...kubernetes,
        instanceType: HyperPodInstanceType.P5_48XLARGE,
        instanceCount: 2,
        onStartDeepHealthChecks: [DeepHealthCheck.INSTANCE_STRESS, DeepHealthCheck.INSTANCE_CONNECTIVITY],
      }),
      group('tainted', {
        ...kubernetes,
        kubernetesTaints: [{ key: 'team', value: 'research', effect: KubernetesTaintEffect.NO_SCHEDULE }],
        autoPatch: { patchingStrategy: PatchingStrategy.WHEN_IDLE, rollingUpdate: rollingUpdate(stack) },
      }),
    ],
  });
}

function eksWithRestrictedGroups(stack: Stack): HyperPodCluster {
  return new HyperPodCluster(stack, 'Training', {
    vpc: importedVpc(stack),
    orchestrator: eks(stack),
    restrictedInstanceGroups: [{
      instanceGroupName: 'restricted',
      instanceType: HyperPodInstanceType.P5_48XLARGE,
      instanceCount: 2,
      threadsPerCore: 1,
      trainingPlanArn: TRAINING_PLAN,
      dataBuckets: [Bucket.fromBucketName(stack, 'Data', 'training-data')],
      fileSystem: { size: Size.gibibytes(1200), perUnitStorageThroughput: 125 },
      onStartDeepHealthChecks: [DeepHealthCheck.INSTANCE_STRESS],
      overrideVpcConfig: { vpcSubnets: { availabilityZones: ['eu-west-1b'] } },
      instanceStorageConfigs: [
        InstanceStorage.ebs({ volumeSize: Size.gibibytes(100) }),
        InstanceStorage.lustreFromAttributes({ dnsName: 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com', mountName: 'abcdefgh', mountPath: '/fsx' }),
        InstanceStorage.openZfsFromAttributes({ dnsName: 'fs-0123456789abcdef1.fsx.eu-west-1.amazonaws.com', mountPath: '/home' }),
      ],
    }],
    restrictedSharedEnvironment: {
      fileSystem: { size: Size.gibibytes(12_000), perUnitStorageThroughput: 250 },
      fileSystemDeletionPolicy: RestrictedFileSystemDeletionPolicy.DELETE_IF_NOT_USED,
    },
  });
}

function eks(stack: Stack): Orchestrator {
  return Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' }), {
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'EksGroup', 'sg-44444444'),
  });
}

function rollingUpdate(stack: Stack): RollingUpdateOptions {
  return {
    maximumBatchSize: UpdateBatchSize.percentage(25),
    rollbackMaximumBatchSize: UpdateBatchSize.instances(1),
    waitInterval: Duration.minutes(5),
    rollbackAlarms: [Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:failures')],
  };
}
