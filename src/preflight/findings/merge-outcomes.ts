import type { Observation } from './observation';
import { groupBy } from '../../template/group-by';
import { necessaryAssumptions } from '../../template/implicants';
import { remembered } from '../../template/remembered';
import { wordedAssumption } from '../../template/words';
import type { Outcome } from '../../template/world';

type Deployment = Outcome<readonly Observation[]>;

/** Something that is observed in some of the deployments. */
interface Fact {
  readonly observation: Observation;
  readonly observed: ReadonlySet<Deployment>;
}

/** More facts about the same properties hide what matters. */
const MOST_ALIKE = 4;

/** An observation over all ways to deploy an app. */
export interface MergedObservation extends Observation {
  /** What has to be so for it. Undefined: it always is. */
  readonly when?: string;
}

/**
 * What a rule observes of one thing in all the ways to deploy an app, each fact once. An error about something that is right in some of them is a
 * warning, which says in which it is wrong.
 *
 * @param outcomes undefined where the cluster is not deployed
 */
export function mergeOutcomes(outcomes: readonly Outcome<readonly Observation[] | undefined>[]): readonly MergedObservation[] {
  const deployments = outcomes.filter((outcome): outcome is Deployment => outcome.value !== undefined);
  if (deployments.every(({ value }) => value.length === 0)) { return []; }
  const facts = new Map<string, { readonly observation: Observation; readonly observed: Set<Deployment> }>();
  for (const deployment of deployments) {
    for (const observation of deployment.value) {
      remembered(facts, factOf(observation), () => ({ observation, observed: new Set<Deployment>() })).observed.add(deployment);
    }
  }
  return summedUp([...facts.values()]).map(({ observation, observed }) => {
    if (observed.size === deployments.length) { return observation; }
    const isCertain = observation.level !== 'error' || isAlwaysWrong(observation.subjects, deployments);
    return { ...observation, level: isCertain ? observation.level : 'warning', when: conditionsOf(observed, deployments) };
  });
}

/** What is so of the same properties in one way here and another way there: with a number in it that each deployment has another of, it would be a flood. */
function summedUp(facts: readonly Fact[]): readonly Fact[] {
  const alike = groupBy(facts, ({ observation: { subjects, locations } }) => JSON.stringify([subjects, locations]));
  return [...alike.values()].flatMap(ones => {
    if (ones.length <= MOST_ALIKE) { return ones; }
    const { observation } = ones.find(one => one.observation.level === 'error') ?? ones[0];
    const message = `${observation.message}\nOther deployments have it alike, with other values.`;
    return [{ observation: { ...observation, message, wording: undefined }, observed: new Set(ones.flatMap(({ observed }) => [...observed])) }];
  });
}

function factOf({ level, subjects, message, locations }: Observation): string {
  return JSON.stringify([level, subjects, message, locations]);
}

function conditionsOf(observed: ReadonlySet<Deployment>, deployments: readonly Deployment[]): string {
  const assumptionsOf = (ones: readonly Deployment[]) => ones.map(({ assumptions }) => assumptions);
  const others = deployments.filter(one => !observed.has(one));
  return necessaryAssumptions(assumptionsOf([...observed]), assumptionsOf(others))
    .map(alternative => alternative.map(wordedAssumption).join(' and ')).join(', or when ');
}

/** Is there an error about each of the subjects in every deployment, if with other subjects or for another reason? */
function isAlwaysWrong(subjects: readonly string[], deployments: readonly Deployment[]): boolean {
  return subjects.length > 0 && deployments.every(({ value }) => subjects.every(subject =>
    value.some(({ level, subjects: others }) => level === 'error' && others.includes(subject))));
}

/**
 * Groups of which the same is wrong under the same conditions, in one observation.
 */
export function joinGroups(observations: readonly MergedObservation[]): readonly Observation[] {
  const joined = new Map<string, MergedObservation[]>();
  observations.forEach((one, index) => {
    const { level, when, wording, sharing } = one;
    const same = wording ? JSON.stringify([level, when, wording(['']), sharing]) : `${index}`;
    remembered(joined, same, (): MergedObservation[] => []).push(one);
  });
  return [...joined.values()].map(same => {
    const [{ level, when, wording, message }] = same;
    const names = same.flatMap(one => one.subjects);
    const text = same.length > 1 ? wording!(names) : message;
    return {
      // Groups may have one name.
      subjects: [...new Set(names)],
      level,
      message: when === undefined ? text : `${text}\nThis is so when ${when}.`,
      locations: [...new Set(same.flatMap(({ locations }) => locations))],
    };
  });
}
