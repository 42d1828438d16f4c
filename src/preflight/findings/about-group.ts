import type { Level, Observation } from './observation';
import type { InstanceGroupModel } from '../core/instance-group-model';

/** An observation about one instance group. */
export function aboutGroup(group: InstanceGroupModel, level: Level, message: string, ...properties: readonly string[]): Observation {
  return aboutGroups([group], level, message, ...properties);
}

/**
 * An observation about several instance groups together.
 *
 * @param properties of each group, as `LifeCycleConfig.OnCreate`
 */
export function aboutGroups(
  groups: readonly InstanceGroupModel[], level: Level, message: string, ...properties: readonly string[]
): Observation {
  return {
    subjects: groups.map(({ label }) => label),
    level,
    message,
    locations: groups.flatMap(({ location }) => properties.map(property => `${location}.${property}`)),
  };
}
