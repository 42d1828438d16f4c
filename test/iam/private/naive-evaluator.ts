/**
 * IAM's evaluation of one request with every value known, as plainly as AWS's documentation says it. It shares no code with `src`:
 * the proofs there are measured against it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface NaiveCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  /** The outcome of a condition that is not evaluated but drawn. */
  readonly drawn?: boolean;
}

export interface NaiveStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: Readonly<Record<string, readonly string[]>>;
  readonly notPrincipals?: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly NaiveCondition[];
}

export interface NaiveDocument {
  readonly statements: readonly NaiveStatement[];
  readonly hasVariables: boolean;
}

export interface NaiveRequest {
  readonly roleArn: string;
  readonly account: string;
  readonly sessionName: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** By key in lower case. A key that is not there is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface NaivePolicies {
  readonly identity: readonly NaiveDocument[];
  readonly boundary?: readonly NaiveDocument[];
  readonly resource: readonly NaiveDocument[];
  readonly endpoints: readonly (readonly NaiveDocument[])[];
  readonly resourcePolicyRequired: boolean;
}

/** What the documentation leaves open. An answer has to hold in every reading. */
export interface Reading {
  /** "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries." */
  readonly wildcardsSpanSegments: boolean;
  /** Whether a pattern with fewer segments than an ARN has ever matches. */
  readonly shortPatternsMatch: boolean;
  /** Whether a role is left out of a `NotPrincipal` that names it without its session and its account. */
  readonly roleAloneIsExcepted: boolean;
  /** Whether what a resource's policy gives to everyone in its account escapes a permissions boundary in every case. */
  readonly everyoneEscapesBoundary: boolean;
}

export function naiveAllowed(request: NaiveRequest, policies: NaivePolicies, reading: Reading): boolean {
  const { identity, boundary, resource, endpoints } = policies;
  const applies = (statement: NaiveStatement, document: NaiveDocument) => statementApplies(statement, document.hasVariables, request, reading);
  const some = (documents: readonly NaiveDocument[], effect: 'Allow' | 'Deny', how: readonly Named[]) =>
    documents.some(document => document.statements.some(statement => statement.effect === effect
      && applies(statement, document) && how.includes(naming(statement, request, reading, boundary !== undefined))));

  // An explicit deny, wherever it stands, ends the evaluation.
  const anyone: Named[] = ['everyone', 'session', 'role', 'account'];
  if ([identity, boundary ?? [], resource, ...endpoints].some(documents => some(documents, 'Deny', anyone))) { return false; }

  // The endpoint has to let the request through.
  if (!endpoints.every(documents => some(documents, 'Allow', ['everyone', 'session', 'role']))) { return false; }

  const identityAllows = some(identity, 'Allow', anyone);
  const resourceAllowsSession = some(resource, 'Allow', reading.everyoneEscapesBoundary ? ['everyone', 'session'] : ['session']);
  const resourceAllowsRole = some(resource, 'Allow', ['everyone', 'session', 'role']);
  const resourceAllowsAccount = some(resource, 'Allow', anyone);
  const boundaryAllows = boundary === undefined || some(boundary, 'Allow', anyone);

  if (request.account !== request.resourceAccount) {
    return boundaryAllows && identityAllows && resourceAllowsAccount;
  }
  // In one account a boundary does not limit what a resource's policy gives to the session itself.
  if (resourceAllowsSession) { return true; }
  if (!boundaryAllows) { return false; }
  if (policies.resourcePolicyRequired) { return resourceAllowsRole || (identityAllows && resourceAllowsAccount); }
  return identityAllows || resourceAllowsRole;
}

type Named = 'everyone' | 'session' | 'role' | 'account' | 'nobody';

/** How a statement names the role. An identity policy's names it as such. */
function naming({ effect, principals, notPrincipals }: NaiveStatement, request: NaiveRequest, reading: Reading, isBounded: boolean): Named {
  // "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary policy attached."
  if (notPrincipals && effect === 'Deny' && isBounded) { return 'everyone'; }
  if (principals) { return namedBy(principals.AWS ?? [], request); }
  if (notPrincipals) {
    const listed = notPrincipals.AWS ?? [];
    const names = listed.map(one => namedBy([one], request));
    const excepted = reading.roleAloneIsExcepted
      ? names.some(name => name !== 'nobody')
      : names.includes('everyone') || (['session', 'role', 'account'] as const).every(name => names.includes(name));
    return excepted ? 'nobody' : 'everyone';
  }
  return 'role';
}

function namedBy(listed: readonly string[], { roleArn, account, sessionName }: NaiveRequest): Named {
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  if (listed.includes('*')) { return 'everyone'; }
  if (listed.includes(`arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`)) { return 'session'; }
  if (listed.includes(roleArn)) { return 'role'; }
  return listed.includes(account) || listed.includes(`arn:aws:iam::${account}:root`) ? 'account' : 'nobody';
}

function statementApplies(statement: NaiveStatement, hasVariables: boolean, request: NaiveRequest, reading: Reading): boolean {
  const { actions, notActions, resources, notResources, conditions } = statement;
  const isAction = (pattern: string) => globMatches(wild(pattern.toLowerCase()), request.action.toLowerCase());
  const isResource = (pattern: string) => {
    const filled = fill(pattern, request, hasVariables);
    return filled !== undefined && arnMatches(filled, request.resource, reading);
  };
  if (actions && !actions.some(isAction)) { return false; }
  if (notActions && notActions.some(isAction)) { return false; }
  if (resources && !resources.some(isResource)) { return false; }
  if (notResources && notResources.some(isResource)) { return false; }
  return conditions.every(condition => conditionHolds(condition, request, hasVariables, reading));
}

function conditionHolds(condition: NaiveCondition, request: NaiveRequest, hasVariables: boolean, reading: Reading): boolean {
  if (condition.drawn !== undefined) { return condition.drawn; }
  let name = condition.operator;
  const forAll = name.startsWith('ForAllValues:');
  const forAny = name.startsWith('ForAnyValue:');
  name = name.replace('ForAllValues:', '').replace('ForAnyValue:', '');
  const values = request.context[condition.key.toLowerCase()] ?? [];
  if (name === 'Null') { return condition.values.some(value => (value.toLowerCase() === 'true') === (values.length === 0)); }

  if (name.endsWith('IfExists')) {
    if (values.length === 0) { return true; }
    name = name.replace('IfExists', '');
  }
  const negated = name.includes('Not');
  name = name.replace('Not', '');
  if (values.length === 0) { return forAll || (negated && !forAny); }

  const matches = (value: string) => condition.values.some(pattern => {
    const filled = fill(pattern, request, hasVariables);
    if (filled === undefined) { return false; }
    const text = filled.map(({ char }) => char).join('');
    switch (name) {
      case 'StringEquals': return text === value;
      case 'StringEqualsIgnoreCase':
      case 'Bool': return text.toLowerCase() === value.toLowerCase();
      case 'StringLike': return globMatches(filled, value);
      case 'ArnEquals':
      case 'ArnLike': return arnMatches(filled, value, reading);
      default: throw new Error(`not an operator of this evaluator: ${name}`);
    }
  });
  const holds = (value: string) => matches(value) !== negated;
  return forAny ? values.some(holds) : values.every(holds);
}

/** A character of a pattern, and whether it is one of IAM's wildcards. */
interface PatternChar {
  readonly char: string;
  readonly wildcard: boolean;
}

function wild(text: string): PatternChar[] {
  return [...text].map(char => ({ char, wildcard: char === '*' || char === '?' }));
}

/** Puts in the values of policy variables, whose own asterisks mean nothing. Undefined if one has no value. */
function fill(pattern: string, request: NaiveRequest, hasVariables: boolean): PatternChar[] | undefined {
  if (!hasVariables) { return wild(pattern); }
  const filled: PatternChar[] = [];
  for (let rest = pattern; rest !== '';) {
    const variable = /^\$\{([^}]*)\}/.exec(rest);
    if (variable) {
      const values = request.context[variable[1].toLowerCase()] ?? [];
      if (values.length === 0) { return undefined; }
      filled.push(...[...values[0]].map(char => ({ char, wildcard: false })));
    } else {
      filled.push(...wild(rest[0]));
    }
    rest = rest.slice(variable ? variable[0].length : 1);
  }
  return filled;
}

