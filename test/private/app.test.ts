import { Stack } from 'aws-cdk-lib';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { synthTemplate, testApp } from './app';

/**
 * What every other test rests on: that CDK's own validation looks at what it synthesizes.
 */
function stackWith(clusterName: string): Stack {
  const stack = new Stack(testApp(), 'Stack');
  new CfnCluster(stack, 'Cluster', {
    clusterName,
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 1,
      executionRole: 'arn:aws:iam::111122223333:role/Nodes',
    }],
  });
  return stack;
}

test('fails on a value that CloudFormation does not accept', () => {
  expect(() => synthTemplate(stackWith('not a name'))).toThrow(/ClusterName/);
});

test('passes what CloudFormation accepts, in the same process', () => {
  expect(synthTemplate(stackWith('training')).Resources.Cluster.Properties.ClusterName).toBe('training');
});
