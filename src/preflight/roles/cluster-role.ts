import type { RolePermissions } from '../../iam/role-permissions';
import type { ClusterModel } from '../core/cluster-model';

/** The role with which Karpenter adds and removes nodes, if auto scaling is on and a role can be recognized. */
export function karpenterRole(cluster: ClusterModel): RolePermissions | undefined {
  if (cluster.at('AutoScaling', 'Mode').text !== 'Enable') { return undefined; }
  const arn = cluster.at('ClusterRole').value;
  return arn && cluster.role(arn);
}
