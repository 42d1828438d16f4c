/** What one way to deploy the app decides: the outcome of a condition, the value of a parameter that has a fixed choice of values. */
export interface Assumption {
  readonly subject: string;
  readonly outcome: string;
}

/**
 * One way to deploy the app. Decisions are made as they are asked for, and each one is the same wherever it is asked for again.
 */
export interface World {
  /**
   * @param id canonical identity of the question: it is asked once
   * @param description how to name it to the author of the app
   */
  decide(id: string, outcomes: readonly string[], description?: string): string;
}

/** A value in every world, with what was assumed to come to it. */
export interface Outcome<T> {
  readonly value: T;
  readonly assumptions: readonly Assumption[];
}

/** Ten independent conditions: more than templates have, fewer than a synth would notice. */
const MOST_WORLDS = 1024;

/**
 * Computes a value in every way that the app can be deployed, branching only on what the computation asks for.
 *
 * @returns undefined if there are too many ways to look at.
 */
export function inEveryWorld<T>(compute: (world: World) => T): Outcome<T>[] | undefined {
  const results: Outcome<T>[] = [];
  const trail: { outcomes: readonly string[]; chosen: number }[] = [];
  for (;;) {
    const known = new Map<string, Assumption>();
    const value = compute({
      decide: (id, outcomes, description = id) => {
        const decided = known.get(id);
        if (decided) { return decided.outcome; }
        const step = trail[known.size] ?? (trail[known.size] = { outcomes, chosen: 0 });
        const outcome = step.outcomes[step.chosen];
        known.set(id, { subject: description, outcome });
        return outcome;
      },
    });
    results.push({ value, assumptions: [...known.values()] });
    while (trail.length > 0 && trail[trail.length - 1].chosen === trail[trail.length - 1].outcomes.length - 1) { trail.pop(); }
    if (trail.length === 0) { return results; }
    if (results.length === MOST_WORLDS) { return undefined; }
    trail[trail.length - 1].chosen++;
  }
}

/** What a computation in `CERTAIN` throws that depends on how the app is deployed. */
export const UNDECIDED = Symbol('undecided');

/** What holds however the app is deployed: nothing may be asked. Most apps need no other world. */
export const CERTAIN: World = {
  decide: () => {
    // Not an error: it never leaves the caller that asked for certainty.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw UNDECIDED;
  },
};
