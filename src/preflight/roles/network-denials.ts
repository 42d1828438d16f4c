import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { deniedActions, type NeededAction } from '../core/role-access';
import { about } from '../findings/about';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';

/**
 * Which of the actions that nodes need for their network are denied to the execution role of a group.
 *
 * @param needed without these, there are no nodes
 * @param more these only some functions need
 * @param unconfirmed those of the needed ones without which nodes have been seen to come up, or may
 */
export function networkDenials(
  cluster: ClusterModel, group: InstanceGroupModel, needed: readonly NeededAction[], more: readonly NeededAction[],
  unconfirmed: readonly string[] = [],
): Observation[] {
  const { role } = group;
  if (!role) { return []; }
  const prevented = deniedActions(cluster, role, needed);
  const isPrevented = prevented.some(({ action }) => !unconfirmed.includes(action));
  const denied = [...prevented, ...deniedActions(cluster, role, more)];
  return denied.length === 0 ? [] : [about(group, isPrevented ? 'error' : 'warning', groups => [
    `The execution role ${namedRole(role)} of ${namedGroups(groups)} may not do all that HyperPod needs for nodes in a VPC.`,
    ...describeDenials(denied),
    ...remedy(denied),
  ].join('\n'), group.at('ExecutionRole'))];
}
