/**
 * Three-valued logic (Kleene's): what a proof at synth can say when a part of the answer is only known at deployment.
 */
export type Ternary = 'yes' | 'no' | 'unknown';

export function both(one: Ternary, other: Ternary): Ternary {
  if (one === 'no' || other === 'no') { return 'no'; }
  return one === 'unknown' ? one : other;
}

export function either(one: Ternary, other: Ternary): Ternary {
  if (one === 'yes' || other === 'yes') { return 'yes'; }
  return one === 'unknown' ? one : other;
}

/**
 * Every operand must hold. An empty list holds.
 */
export function all(values: readonly Ternary[]): Ternary {
  return values.reduce(both, 'yes');
}

/**
 * One operand must hold. An empty list does not.
 */
export function any(values: readonly Ternary[]): Ternary {
  return values.reduce(either, 'no');
}

export function not(value: Ternary): Ternary {
  if (value === 'unknown') { return 'unknown'; }
  return value === 'yes' ? 'no' : 'yes';
}

/**
 * What several possible outcomes have in common: a definite answer only where all of them agree.
 */
export function consensus(values: readonly Ternary[]): Ternary {
  return values.every(value => value === values[0]) ? values[0] ?? 'unknown' : 'unknown';
}

export function fromBoolean(value: boolean): Ternary {
  return value ? 'yes' : 'no';
}
