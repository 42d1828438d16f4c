import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, LifecycleScripts, SlurmNode } from '../../src';
import { testApp } from '../private/app';
import { findingsIn } from './private/cluster-properties';

test.each<[string, (stack: Stack) => HyperPodClusterProps]>([
  ['with defaults', () => ({
    instanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1 }],
  })],
  ['of Slurm, in a VPC', stack => ({
    vpc: new Vpc(stack, 'Vpc'),
    lifecycleScripts: LifecycleScripts.none(),
    instanceGroups: [
      { instanceGroupName: 'controller', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, slurmNode: SlurmNode.controller() },
      { instanceGroupName: 'workers', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 4, slurmNode: SlurmNode.compute('gpu') },
    ],
  })],
])('nothing is found in a HyperPodCluster %s', (_, props) => {
  const stack = new Stack(testApp(), 'Stack');
  new HyperPodCluster(stack, 'Cluster', props(stack));
  expect(findingsIn(stack)).toEqual([]);
});
