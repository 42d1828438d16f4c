import { type Branch, itemsOf } from '../../template/branches';

export type GroupKind = 'InstanceGroups' | 'RestrictedInstanceGroups';

/** Where the template writes an instance group, and under which conditions it is there. */
export interface GroupPlace extends Branch {
  readonly kind: GroupKind;
  /** Its place in its list, as the list is written. */
  readonly index: number;
}

/** The instance groups that the template writes, in all branches of all conditions. None in a list that the template does not spell out. */
export function groupPlaces(clusterProperties: Readonly<Record<string, any>>): readonly GroupPlace[] {
  return (['InstanceGroups', 'RestrictedInstanceGroups'] as const)
    .flatMap(kind => (itemsOf(clusterProperties[kind]) ?? []).map(item => ({ kind, ...item })));
}
