import type { ClusterModel } from './cluster-model';
import { type NeededAction, NO_RESOURCE, someResource } from './role-access';
import { IMAGE_ACTIONS, IMAGE_LOGIN_ACTION } from '../../service/image-actions';
import { REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION, VPC_ACTIONS, VPC_CNI_ACTIONS } from '../../service/network-actions';

/** What HyperPod does with a role to put nodes into a VPC. */
export function vpcActions(cluster: ClusterModel): readonly NeededAction[] {
  return onSomeOrNone(cluster, VPC_ACTIONS);
}

/** What only some functions need: to move interfaces when a node is replaced, and to tag them. */
export function vpcUpkeepActions(cluster: ClusterModel): readonly NeededAction[] {
  return [
    ...onSomeOrNone(cluster, [REPLACE_NODE_ACTION]),
    { action: TAG_INTERFACE_ACTION, resource: someResource(cluster, 'ec2', 'network-interface/') },
  ];
}

/** What the VPC CNI plugin and the pulling of images need in addition, for nodes of an EKS cluster. */
export function eksNodeActions(cluster: ClusterModel): readonly NeededAction[] {
  return [...onSomeOrNone(cluster, VPC_CNI_ACTIONS), ...onSomeOrNone(cluster, IMAGE_ACTIONS)];
}

/** Those on some resource of their service first, then those without a resource level. */
function onSomeOrNone(cluster: ClusterModel, actions: readonly string[]): NeededAction[] {
  return [
    ...actions.filter(action => !hasNoResources(action)).map(action => ({ action, resource: someResource(cluster, action.split(':')[0]) })),
    ...actions.filter(hasNoResources).map(action => ({ action, resource: NO_RESOURCE })),
  ];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
function hasNoResources(action: string): boolean {
  return action.startsWith('ec2:Describe') || action === IMAGE_LOGIN_ACTION;
}
