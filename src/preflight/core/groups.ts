import type { ClusterModel } from './cluster-model';
import type { InstanceGroupModel } from './instance-group-model';
import { spelledOut, spelledOutList } from './spelled-out';

type Kind = InstanceGroupModel['kind'];

/** The instance groups, of either kind, that the template spells out: of a group that is a token, nothing is absent. */
export function spelledOutGroups(cluster: ClusterModel, kind?: Kind): readonly InstanceGroupModel[] {
  return cluster.instanceGroups.filter(group => spelledOut(group.properties) && (kind === undefined || group.kind === kind));
}

/** Does the template spell out every group of a kind, so that they can be counted? */
export function areGroupsSpelledOut(cluster: ClusterModel, kind: Kind): boolean {
  const groups = cluster.properties[kind];
  return groups === undefined || (spelledOutList(groups)?.every(group => spelledOut(group)) ?? false);
}
