import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnCluster, Cluster, IClusterRef } from 'aws-cdk-lib/aws-eks';
import { Cluster as ClusterV2 } from 'aws-cdk-lib/aws-eks-v2';
import { HyperPodClusterMetrics } from '../../../src/cluster/operation/hyperpod-cluster-metrics';
import { onlyResource, testApp } from '../../private/app';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

/** What CloudFormation gets of a metric, in an alarm on it. */
function alarmOn(metric: Metric): any {
  metric.createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  return onlyResource(stack, 'AWS::CloudWatch::Alarm').resource.Properties;
}

function importedCluster(): IClusterRef {
  return Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' });
}

test.each<[string, (metrics: HyperPodClusterMetrics, options?: MetricOptions) => Metric, string]>([
  ['hyperpod_node_health_status_schedulable', metrics => metrics.schedulable(), 'Minimum'],
  ['hyperpod_node_health_status_unschedulable', metrics => metrics.unschedulable(), 'Maximum'],
  ['hyperpod_node_health_status_unschedulable_pending_reboot', metrics => metrics.unschedulablePendingReboot(), 'Maximum'],
  ['hyperpod_node_health_status_unschedulable_pending_replacement', metrics => metrics.unschedulablePendingReplacement(), 'Maximum'],
])('%s is about all nodes of the EKS cluster', (metricName, metricOf, statistic) => {
  expect(alarmOn(metricOf(HyperPodClusterMetrics.fromEksCluster(importedCluster())))).toMatchObject({
    Namespace: 'ContainerInsights',
    MetricName: metricName,
    Dimensions: [{ Name: 'ClusterName', Value: 'eks' }],
    Statistic: statistic,
    Period: 300,
  });
});

test('statistic, period and dimensions can be given, and the cluster stays', () => {
  const metric = HyperPodClusterMetrics.fromEksCluster(importedCluster()).unschedulable({
    statistic: 'Average',
    period: Duration.minutes(1),
    dimensionsMap: { InstanceId: 'i-0123456789abcdef0', NodeName: 'hyperpod-i-0123456789abcdef0' },
  });

  expect(alarmOn(metric)).toMatchObject({
    Dimensions: [
      { Name: 'ClusterName', Value: 'eks' },
      { Name: 'InstanceId', Value: 'i-0123456789abcdef0' },
      { Name: 'NodeName', Value: 'hyperpod-i-0123456789abcdef0' },
    ],
    Statistic: 'Average',
    Period: 60,
  });
});

test.each<[string, () => IClusterRef, any]>([
  ['of aws-eks', importedCluster, 'eks'],
  ['of aws-eks-v2', () => ClusterV2.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks-v2' }), 'eks-v2'],
  ['CfnCluster', () => new CfnCluster(stack, 'Eks', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-11111111', 'subnet-22222222'] },
  }), { Ref: 'Eks' }],
])('any construct that stands for an EKS cluster: %s', (_, cluster, name) => {
  expect(alarmOn(HyperPodClusterMetrics.fromEksCluster(cluster()).schedulable()).Dimensions).toEqual([{ Name: 'ClusterName', Value: name }]);
});
