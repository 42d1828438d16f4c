import { Stack } from 'aws-cdk-lib';
import { CfnCluster, Cluster, IClusterRef } from 'aws-cdk-lib/aws-eks';
import { Cluster as ClusterV2 } from 'aws-cdk-lib/aws-eks-v2';
import { Orchestrator, SlurmConfigStrategy } from '../../../src';
import { testApp } from '../../private/app';
import { clusterIn, clusterProperties, importedVpc } from '../fixtures';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

describe('Slurm', () => {
  test.each(Object.values(SlurmConfigStrategy))('strategy %s is rendered', slurmConfigStrategy => {
    clusterIn(stack, { orchestrator: Orchestrator.slurm({ slurmConfigStrategy }) });

    expect(clusterProperties(stack).Orchestrator).toEqual({ Slurm: { SlurmConfigStrategy: slurmConfigStrategy } });
  });

  test('without a strategy nothing is rendered, since Orchestrator.Slurm needs one', () => {
    clusterIn(stack, { orchestrator: Orchestrator.slurm() });

    expect(clusterProperties(stack)).not.toHaveProperty('Orchestrator');
  });
});

describe('EKS', () => {
  test.each<[string, () => IClusterRef, unknown]>([
    [
      'an imported Cluster',
      () => Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' }),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks:eu-west-1:111122223333:cluster/eks']] },
    ],
    [
      'an imported Cluster of aws-eks-v2',
      () => ClusterV2.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' }),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks:eu-west-1:111122223333:cluster/eks']] },
    ],
    [
      'a CfnCluster',
      () => new CfnCluster(stack, 'Eks', {
        roleArn: 'arn:aws:iam::111122223333:role/eks', resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
      }),
      { 'Fn::GetAtt': ['Eks', 'Arn'] },
    ],
  ])('%s gives its ARN', (_, eksCluster, clusterArn) => {
    clusterIn(stack, { vpc: importedVpc(stack), orchestrator: Orchestrator.eks(eksCluster()) });

    expect(clusterProperties(stack).Orchestrator).toEqual({ Eks: { ClusterArn: clusterArn } });
  });

  test('the default script runs as OnCreate', () => {
    const eksCluster = Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' });
    clusterIn(stack, { vpc: importedVpc(stack), orchestrator: Orchestrator.eks(eksCluster) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig).toEqual({ OnCreate: 'noop.sh', SourceS3Uri: expect.anything() });
  });
});
