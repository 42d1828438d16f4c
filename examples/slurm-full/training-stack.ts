import { Size, Stack, StackProps, aws_ec2 as ec2, aws_fsx as fsx, aws_rds as rds } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodCluster, HyperPodInstanceType, InstanceCapacity, InstanceStorage, LifecycleScripts, Orchestrator, SlurmNode } from 'cdk-hyperpod';

/**
 * A Slurm cluster that HyperPod sets up by itself: spot workers of several instance types, a file system that all nodes share, and accounting
 * in a database that outlives the controller.
 */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    // Nodes and file system in one availability zone: between zones, traffic is slower and charged.
    const subnet = vpc.privateSubnets[0];

    const fileSystem = new fsx.LustreFileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnet: subnet,
      storageCapacityGiB: 1200,
      lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.PERSISTENT_2, perUnitStorageThroughput: 250 },
    });

    const database = new rds.DatabaseInstance(this, 'Accounting', {
      vpc,
      engine: rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_11_8_6 }),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),
      credentials: rds.Credentials.fromGeneratedSecret('slurm'),
      storageEncrypted: true,
    });

    const instanceStorageConfigs = [InstanceStorage.lustre(fileSystem)];
    new HyperPodCluster(this, 'Training', {
      vpc,
      vpcSubnets: { subnets: [subnet] },
      orchestrator: Orchestrator.slurm({
        accountingDatabase: { database, endpoint: database.instanceEndpoint, secret: database.secret! },
      }),
      lifecycleScripts: LifecycleScripts.none(),
      instanceGroups: [
        {
          instanceGroupName: 'controller',
          instanceType: HyperPodInstanceType.M5_XLARGE,
          instanceCount: 1,
          slurmNode: SlurmNode.controller(),
          instanceStorageConfigs,
        },
        {
          instanceGroupName: 'login',
          instanceType: HyperPodInstanceType.M5_LARGE,
          instanceCount: 1,
          slurmNode: SlurmNode.login(),
          instanceStorageConfigs,
        },
        {
          instanceGroupName: 'workers',
          instanceTypes: [HyperPodInstanceType.G6_8XLARGE, HyperPodInstanceType.G5_8XLARGE],
          instanceCount: 4,
          minInstanceCount: 1,
          capacity: InstanceCapacity.spot(),
          slurmNode: SlurmNode.compute('gpu'),
          instanceStorageConfigs: [InstanceStorage.ebs({ volumeSize: Size.gibibytes(500) }), ...instanceStorageConfigs],
        },
      ],
    });
  }
}
