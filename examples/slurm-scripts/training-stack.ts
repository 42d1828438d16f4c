import * as path from 'node:path';
import { Stack, StackProps, aws_ec2 as ec2, aws_fsx as fsx } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodCluster, HyperPodInstanceType, LifecycleScripts, SlurmNode, SlurmProvisioningParameters } from 'cdk-hyperpod';

/**
 * A Slurm cluster that its lifecycle scripts set up, from a generated `provisioning_parameters.json`.
 */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    const fileSystem = new fsx.LustreFileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnet: vpc.privateSubnets[0],
      storageCapacityGiB: 1200,
      lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.PERSISTENT_2, perUnitStorageThroughput: 125 },
    });

    const cluster = new HyperPodCluster(this, 'Training', {
      vpc,
      instanceGroups: [
        {
          instanceGroupName: 'controller',
          instanceType: HyperPodInstanceType.M5_XLARGE,
          instanceCount: 1,
          slurmNode: SlurmNode.controller(),
        },
        {
          instanceGroupName: 'login',
          instanceType: HyperPodInstanceType.M5_XLARGE,
          instanceCount: 1,
          slurmNode: SlurmNode.login(),
        },
        {
          instanceGroupName: 'workers',
          instanceType: HyperPodInstanceType.G5_8XLARGE,
          instanceCount: 2,
          slurmNode: SlurmNode.compute('gpu'),
        },
      ],
      lifecycleScripts: LifecycleScripts.fromAsset(path.join(__dirname, 'lifecycle'), {
        onCreate: 'on_create.sh',
        provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups({
          fsxDnsName: fileSystem.dnsName,
          fsxMountName: fileSystem.mountName,
        }),
      }),
    });
    fileSystem.connections.allowDefaultPortFrom(cluster);
  }
}
