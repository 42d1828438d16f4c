import type { ClusterModel } from './cluster-model';
import type { GroupKind } from './group-places';

/** Does the template spell out every group of a kind, so that they can be counted? */
export function areGroupsSpelledOut(cluster: ClusterModel, kind: GroupKind): boolean {
  const list = cluster.at(kind);
  return (!list.isGiven || list.isList) && cluster.groupsWhere(group => group.kind === kind && !group.isSpelledOut).length === 0;
}
