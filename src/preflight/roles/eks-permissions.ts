import { networkDenials } from './network-denials';
import { UNCONFIRMED_VPC_ACTIONS } from '../../service/network-actions';
import { eksNodeActions, vpcActions, vpcUpkeepActions } from '../core/network-actions';
import { orchestratorOf } from '../core/orchestrator';
import type { Rule } from '../findings/rule';

export const eksPermissions: Rule = {
  id: 'HyperPod-EksPermissions',
  title: 'The execution roles of EKS nodes may make network interfaces and pull images',
  levels: ['error', 'warning'],
  prevents: ['Unable to retrieve subnets', 'You are not authorized to perform this operation'],
  why: 'HyperPod makes a network interface for each node with the execution role of its group; on the node, the VPC CNI plugin and the '
    + 'pulling of images from ECR use it too. The managed policy AmazonSageMakerClusterInstanceRolePolicy does not cover that. Nodes cannot be '
    + 'made without most of the actions that every VPC needs. ec2:DescribeDhcpOptions and ec2:DeleteNetworkInterfacePermission are on AWS\'s list, '
    + 'but EKS clusters have been created without the former: without these two alone, it is a warning. The others may come from elsewhere (a service '
    + 'account\'s role, a pull secret), and are a warning. eks-auth:AssumeRoleForPodIdentity is optional, and is not required.',
  fix: 'Add the statements that the finding prints to the execution role, or let HyperPodCluster grant them.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html',
  ],
  checkGroup: (cluster, group) => orchestratorOf(cluster) === 'Eks'
    ? networkDenials(cluster, group, vpcActions(cluster), [...vpcUpkeepActions(cluster), ...eksNodeActions(cluster)], UNCONFIRMED_VPC_ACTIONS) : [],
};
