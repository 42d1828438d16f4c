import { Stack, StackProps, aws_ec2 as ec2, aws_eks_v2 as eks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodCluster, HyperPodInstanceType, Orchestrator } from 'cdk-hyperpod';

/**
 * Two workers of an EKS cluster, in private subnets of a VPC of their own, without lifecycle scripts of their own.
 */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    const eksCluster = new eks.Cluster(this, 'Eks', {
      vpc,
      version: eks.KubernetesVersion.V1_33,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    });

    new HyperPodCluster(this, 'Training', {
      vpc,
      orchestrator: Orchestrator.eks(eksCluster, { securityGroup: eksCluster.clusterSecurityGroup }),
      instanceGroups: [
        { instanceGroupName: 'workers', instanceType: HyperPodInstanceType.G5_8XLARGE, instanceCount: 2 },
      ],
    });
  }
}
