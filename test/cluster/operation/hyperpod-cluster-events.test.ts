import { Stack } from 'aws-cdk-lib';
import { CfnRule, OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, IClusterRef } from 'aws-cdk-lib/aws-sagemaker';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HyperPodCluster } from '../../../src';
import { HyperPodClusterEvents } from '../../../src/cluster/operation/hyperpod-cluster-events';
import { onlyResource, resourcesOfType, testApp } from '../../private/app';
import { clusterIn } from '../fixtures';

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:cluster/abcdefghijkl';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

function importedCluster(): IClusterRef {
  return HyperPodCluster.fromHyperPodClusterArn(stack, 'Training', ARN);
}

function eventPattern(): any {
  return onlyResource(stack, 'AWS::Events::Rule').resource.Properties.EventPattern;
}

type OnEvent = (events: HyperPodClusterEvents, options?: OnEventOptions) => Rule;
const onClusterStateChange: OnEvent = (events, options) => events.onClusterStateChange('Rule', options);
const onNodeHealthEvent: OnEvent = (events, options) => events.onNodeHealthEvent('Rule', options);
const onClusterEvent: OnEvent = (events, options) => events.onClusterEvent('Rule', options);

const KINDS: [string, OnEvent, string, any][] = [
  ['onClusterStateChange', onClusterStateChange, 'SageMaker HyperPod Cluster State Change', { ClusterArn: [ARN] }],
  ['onNodeHealthEvent', onNodeHealthEvent, 'SageMaker HyperPod Cluster Node Health Event', { ClusterArn: [ARN] }],
  ['onClusterEvent', onClusterEvent, 'SageMaker HyperPod Cluster Event', { EventDetails: { ClusterArn: [ARN] } }],
];

test.each(KINDS)('%s matches the events of this kind and of this cluster', (_, onEvent, detailType, detail) => {
  onEvent(HyperPodClusterEvents.fromCluster(importedCluster()));

  expect(eventPattern()).toEqual({ 'source': ['aws.sagemaker'], 'detail-type': [detailType], detail });
});

test.each<[string, OnEvent, any, any]>([
  ['onClusterStateChange', onClusterStateChange, { ClusterStatus: ['Failed'] }, { ClusterArn: [ARN], ClusterStatus: ['Failed'] }],
  ['onNodeHealthEvent', onNodeHealthEvent, { HealthSummary: { HealthStatus: ['Unhealthy'] } },
    { ClusterArn: [ARN], HealthSummary: { HealthStatus: ['Unhealthy'] } }],
  ['onClusterEvent', onClusterEvent, { EventDetails: { EventLevel: ['Error'] } }, { EventDetails: { ClusterArn: [ARN], EventLevel: ['Error'] } }],
])('%s: a pattern of the user narrows the rule and keeps it to the cluster', (_, onEvent, narrower, detail) => {
  onEvent(HyperPodClusterEvents.fromCluster(importedCluster()), { eventPattern: { detail: narrower } });

  expect(eventPattern().detail).toEqual(detail);
});

test.each<[string, () => IClusterRef, any]>([
  ['HyperPodCluster', () => clusterIn(stack), { 'Fn::GetAtt': [expect.stringMatching(/^Training/), 'ClusterArn'] }],
  ['imported', importedCluster, ARN],
  ['CfnCluster', () => new CfnCluster(stack, 'Training', {}), { Ref: 'Training' }],
])('a rule belongs to the construct that stands for the cluster: %s', (_, clusterOf, arn) => {
  const cluster = clusterOf();

  const rule = HyperPodClusterEvents.fromCluster(cluster).onClusterStateChange('Rule');

  expect(rule.node.scope).toBe(cluster);
  expect(eventPattern().detail).toEqual({ ClusterArn: [arn] });
});

test('target, name and description reach the rule', () => {
  HyperPodClusterEvents.fromCluster(importedCluster()).onNodeHealthEvent('Rule', {
    target: new SqsQueue(new Queue(stack, 'Queue')),
    ruleName: 'node-health',
    description: 'nodes that are not well',
  });

  const { Name, Description, Targets } = onlyResource(stack, 'AWS::Events::Rule').resource.Properties;
  expect({ Name, Description }).toEqual({ Name: 'node-health', Description: 'nodes that are not well' });
  expect(Targets).toEqual([expect.objectContaining({ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Queue/), 'Arn'] } })]);
});

test('a cross-stack scope takes the rule to another stack', () => {
  const other = new Stack(stack.node.root as any, 'Other');

  HyperPodClusterEvents.fromCluster(importedCluster()).onClusterEvent('Rule', { crossStackScope: other });

  expect(other.node.findAll().filter(CfnRule.isCfnRule)).toHaveLength(1);
  expect(stack.node.findAll().filter(CfnRule.isCfnRule)).toHaveLength(0);
});

test.each(KINDS)('%s: a rule goes to the stack of its target if told to, so that this may depend on the stack of the cluster', (_, onEvent) => {
  const app = testApp();
  stack = new Stack(app, 'Cluster');
  const targets = new Stack(app, 'Targets');
  const queue = new Queue(targets, 'Queue');
  const cluster = clusterIn(stack);
  cluster.grants.describe(new Role(targets, 'Operator', { assumedBy: new AccountRootPrincipal() }));

  onEvent(cluster.events, { target: new SqsQueue(queue), crossStackScope: targets });

  expect(onlyResource(targets, 'AWS::Events::Rule').resource.Properties.Targets).toHaveLength(1);
  expect(Object.keys(resourcesOfType(stack, 'AWS::Events::Rule'))).toEqual([]);
});
