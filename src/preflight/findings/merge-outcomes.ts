import type { Observation } from './observation';
import type { Assumption, Outcome } from '../../template/world';

/** One observation over all the deployments in which it was made. */
interface Tally {
  readonly observation: Observation;
  readonly assumptions: readonly Assumption[];
  readonly errors: number;
  readonly times: number;
}

/**
 * What a rule observes in all the ways to deploy an app, as one list. An error about something that is right in some of them is a
 * warning, which says in which it is wrong.
 *
 * @param outcomes undefined where the cluster is not deployed
 */
export function mergeOutcomes(outcomes: readonly Outcome<readonly Observation[] | undefined>[]): readonly Observation[] {
  const deployed = outcomes.filter(({ value }) => value !== undefined);
  const tallies = new Map<string, Tally>();
  for (const { value, assumptions } of deployed) {
    const seen: string[] = [];
    for (const observation of value ?? []) {
      const subjects = observation.subjects.join(',');
      // Two groups of one name may both be wrong: the first stays apart from the second.
      const about = `${subjects}#${seen.filter(other => other === subjects).length}`;
      seen.push(subjects);
      tallies.set(about, counted(tallies.get(about), observation, assumptions));
    }
  }
  return [...tallies.values()].map(tally => merged(tally, deployed.map(({ value }) => value ?? [])));
}

function counted(before: Tally | undefined, observation: Observation, assumptions: readonly Assumption[]): Tally {
  const worst = before?.observation.level === 'error' ? before : { observation, assumptions };
  return {
    observation: worst.observation,
    assumptions: worst.assumptions,
    errors: (before?.errors ?? 0) + (observation.level === 'error' ? 1 : 0),
    times: (before?.times ?? 0) + 1,
  };
}

function merged({ observation, assumptions, errors, times }: Tally, deployments: readonly (readonly Observation[])[]): Observation {
  const always = times === deployments.length && (errors === 0 || errors === deployments.length);
  if (always) { return observation; }
  const when = assumptions.map(({ subject, outcome }) => `${subject} is ${outcome}`).join(' and ');
  const isCertain = observation.level !== 'error' || isAlwaysWrong(observation.subjects, deployments);
  const level = isCertain ? observation.level : 'warning';
  return { ...observation, level, message: `${observation.message}\nThis is so when ${when}.` };
}

/** Is there an error about each of the subjects in every deployment, if with other subjects or for another reason? */
function isAlwaysWrong(subjects: readonly string[], deployments: readonly (readonly Observation[])[]): boolean {
  return subjects.length > 0 && deployments.every(observations => subjects.every(subject =>
    observations.some(({ level, subjects: others }) => level === 'error' && others.includes(subject))));
}
