import type { InstanceGroupModel } from '../core/instance-group-model';

/** Instance groups as a sentence names them. */
export function namedGroups(groups: readonly Pick<InstanceGroupModel, 'label'>[]): string {
  return `instance group${groups.length > 1 ? 's' : ''} ${groups.map(({ label }) => `"${label}"`).join(', ')}`;
}
