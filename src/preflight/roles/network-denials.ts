import { deniedActions, executionRoles, type NeededAction } from './role-access';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { aboutGroups } from '../findings/about-group';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';

/**
 * Which of the actions that nodes need for their network are denied to their execution roles.
 *
 * @param needed without these, there are no nodes
 * @param more these only some functions need
 */
export function networkDenials(
  cluster: ClusterModel, groups: readonly InstanceGroupModel[], needed: readonly NeededAction[], more: readonly NeededAction[],
): Observation[] {
  return executionRoles(cluster, groups).flatMap(({ role, groups: using }) => {
    const prevented = deniedActions(cluster, role, needed);
    const denied = [...prevented, ...deniedActions(cluster, role, more)];
    if (denied.length === 0) { return []; }
    return [aboutGroups(using, prevented.length > 0 ? 'error' : 'warning', [
      `The execution role ${namedRole(role)} of ${namedGroups(using)} may not do all that HyperPod needs for nodes in a VPC.`,
      ...describeDenials(denied),
      ...remedy(denied),
    ].join('\n'), 'ExecutionRole')];
  });
}
