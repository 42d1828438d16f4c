import type { InstanceGroupOptions } from './instance-group';
import type { RestrictedInstanceGroupOptions } from './restricted-instance-group';

/** Whether nodes of a group may have Elastic Fabric Adapters. An instance type without facts may. */
export function mayHaveElasticFabricAdapter(group: InstanceGroupOptions | RestrictedInstanceGroupOptions): boolean {
  const several = 'instanceTypes' in group ? group.instanceTypes ?? [] : [];
  return [...several, ...group.instanceType === undefined ? [] : [group.instanceType]].some(({ facts }) => facts?.efaSupported ?? true);
}
