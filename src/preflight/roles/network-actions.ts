import { type NeededAction, NO_RESOURCE, someResource } from './role-access';
import type { ClusterModel } from '../core/cluster-model';

/**
 * What HyperPod does with a role to put nodes into a VPC. The Describe actions know no resources.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function vpcActions(cluster: ClusterModel): readonly NeededAction[] {
  return [
    ...onSome(cluster, 'ec2', [
      'CreateNetworkInterface', 'CreateNetworkInterfacePermission', 'DeleteNetworkInterface', 'DeleteNetworkInterfacePermission',
    ]),
    ...describing(['DhcpOptions', 'NetworkInterfaces', 'SecurityGroups', 'Subnets', 'Vpcs']),
  ];
}

/** What only some functions need: to move interfaces when a node is replaced, and to tag them. */
export function vpcUpkeepActions(cluster: ClusterModel): readonly NeededAction[] {
  return [
    ...onSome(cluster, 'ec2', ['DetachNetworkInterface']),
    { action: 'ec2:CreateTags', resource: someResource(cluster, 'ec2', 'network-interface/') },
  ];
}

/** What the VPC CNI plugin and the pulling of images need in addition, for nodes of an EKS cluster. */
export function eksNodeActions(cluster: ClusterModel): readonly NeededAction[] {
  return [
    ...onSome(cluster, 'ec2', [
      'AssignPrivateIpAddresses', 'AttachNetworkInterface', 'ModifyNetworkInterfaceAttribute', 'UnassignPrivateIpAddresses',
    ]),
    ...describing(['Instances', 'InstanceTypes', 'Tags']),
    ...onSome(cluster, 'ecr', ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer']),
    { action: 'ecr:GetAuthorizationToken', resource: NO_RESOURCE },
  ];
}

function onSome(cluster: ClusterModel, service: string, actions: readonly string[]): NeededAction[] {
  return actions.map(action => ({ action: `${service}:${action}`, resource: someResource(cluster, service) }));
}

function describing(subjects: readonly string[]): NeededAction[] {
  return subjects.map(subject => ({ action: `ec2:Describe${subject}`, resource: NO_RESOURCE }));
}
