import type { CfnResource, Stack } from 'aws-cdk-lib';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';
import type { Ternary } from '../../template/ternary';
import { isIntrinsic, isTransformed } from '../../template/transform';

/** A list of values in a policy. An incomplete one may hold more than can be seen. */
export interface Values {
  readonly values: readonly SymbolicString[];
  readonly complete: boolean;
}

/** One `operator: { key: values }` of a `Condition` block. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: Values;
}

/** A `Principal` or `NotPrincipal`: values by type (`AWS`, `Service`, …), or everyone. */
export type Principals = ReadonlyMap<string, Values>;

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  readonly actions?: Values;
  readonly notActions?: Values;
  readonly resources?: Values;
  readonly notResources?: Values;
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly conditions: readonly Condition[];
}

export interface PolicyDocument {
  /** Where the policy stands, in the terms of the app's author. */
  readonly origin: string;
  readonly statements: readonly Statement[];
  /** Is the document in force for the role or resource that it was found for? Undefined: yes. */
  readonly attached?: Ternary;
  /** What cannot be seen of the document, if anything. */
  readonly hidden?: string;
  readonly hasVariables: HasVariables;
  /** The place of the first statement in the policy, of which the document may be a part. Undefined: it begins with it. */
  readonly firstStatement?: number;
  /** A result that rests on a document which is there, or says so, only under conditions (see `Symbolizer.settle`). Undefined: it always is the same. */
  readonly settle?: <T>(name: string, compute: () => T, isSame: (one: T, other: T) => boolean) => T;
}

/** Version 2012-10-17 has policy variables; in the older one, `${` stands for itself. */
export type HasVariables = boolean | 'unknown';

/**
 * Reads a policy document, as JSON or as a string of JSON, in the symbolizer's world.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicyDocument(json: any, origin: string, stack: Stack, symbolizer: Symbolizer): PolicyDocument {
  const decided = symbolizer.decide(typeof json === 'string' ? parsed(json) : json, stack);
  if (typeof decided !== 'object' || decided === null || !('Statement' in decided) || isTransformed(decided)) {
    return decided === undefined ? { origin, statements: [], hidden: undefined, hasVariables: true } : hiddenDocument(origin);
  }
  const entries = [decided.Statement].flat();
  const readable = entries.filter(entry => typeof entry === 'object' && entry !== null && 'Effect' in entry && !isTransformed(entry));
  const statements = readable.map(entry => readStatement(entry, stack, symbolizer)).filter(statement => statement !== undefined);
  return {
    origin,
    statements,
    hidden: statements.length < entries.length ? 'a statement is not known until deployment' : undefined,
    hasVariables: decided.Version === undefined ? false : readVersion(decided.Version, stack, symbolizer),
  };
}

/** A document of which nothing is known but that it is there. */
export function hiddenDocument(origin: string): PolicyDocument {
  return { origin, statements: [], hidden: 'the document is not known until deployment', hasVariables: true };
}

/** The document of a resource that is, or has, a policy. */
export function documentOf(policy: CfnResource, origin: string, symbolizer: Symbolizer, property = 'PolicyDocument'): PolicyDocument {
  return symbolizer.remember(policy, 'policy document', () => {
    const { Properties } = symbolizer.template.render(policy);
    return isTransformed(Properties) ? hiddenDocument(origin) : readPolicyDocument(Properties[property], origin, policy.stack, symbolizer);
  });
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readStatement(json: any, stack: Stack, symbolizer: Symbolizer): Statement | undefined {
  const values = (value: any) => value === undefined ? undefined : readValues(value, stack, symbolizer);
  const effect = symbolizer.string(json.Effect, stack)?.literal;
  if (effect !== 'Allow' && effect !== 'Deny') { return undefined; }
  return {
    effect,
    sid: symbolizer.string(json.Sid, stack)?.literal,
    actions: values(json.Action),
    notActions: values(json.NotAction),
    resources: values(json.Resource),
    notResources: values(json.NotResource),
    principals: readPrincipals(json.Principal, stack, symbolizer),
    notPrincipals: readPrincipals(json.NotPrincipal, stack, symbolizer),
    conditions: readConditions(json.Condition, stack, symbolizer),
  };
}

function readValues(json: any, stack: Stack, symbolizer: Symbolizer): Values {
  const list = symbolizer.list(json, stack);
  const values = list?.filter(value => value !== undefined) ?? [];
  return { values, complete: list !== undefined && values.length === list.length };
}

function readVersion(json: any, stack: Stack, symbolizer: Symbolizer): HasVariables {
  const version = symbolizer.string(json, stack)?.literal;
  return version === undefined ? 'unknown' : version === '2012-10-17';
}

const ANY_VALUES: Values = { values: [], complete: false };

/** Those of whom nothing can be said: they may be anyone. */
const ANYONE: Principals = new Map(['AWS', 'CanonicalUser', 'Federated', 'Service'].map(type => [type, ANY_VALUES]));

function readPrincipals(json: any, stack: Stack, symbolizer: Symbolizer): Principals | undefined {
  if (json === undefined) { return undefined; }
  const text = typeof json === 'string' || isIntrinsic(json) ? symbolizer.string(json, stack)?.literal : undefined;
  if (text !== undefined) { return new Map([['AWS', readValues(text, stack, symbolizer)]]); }
  if (typeof json !== 'object' || json === null || isIntrinsic(json) || isTransformed(json)) { return ANYONE; }
  return new Map(Object.entries(json).map(([type, value]) => [type, readValues(value, stack, symbolizer)]));
}

function readConditions(json: any, stack: Stack, symbolizer: Symbolizer): Condition[] {
  const unknown = (operator: string): Condition => ({ operator, key: '', values: ANY_VALUES });
  if (isTransformed(json)) { return [unknown('Fn::Transform')]; }
  return Object.entries<any>(json ?? {}).flatMap(([operator, tests]) =>
    typeof tests !== 'object' || tests === null || Array.isArray(tests) || isIntrinsic(tests) || isTransformed(tests) ? [unknown(operator)]
      : Object.entries(tests).map(([key, value]) => ({ operator, key, values: readValues(value, stack, symbolizer) })));
}
