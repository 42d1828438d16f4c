import { networkDenials } from './network-denials';
import { vpcActions, vpcUpkeepActions } from '../core/network-actions';
import { orchestratorOf } from '../core/orchestrator';
import type { Rule } from '../findings/rule';

export const vpcPermissions: Rule = {
  id: 'HyperPod-VpcPermissions',
  title: 'The execution roles of nodes in a VPC may make network interfaces',
  levels: ['error', 'warning'],
  prevents: ['Unable to retrieve subnets', 'You are not authorized to perform this operation'],
  why: 'With VpcConfig or OverrideVpcConfig, HyperPod looks up the subnets and makes a network interface for each node, with the execution role '
    + 'of its group. The managed policy AmazonSageMakerClusterInstanceRolePolicy does not cover that. '
    + 'ec2:DetachNetworkInterface is needed only for auto-resume, and ec2:CreateTags to tag the interfaces: without these, it is a warning.',
  fix: 'Add the statements that the finding prints to the execution role, or let HyperPodCluster grant them.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html'],
  checkGroup: (cluster, group) => (group.at('OverrideVpcConfig').isGiven || cluster.at('VpcConfig').isGiven) && orchestratorOf(cluster) !== 'Eks'
    ? networkDenials(cluster, group, vpcActions(cluster), vpcUpkeepActions(cluster)) : [],
};
