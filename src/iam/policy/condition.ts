import { matchArn } from './arn';
import type { Condition, HasVariables, Values } from './document';
import type { AccessRequest, ContextValues } from './request';
import { patternIn } from './variables';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, fromBoolean, not, type Ternary } from '../../template/ternary';

type Compare = (pattern: SymbolicString, value: SymbolicString) => Ternary;

/**
 * The operators that decide who may read: strings, ARNs and booleans. The rest (numbers, dates, addresses) is unknown.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: (pattern, value) => matchGlob(pattern, value, { literal: true }),
  StringEqualsIgnoreCase: (pattern, value) => matchGlob(pattern, value, { literal: true, ignoreCase: true }),
  StringLike: (pattern, value) => matchGlob(pattern, value),
  // ArnEquals and ArnLike behave identically.
  ArnEquals: matchArn,
  ArnLike: matchArn,
  Bool: (pattern, value) => matchGlob(pattern, value, { literal: true, ignoreCase: true }),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** Is a condition met by a request? */
export function conditionMet(condition: Condition, request: AccessRequest, hasVariables: HasVariables): Ternary {
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(condition.operator)!;
  const present = request.context.get(condition.key.toLowerCase());
  if (!present) { return 'unknown'; }
  if (name === 'Null') { return nullMet(condition.values, present); }
  const negated = Object.hasOwn(NEGATED, name);
  const operator = negated ? NEGATED[name] : name;
  if (!Object.hasOwn(OPERATORS, operator)) { return 'unknown'; }
  // "Exists or not" and "no value, no match" contradict each other, and AWS does not say which of them counts.
  if (present.length === 0 && ifExists && quantifier === 'ForAnyValue') { return 'unknown'; }
  if (present.length === 0) { return fromBoolean(ifExists !== undefined || (quantifier ? quantifier === 'ForAllValues' : negated)); }

  const tests = present.map(value => {
    const matches = matchesAny(OPERATORS[operator], condition.values, value, request, hasVariables);
    return negated ? not(matches) : matches;
  });
  return quantifier === 'ForAnyValue' ? any(tests) : all(tests);
}

/** `Null: true` asks that the key is absent. */
function nullMet(values: Values, present: ContextValues): Ternary {
  const absent = SymbolicString.literal(String(present.length === 0));
  return any([
    ...values.values.map(value => matchGlob(value, absent, { literal: true, ignoreCase: true })),
    ...incompleteness(values),
  ]);
}

function matchesAny(compare: Compare, patterns: Values, value: SymbolicString, request: AccessRequest, hasVariables: HasVariables): Ternary {
  return any([
    ...patterns.values.map(pattern => {
      const read = patternIn(request, pattern, hasVariables);
      return typeof read === 'string' ? read : compare(read, value);
    }),
    ...incompleteness(patterns),
  ]);
}

/** What a list may hold beyond what can be seen of it. */
export function incompleteness(values: Values): Ternary[] {
  return values.complete ? [] : ['unknown'];
}
