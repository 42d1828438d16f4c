import { karpenterRole } from './cluster-role';
import { deniedVolumeKeys } from './volume-keys';
import { SCALE_ACTIONS } from '../../service/karpenter';
import { deniedActions, someResource } from '../core/role-access';
import { about } from '../findings/about';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import type { Rule } from '../findings/rule';

export const clusterRoleAccess: Rule = {
  id: 'HyperPod-ClusterRoleAccess',
  title: 'The role for auto scaling may add and remove nodes',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Karpenter adds and removes the nodes of the cluster with its ClusterRole, and with nothing else: without these actions, '
    + 'auto scaling never starts a node. It also needs the keys of the nodes\' volumes. AWS has no managed policy for it.',
  fix: 'Add the statement that the finding prints to the role, or leave the role to ClusterAutoScaling.karpenter().',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html'],
  check: cluster => {
    const role = karpenterRole(cluster);
    if (!role) { return []; }
    const resource = someResource(cluster, 'sagemaker', 'cluster/');
    const nodes = deniedActions(cluster, role, SCALE_ACTIONS.map(action => ({ action, resource })));
    const denied = [...nodes, ...deniedVolumeKeys(cluster, role)];
    return denied.length === 0 ? [] : [about(cluster, nodes.length > 0 ? 'error' : 'warning', [
      `The cluster role ${namedRole(role)} cannot do for Karpenter all that AWS asks of it.`,
      ...describeDenials(denied),
      ...remedy(denied),
    ].join('\n'), cluster.at('ClusterRole'))];
  },
};
