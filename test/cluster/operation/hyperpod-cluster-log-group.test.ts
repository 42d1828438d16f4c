import { CfnParameter, Stack } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster } from '../../../src';
import { HyperPodClusterLogGroup } from '../../../src/cluster/operation/hyperpod-cluster-log-group';
import { onlyResource, resourcesOfType, testApp } from '../../private/app';
import { clusterIn } from '../fixtures';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:cluster/abcdefghijkl';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

test('its name ends in the id that is in the ARN', () => {
  const cluster = HyperPodCluster.fromHyperPodClusterArn(stack, 'Training', ARN);

  const logGroup = HyperPodClusterLogGroup.fromCluster(stack, 'Logs', cluster, 'training');

  expect(logGroup.logGroupName).toBe('/aws/sagemaker/Clusters/training/abcdefghijkl');
});

/** The id, taken at deployment from the ARN of a cluster of this template. */
function idIn(arn: any): any {
  return { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] }] }] };
}

test.each<[string, () => HyperPodCluster | CfnCluster, any]>([
  ['HyperPodCluster', () => clusterIn(stack, { clusterName: 'training' }), { 'Fn::GetAtt': [expect.stringMatching(/^Training/), 'ClusterArn'] }],
  ['CfnCluster', () => new CfnCluster(stack, 'Training', { clusterName: 'training' }), { Ref: 'Training' }],
])('the id of a cluster defined in the stack is known at deployment: %s', (_, cluster, arn) => {
  const logGroup = HyperPodClusterLogGroup.fromCluster(stack, 'Logs', cluster(), 'training');

  expect(stack.resolve(logGroup.logGroupName)).toEqual({ 'Fn::Join': ['', ['/aws/sagemaker/Clusters/training/', idIn(arn)]] });
});

test('the name of the cluster may be a token', () => {
  const clusterName = new CfnParameter(stack, 'ClusterName').valueAsString;
  const cluster = new CfnCluster(stack, 'Training', { clusterName });

  const logGroup = HyperPodClusterLogGroup.fromCluster(stack, 'Logs', cluster, clusterName);

  expect(stack.resolve(logGroup.logGroupName)).toEqual({
    'Fn::Join': ['', ['/aws/sagemaker/Clusters/', { Ref: 'ClusterName' }, '/', idIn({ Ref: 'Training' })]],
  });
});

test('a metric filter on it waits for the cluster by its reference, and no log group is created that HyperPod creates', () => {
  const cluster = new CfnCluster(stack, 'Training', { clusterName: 'training' });

  HyperPodClusterLogGroup.fromCluster(stack, 'Logs', cluster, 'training').addMetricFilter('Failures', {
    filterPattern: FilterPattern.literal('"The lifecycle scripts failed"'),
    metricNamespace: 'Training',
    metricName: 'LifecycleFailures',
  });

  expect(onlyResource(stack, 'AWS::Logs::MetricFilter').resource.Properties.LogGroupName)
    .toEqual({ 'Fn::Join': ['', ['/aws/sagemaker/Clusters/training/', idIn({ Ref: 'Training' })]] });
  expect(resourcesOfType(stack, 'AWS::Logs::LogGroup')).toEqual({});
});
