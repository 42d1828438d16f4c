import type { Stack } from 'aws-cdk-lib';
import { conditionHolds } from './conditions';
import type { Symbolizer } from './symbolizer';

/** That a condition of the template has an outcome. */
export type Guard = readonly [condition: string, outcome: boolean];

/** One of the values that something may have, and what has to hold for it. */
export interface Branch {
  readonly json: any;
  readonly guards: readonly Guard[];
}

/** What a value may be, by the conditions of `Fn::If`. None for what is left out. */
export function branchesOf(json: any, guards: readonly Guard[] = []): readonly Branch[] {
  if (json === undefined || json?.Ref === 'AWS::NoValue') { return []; }
  if (!Array.isArray(json?.['Fn::If'])) { return [{ json, guards }]; }
  const [condition, whenTrue, whenFalse] = json['Fn::If'];
  return [...branchesOf(whenTrue, [...guards, [condition, true]]), ...branchesOf(whenFalse, [...guards, [condition, false]])];
}

/** The items of a list, each in all its branches, with its place in the list; undefined if a branch is no list. */
export function itemsOf(json: any): readonly (Branch & { readonly index: number })[] | undefined {
  const lists = branchesOf(json);
  if (!lists.every(list => Array.isArray(list.json))) { return undefined; }
  return lists.flatMap(list => list.json.flatMap((item: any, index: number) => branchesOf(item, list.guards).map(branch => ({ ...branch, index }))));
}

/** Does a stack's conditions have these outcomes, in the world at hand? */
export function guardsHold(guards: readonly Guard[], stack: Stack, symbolizer: Symbolizer): boolean {
  return guards.every(([Condition, outcome]) => conditionHolds({ Condition }, stack, symbolizer) === outcome);
}
