import { Size, Stack, StackProps, aws_ec2 as ec2, aws_eks_v2 as eks, aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodCluster, HyperPodInstanceType, Orchestrator } from 'cdk-hyperpod';

/**
 * A cluster of restricted instance groups alone, as the customization of Amazon Nova models uses it.
 */
export class CustomizationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const eksCluster = new eks.Cluster(this, 'Eks', {
      vpc,
      version: eks.KubernetesVersion.V1_34,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 2,
    });
    const input = new s3.Bucket(this, 'Input', { enforceSSL: true });
    const output = new s3.Bucket(this, 'Output', { enforceSSL: true });

    new HyperPodCluster(this, 'Customization', {
      vpc,
      orchestrator: Orchestrator.eks(eksCluster, { securityGroup: eksCluster.clusterSecurityGroup }),
      restrictedInstanceGroups: [{
        instanceGroupName: 'restricted',
        instanceType: HyperPodInstanceType.P5_48XLARGE,
        instanceCount: 2,
        dataBuckets: [input, output],
        fileSystem: { size: Size.gibibytes(4800), perUnitStorageThroughput: 250 },
      }],
    });
  }
}
