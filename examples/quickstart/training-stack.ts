import * as path from 'node:path';
import { Stack, StackProps, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodCluster, HyperPodInstanceType, LifecycleScripts, SlurmNode } from 'cdk-hyperpod';

/**
 * A Slurm cluster: one controller, two workers, in private subnets of a VPC of its own.
 */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    new HyperPodCluster(this, 'Training', {
      vpc,
      instanceGroups: [
        {
          instanceGroupName: 'controller',
          instanceType: HyperPodInstanceType.M5_XLARGE,
          instanceCount: 1,
          slurmNode: SlurmNode.controller(),
        },
        {
          instanceGroupName: 'workers',
          instanceType: HyperPodInstanceType.G5_8XLARGE,
          instanceCount: 2,
          slurmNode: SlurmNode.compute('gpu'),
        },
      ],
      lifecycleScripts: LifecycleScripts.fromAsset(path.join(__dirname, 'lifecycle'), { onInitComplete: 'on_init_complete.sh' }),
    });
  }
}
