import type { Stack } from 'aws-cdk-lib';
import { type PolicyDocument, readPolicyDocument } from './document';
import { type Branch, guardsHold, itemsOf } from '../../template/branches';
import type { Symbolizer } from '../../template/symbolizer';
import type { Ternary } from '../../template/ternary';
import { isTransformed } from '../../template/transform';

/** A document as it is written: where it stands, and under which conditions. */
export interface WrittenDocument extends Branch {
  readonly origin: string;
  readonly stack: Stack;
  /** Is it in force for the role? */
  readonly attached?: Ternary;
  /** Is what it stands in deployed, in the world at hand? */
  readonly exists?: () => boolean;
}

/**
 * The statements of a document. Where any of them stands under a condition, each is a document of its own, which is read when something is asked of it: of most
 * requests it says nothing whatever holds, which is then known without asking.
 */
export function writtenStatements(written: WrittenDocument, symbolizer: Symbolizer): readonly PolicyDocument[] {
  const { json, origin, stack, attached, exists, guards } = written;
  const read = (document: any): PolicyDocument => ({ ...readPolicyDocument(document, origin, stack, symbolizer), attached });
  const isCertain = guards.length === 0 && exists === undefined;
  if (isCertain && !hasConditions(json)) { return [read(json)]; }

  const lazily = (subject: object, isThere: () => boolean, document: () => PolicyDocument): PolicyDocument => {
    const current = (): typeof NOTHING => symbolizer.remember(subject, `document ${attached}`, () => isThere() ? document() : NOTHING);
    return {
      origin,
      attached,
      get statements() { return current().statements; },
      get hidden() { return current().hidden; },
      get hasVariables() { return current().hasVariables; },
      get firstStatement() { return current().firstStatement; },
      settle: (name, compute, isSame) => symbolizer.settle(subject, `${name} ${attached}`, compute, isSame),
    };
  };
  const isWritten = () => guardsHold(guards, stack, symbolizer) && (exists?.() ?? true);
  const statements = isPlainObject(json) && !isTransformed(json) ? itemsOf([json.Statement].flat()) : undefined;
  if (!statements) { return isPlainObject(json) ? [lazily(json, isWritten, () => read(json))] : [read(isWritten() ? json : undefined)]; }
  return statements.map(({ json: statement, guards: ofStatement, index }) => {
    if (!isPlainObject(statement)) { return lazily(json, isWritten, () => read(json)); }
    const isThere = () => guardsHold(ofStatement, stack, symbolizer) && isWritten();
    return lazily(statement, isThere, () => ({ ...read({ ...json, Statement: [statement] }), firstStatement: index }));
  });
}

const NOTHING: Pick<PolicyDocument, 'statements' | 'hidden' | 'hasVariables' | 'firstStatement'> = { statements: [], hasVariables: true };

function isPlainObject(json: any): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function hasConditions(json: any): boolean {
  return typeof json === 'object' && json !== null
    && (Array.isArray(json['Fn::If']) || Object.values(json).some(hasConditions));
}

