import type { ClusterModel } from './cluster-model';
import type { InstanceGroupModel } from './instance-group-model';

type Kind = InstanceGroupModel['kind'];

/** The instance groups, of either kind, that the template spells out: of a group that is a token, nothing is absent. */
export function spelledOutGroups(cluster: ClusterModel, kind?: Kind): readonly InstanceGroupModel[] {
  return cluster.groupsWhere(group => group.isSpelledOut && (kind === undefined || group.kind === kind));
}

/** Does the template spell out every group of a kind, so that they can be counted? */
export function areGroupsSpelledOut(cluster: ClusterModel, kind: Kind): boolean {
  const list = cluster.at(kind);
  return (!list.isGiven || list.isList) && cluster.groupsWhere(group => group.kind === kind && !group.isSpelledOut).length === 0;
}
