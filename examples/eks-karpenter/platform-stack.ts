import { Stack, StackProps, aws_ec2 as ec2, aws_eks_v2 as eks } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The EKS cluster, in a stack of its own: HyperPod's Helm chart has to be installed in it before the HyperPod cluster is created.
 */
export class PlatformStack extends Stack {
  public readonly vpc: ec2.Vpc;
  public readonly eksCluster: eks.Cluster;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    this.vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    this.eksCluster = new eks.Cluster(this, 'Eks', {
      vpc: this.vpc,
      version: eks.KubernetesVersion.V1_34,
      // HyperPod's own Karpenter adds the nodes that train; these run the pods of the system.
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 2,
    });
  }
}
