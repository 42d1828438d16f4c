/** Something that one way to deploy an app decides: the value of a parameter, or whether a condition holds. */
export interface Variable {
  /** Canonical identity: the same wherever the value is asked for. */
  readonly id: string;
  /** What the app's author calls it. */
  readonly name: string;
  /** All values that it can have. Undefined: any. */
  readonly values?: readonly string[];
  /** The value that a deployment gives it that says nothing. */
  readonly default?: string;
}

/** That a variable has a value, or does not. */
export interface Assumption {
  readonly variable: Variable;
  readonly value: string;
  readonly holds: boolean;
}

/**
 * One way to deploy the app. Decisions are made as they are asked for, and agree with each other: a parameter that is `a` is not `b`,
 * and one that is none of its allowed values but the last is the last.
 */
export interface World {
  is(variable: Variable, value: string): boolean;
}

/** A value in some worlds, with what was assumed to come to it. */
export interface Outcome<T> {
  readonly value: T;
  readonly assumptions: readonly Assumption[];
}

/** The values that a computation has over all worlds, or over a sample of them. */
export interface Outcomes<T> {
  readonly all: readonly Outcome<T>[];
  /** Was every world looked at? */
  readonly isComplete: boolean;
}

/** Ten independent conditions in one question are more than templates have. */
export const MOST_WORLDS = 1024;

/** The outcomes of a condition. */
const TRUTH = ['true', 'false'];

export function condition(id: string, name: string): Variable {
  return { id, name, values: TRUTH };
}

/** The value of a variable that has a fixed choice of values. */
export function valueIn(world: World, variable: Variable & { readonly values: readonly string[] }): string {
  return variable.values.find(value => world.is(variable, value)) ?? variable.values[variable.values.length - 1];
}

/**
 * Computes a value in every way that the app can be deployed, branching only on what the computation asks for.
 *
 * The first world is the one that a deployment without parameters makes. Those that differ from it in one decision come next, then those
 * that differ in two: where there are too many, the ones looked at are the closest to it, and each decision is seen both ways.
 */
export function inEveryWorld<T>(compute: (world: World) => T, most = MOST_WORLDS): Outcomes<T> {
  const all: Outcome<T>[] = [];
  const pending: (readonly boolean[])[] = [[]];
  for (let next = 0; next < pending.length; next++) {
    if (next === most) { return { all, isComplete: false }; }
    const decisions = new Decisions(pending[next]);
    all.push({ value: compute(decisions), assumptions: decisions.assumptions() });
    pending.push(...decisions.alternatives());
  }
  return { all, isComplete: true };
}

/** What is decided of a variable. */
interface Fact {
  readonly variable: Variable;
  value?: string;
  readonly excluded: Set<string>;
}

/** A world that follows given decisions as far as they go, and takes what is usual from there on. */
class Decisions implements World {
  private readonly made: boolean[] = [];
  private readonly facts = new Map<string, Fact>();

  constructor(private readonly given: readonly boolean[]) {}

  is(variable: Variable, value: string): boolean {
    let fact = this.facts.get(variable.id);
    if (!fact) { this.facts.set(variable.id, fact = { variable, excluded: new Set() }); }
    if (fact.value !== undefined) { return fact.value === value; }
    if (fact.excluded.has(value) || variable.values?.includes(value) === false) { return false; }
    if (variable.values?.length === 1) { return true; }
    const holds = this.decide(isUsual(variable, value));
    if (holds) { fact.value = value; } else { exclude(value, fact); }
    return holds;
  }

  assumptions(): Assumption[] {
    return [...this.facts.values()].flatMap(({ variable, value, excluded }): Assumption[] => {
      if (value === undefined) { return [...excluded].map(other => ({ variable, value: other, holds: false })); }
      // Of what is true or false, one spelling is enough to compare assumptions.
      return [variable.values === TRUTH && value === 'false' ? { variable, value: 'true', holds: false } : { variable, value, holds: true }];
    });
  }

  /** The decisions of the worlds that branch off behind what was given. */
  alternatives(): boolean[][] {
    return this.made.map((decision, index) => [...this.made.slice(0, index), !decision]).slice(this.given.length);
  }

  private decide(usual: boolean): boolean {
    const decision = this.given[this.made.length] ?? usual;
    this.made.push(decision);
    return decision;
  }
}

function exclude(value: string, fact: Fact): void {
  fact.excluded.add(value);
  const left = fact.variable.values?.filter(other => !fact.excluded.has(other));
  if (left?.length === 1) { [fact.value] = left; }
}

/** Is what a condition asks for what a deployment does that says nothing? Without a default, a choice is taken to be its first value. */
function isUsual(variable: Variable, value: string): boolean {
  const { values, default: usual } = variable;
  return usual === undefined || values?.includes(usual) === false ? values !== undefined : usual === value;
}

/** What a computation throws that depends on how the app is deployed, where nothing may be asked. */
export const UNDECIDED = Symbol('undecided');

/** What holds however the app is deployed: nothing may be asked. */
export const CERTAIN: World = {
  is: () => {
    // Not an error: it never leaves the caller that asked for certainty.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw UNDECIDED;
  },
};
