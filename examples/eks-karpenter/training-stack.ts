import { Stack, StackProps, aws_ec2 as ec2, aws_eks_v2 as eks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClusterAutoScaling, DeepHealthCheck, HyperPodCluster, HyperPodInstanceType, Orchestrator } from 'cdk-hyperpod';

export interface TrainingStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
  readonly eksCluster: eks.Cluster;
}

/**
 * Nodes for an EKS cluster: two that are always there, and those that Karpenter adds when pods ask for them.
 */
export class TrainingStack extends Stack {
  constructor(scope: Construct, id: string, props: TrainingStackProps) {
    super(scope, id, props);

    new HyperPodCluster(this, 'Training', {
      vpc: props.vpc,
      orchestrator: Orchestrator.eks(props.eksCluster, { securityGroup: props.eksCluster.clusterSecurityGroup }),
      autoScaling: ClusterAutoScaling.karpenter(),
      instanceGroups: [
        {
          instanceGroupName: 'always',
          instanceType: HyperPodInstanceType.G5_8XLARGE,
          instanceCount: 2,
          onStartDeepHealthChecks: [DeepHealthCheck.INSTANCE_STRESS, DeepHealthCheck.INSTANCE_CONNECTIVITY],
          kubernetesLabels: { 'example.com/pool': 'always' },
        },
        {
          instanceGroupName: 'on-demand',
          // The preferred one first.
          instanceTypes: [HyperPodInstanceType.G6_8XLARGE, HyperPodInstanceType.G5_8XLARGE, HyperPodInstanceType.G6_12XLARGE],
          instanceCount: 0,
          onStartDeepHealthChecks: [DeepHealthCheck.INSTANCE_STRESS],
        },
      ],
    });
  }
}
