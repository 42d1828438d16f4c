import type { Assumption } from './world';

/**
 * The assumptions that matter: what of the worlds in which something is so has to be assumed for it, and in none of those in which it is not.
 * Each of the alternatives is true of every world that it covers, and says nothing that could be left out (a prime implicant).
 *
 * @param positives what was assumed in each world in which it is so
 * @param negatives what was assumed in each world in which it is not
 */
export function necessaryAssumptions(
  positives: readonly (readonly Assumption[])[], negatives: readonly (readonly Assumption[])[],
): readonly (readonly Assumption[])[] {
  const alternatives = new Map(positives.map(world => reduced(world, negatives)).map(one => [keyOf(one), one]));
  return withoutRedundant([...alternatives.values()], positives);
}

/** Leaves out, from the last that was asked for, what no world without the finding needs to be told apart. */
function reduced(world: readonly Assumption[], negatives: readonly (readonly Assumption[])[]): readonly Assumption[] {
  return [...world].reverse().reduce<readonly Assumption[]>((kept, assumption) => {
    const without = kept.filter(other => other !== assumption);
    return negatives.every(negative => contradict(without, negative)) ? without : kept;
  }, world);
}

/** The fewest alternatives, as far as taking the one that covers most gives them, that cover all worlds. */
function withoutRedundant(
  alternatives: readonly (readonly Assumption[])[], positives: readonly (readonly Assumption[])[],
): readonly (readonly Assumption[])[] {
  const chosen: (readonly Assumption[])[] = [];
  for (let open = positives; open.length > 0;) {
    const coverage = alternatives.map(one => open.filter(world => covers(one, world)).length);
    const best = alternatives[coverage.indexOf(Math.max(...coverage))];
    chosen.push(best);
    open = open.filter(world => !covers(best, world));
  }
  return chosen;
}

function covers(alternative: readonly Assumption[], world: readonly Assumption[]): boolean {
  return alternative.every(assumption => world.some(other => implies(other, assumption)));
}

function implies(one: Assumption, other: Assumption): boolean {
  if (one.variable.id !== other.variable.id) { return false; }
  return one.value === other.value ? one.holds === other.holds : one.holds && !other.holds;
}

function contradict(ones: readonly Assumption[], others: readonly Assumption[]): boolean {
  return ones.some(one => others.some(other => one.variable.id === other.variable.id
    && (one.value === other.value ? one.holds !== other.holds : one.holds && other.holds)));
}

function keyOf(assumptions: readonly Assumption[]): string {
  return assumptions.map(({ variable, value, holds }) => JSON.stringify([variable.id, value, holds])).sort().join();
}
