import { incompleteness } from './condition';
import type { Statement, Values } from './document';
import { remembered } from '../../template/remembered';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { any, not, type Ternary } from '../../template/ternary';

/** A statement that is, or may be, about an action. */
export interface StatementAbout {
  readonly statement: Statement;
  /** Its place in the document. */
  readonly index: number;
  readonly isAbout: Exclude<Ternary, 'no'>;
}

/** Statements never change, and many requests are decided by the same few documents. */
const known = new WeakMap<readonly Statement[], Map<string, readonly StatementAbout[]>>();

/** The statements of a document that `Action` or `NotAction` does not rule out. */
export function statementsAbout(action: string, statements: readonly Statement[]): readonly StatementAbout[] {
  const byAction = remembered(known, statements, () => new Map<string, readonly StatementAbout[]>());
  return remembered(byAction, action, () => {
    const asked = SymbolicString.literal(action);
    return statements.flatMap((statement, index) => {
      const isAbout = element(statement.actions, statement.notActions, pattern => matchGlob(pattern, asked, { ignoreCase: true }));
      return isAbout === 'no' ? [] : [{ statement, index, isAbout }];
    });
  });
}

/** What an element says in which a statement lists what it is about, or lists what it is not about. */
export function element(values: Values | undefined, exceptions: Values | undefined, matches: (value: SymbolicString) => Ternary): Ternary {
  const oneOf = (list: Values) => any([...list.values.map(matches), ...incompleteness(list)]);
  if (exceptions) { return not(oneOf(exceptions)); }
  // Only trust policies go without a resource, and they are never asked about one.
  return values ? oneOf(values) : 'unknown';
}
