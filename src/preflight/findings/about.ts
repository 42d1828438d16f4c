import type { Level, Observation } from './observation';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';

/** What an observation is about: the cluster as a whole, one of its instance groups, or several together. */
export type Subject = ClusterModel | InstanceGroupModel | readonly InstanceGroupModel[];

/** Words about instance groups, which may be said of one or of several together. */
export type Wording = (groups: readonly Pick<InstanceGroupModel, 'label'>[]) => string;

/**
 * An observation, with where its properties stand.
 *
 * @param message a function of the groups, where the same may be so of several: they are then named together
 */
export function about(subject: Subject, level: Level, message: string | Wording, ...properties: readonly Property[]): Observation {
  const groups = groupsOf(subject);
  return {
    subjects: groups.map(({ label }) => label),
    level,
    message: typeof message === 'string' ? message : message(groups),
    wording: typeof message === 'string' ? undefined : labels => message(labels.map(label => ({ label }))),
    locations: [...new Set(properties.map(({ path }) => path))],
  };
}

function groupsOf(subject: Subject): readonly InstanceGroupModel[] {
  if ('writtenGroups' in subject) { return []; }
  return 'label' in subject ? [subject] : subject;
}
