import { matchArn } from './arn';
import type { Condition, HasVariables, Values } from './document';
import type { AccessRequest, ContextValues } from './request';
import { patternIn } from './variables';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, consensus, fromBoolean, not, type Ternary } from '../../template/ternary';

type Compare = (pattern: SymbolicString, value: SymbolicString) => Ternary;

/**
 * The operators that decide who may read: strings, ARNs, booleans and least or most numbers. The rest (dates, addresses) is unknown.
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
  NumericLessThan: numeric((limit, value) => value < limit),
  NumericLessThanEquals: numeric((limit, value) => value <= limit),
  NumericGreaterThan: numeric((limit, value) => value > limit),
  NumericGreaterThanEquals: numeric((limit, value) => value >= limit),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** Compares numbers, as far as it is known which they are. */
function numeric(compare: (limit: number, value: number) => boolean): Compare {
  return (pattern, value) => {
    const limit = numberIn(pattern.literal);
    const numbers = possibleTexts(value).map(numberIn);
    return limit === undefined || !numbers.every(number => number !== undefined) ? 'unknown'
      : consensus(numbers.map(number => fromBoolean(compare(limit, number))));
  };
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** All texts that a value may be, if it holds at most one symbol, of one character. */
function possibleTexts({ literal, pieces, symbols: [symbol, ...more] }: SymbolicString): (string | undefined)[] {
  if (literal !== undefined) { return [literal]; }
  if (more.length > 0 || !symbol.fixedLength || symbol.minLength !== 1 || symbol.alphabet === undefined || symbol.beginsWith) { return [undefined]; }
  return [...symbol.alphabet].map(char => pieces.map(piece => typeof piece === 'string' ? piece : char).join(''));
}

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