function globMatches(pattern: readonly PatternChar[], text: string): boolean {
  return new RegExp(`^${pattern.map(char => expression(char, '[^]')).join('')}$`).test(text);
}

function expression({ char, wildcard }: PatternChar, any: string): string {
  if (!wildcard) { return '\\^$.*+?()[]{}|/'.includes(char) ? `\\${char}` : char; }
  return char === '*' ? `${any}*` : any;
}

function arnMatches(pattern: readonly PatternChar[], arn: string, reading: Reading): boolean {
  if (pattern.length === 1 && pattern[0].char === '*' && pattern[0].wildcard) { return true; }
  const segments: PatternChar[][] = [[]];
  for (const char of pattern) {
    if (char.char === ':' && segments.length < 6) { segments.push([]); } else { segments[segments.length - 1].push(char); }
  }
  if (segments.length < 6) { return reading.shortPatternsMatch && globMatches(pattern, arn); }
  const [first, partition, service, region, account, ...resource] = arn.split(':');
  const isSegmentwise = [first, partition, service, region, account, resource.join(':')]
    .every((segment, index) => globMatches(segments[index], segment));
  if (isSegmentwise || !reading.wildcardsSpanSegments) { return isSegmentwise; }
  const source = segments.map((segment, index) => segment.map((char, at) =>
    expression(char, index === 5 || (char.char === '*' && at === segment.length - 1) ? '[^]' : '[^:]')).join('')).join(':');
  return new RegExp(`^${source}$`).test(arn);
}

/** The same comparison for text patterns, for tests of ARNs alone. */
export function naiveArnMatches(pattern: string, arn: string, reading: Reading): boolean {
  return arnMatches(wild(pattern), arn, reading);
}

/** The same comparison for text patterns, for tests of globs alone. */
export function naiveGlobMatches(pattern: string, text: string, options: { ignoreCase?: boolean; literal?: boolean } = {}): boolean {
  const fold = (value: string) => options.ignoreCase ? value.toLowerCase() : value;
  const chars = options.literal ? [...fold(pattern)].map(char => ({ char, wildcard: false })) : wild(fold(pattern));
  return globMatches(chars, fold(text));
}
