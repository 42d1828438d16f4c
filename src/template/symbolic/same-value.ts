import type { SymbolicString } from './symbolic-string';

/** Are these certainly equal? What is not known equals nothing. */
export function sameValue(one: SymbolicString | undefined, other: SymbolicString | undefined): boolean {
  return one !== undefined && other !== undefined && one.equals(other);
}
