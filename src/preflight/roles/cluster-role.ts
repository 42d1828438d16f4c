import type { RolePermissions } from '../../iam/role-permissions';
import type { ClusterModel } from '../core/cluster-model';
import { knownText } from '../core/literals';
import { spelledOut } from '../core/spelled-out';

/** The role with which Karpenter adds and removes nodes, if auto scaling is on and a role can be recognized. */
export function karpenterRole(cluster: ClusterModel): RolePermissions | undefined {
  const { AutoScaling, ClusterRole } = cluster.properties;
  if (knownText(cluster, spelledOut(AutoScaling)?.Mode) !== 'Enable') { return undefined; }
  const arn = cluster.string(ClusterRole);
  return arn && cluster.role(arn);
}
