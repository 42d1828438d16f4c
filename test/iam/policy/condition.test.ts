import { conditionMet } from '../../../src/iam/policy/condition';
import type { Ternary } from '../../../src/template/ternary';
import { symbolic } from '../../template/private/strings';
import { objectRequest } from '../private/policies';

type Row = [operator: string, values: string[], present: string[], met: Ternary];

function met(operator: string, values: readonly string[], present: string[], complete = true): Ternary {
  const condition = { operator, key: 'Some:Key', values: { values: values.map(symbolic), complete } };
  return conditionMet(condition, objectRequest({ context: { 'some:kEY': present } }), true);
}

describe('operators', () => {
  test.each<Row>([
    ['StringEquals', ['a'], ['a'], 'yes'],
    ['StringEquals', ['a'], ['A'], 'no'],
    ['StringEquals', ['b', 'a'], ['a'], 'yes'],
    ['StringEquals', ['a*'], ['ab'], 'no'],
    ['StringEquals', ['<P>'], ['a'], 'unknown'],
    ['StringEquals', ['<P>'], ['<P>'], 'yes'],
    ['StringNotEquals', ['a'], ['a'], 'no'],
    ['StringNotEquals', ['b', 'a'], ['a'], 'no'],
    ['StringNotEquals', ['b', 'c'], ['a'], 'yes'],
    ['StringNotEquals', ['<P>'], ['a'], 'unknown'],
    ['StringEqualsIgnoreCase', ['A'], ['a'], 'yes'],
    ['StringEqualsIgnoreCase', ['A*'], ['ab'], 'no'],
    ['StringNotEqualsIgnoreCase', ['A'], ['a'], 'no'],
    ['StringLike', ['a*'], ['ab'], 'yes'],
    ['StringLike', ['A*'], ['ab'], 'no'],
    ['StringLike', ['a?'], ['a'], 'no'],
    ['StringNotLike', ['a*'], ['ab'], 'no'],
    ['StringNotLike', ['b*'], ['ab'], 'yes'],
    ['ArnEquals', ['arn:aws:iam::*:role/*'], ['arn:aws:iam::1:role/x'], 'yes'],
    ['ArnLike', ['arn:aws:iam::*:role/*'], ['arn:aws:iam::1:role/x'], 'yes'],
    ['ArnLike', ['arn:aws:iam::*:user/*'], ['arn:aws:iam::1:role/x'], 'no'],
    ['ArnNotLike', ['arn:aws:iam::*:role/*'], ['arn:aws:iam::1:role/x'], 'no'],
    ['ArnNotEquals', ['arn:aws:iam::*:user/*'], ['arn:aws:iam::1:role/x'], 'yes'],
    ['Bool', ['true'], ['true'], 'yes'],
    ['Bool', ['True'], ['true'], 'yes'],
    ['Bool', ['false'], ['true'], 'no'],
    ['Bool', ['t*'], ['true'], 'no'],
    ['NumericEquals', ['1'], ['1'], 'unknown'],
    ['NumericEquals', ['1'], [], 'unknown'],
    ['IpAddress', ['10.0.0.0/8'], ['10.0.0.1'], 'unknown'],
    ['toString', ['1'], ['1'], 'unknown'],
    ['stringequals', ['a'], ['a'], 'unknown'],
  ])('%s %j of %j: %s', (operator, values, present, answer) => {
    expect(met(operator, values, present)).toBe(answer);
  });
});

describe('a key that is absent', () => {
  test.each<[operator: string, met: Ternary]>([
    ['StringEquals', 'no'],
    ['StringNotEquals', 'yes'],
    ['ArnNotLike', 'yes'],
    ['StringEqualsIfExists', 'yes'],
    ['StringNotEqualsIfExists', 'yes'],
    ['BoolIfExists', 'yes'],
    ['Bool', 'no'],
    ['ForAllValues:StringEquals', 'yes'],
    ['ForAllValues:StringNotEquals', 'yes'],
    ['ForAnyValue:StringEquals', 'no'],
    ['ForAnyValue:StringNotEquals', 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'unknown'],
    ['ForAnyValue:StringNotEqualsIfExists', 'unknown'],
    ['ForAllValues:StringEqualsIfExists', 'yes'],
  ])('%s: %s', (operator, answer) => {
    expect(met(operator, ['a'], [])).toBe(answer);
  });
});

describe('several values', () => {
  test.each<Row>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
    ['ForAllValues:StringEquals', ['a'], ['a', 'b'], 'no'],
    ['ForAllValues:StringEquals', ['a'], ['a', '<P>'], 'unknown'],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'b'], 'yes'],
    ['ForAnyValue:StringEquals', ['c'], ['a', 'b'], 'no'],
    ['ForAnyValue:StringEquals', ['a'], ['a', '<P>'], 'yes'],
    ['ForAllValues:StringNotEquals', ['c'], ['a', 'b'], 'yes'],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'b'], 'no'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'no'],
    ['ForAllValues:StringLikeIfExists', ['a*'], ['ab'], 'yes'],
  ])('%s %j of %j: %s', (operator, values, present, answer) => {
    expect(met(operator, values, present)).toBe(answer);
  });
});

describe('Null', () => {
  test.each<[values: string[], present: string[], met: Ternary]>([
    [['true'], [], 'yes'],
    [['true'], ['a'], 'no'],
    [['false'], [], 'no'],
    [['false'], ['a'], 'yes'],
    [['False'], [''], 'yes'],
    [['t*'], [], 'no'],
    [['<P>'], ['a'], 'unknown'],
    [['true', 'false'], ['a'], 'yes'],
  ])('%j of %j: %s', (values, present, answer) => {
    expect(met('Null', values, present)).toBe(answer);
  });
});

test('a key of which the request says nothing is unknown, whatever the operator', () => {
  const values = { values: [symbolic('a')], complete: true };
  for (const operator of ['StringEquals', 'StringNotEqualsIfExists', 'Null', 'ForAllValues:StringEquals']) {
    expect(conditionMet({ operator, key: 'aws:SourceVpc', values }, objectRequest(), true)).toBe('unknown');
  }
});

test.each<[operator: string, values: string[], met: Ternary]>([
  ['StringEquals', ['a'], 'yes'],
  ['StringEquals', ['b'], 'unknown'],
  ['StringNotEquals', ['a'], 'no'],
  ['StringNotEquals', ['b'], 'unknown'],
  ['Null', ['false'], 'yes'],
  ['Null', ['true'], 'unknown'],
])('%s of a list that shows only %j: %s', (operator, values, answer) => {
  expect(met(operator, values, ['a'], false)).toBe(answer);
});

test.each<[value: string, met: Ternary]>([
  ['${aws:PrincipalAccount}', 'yes'],
  ['${aws:username}', 'unknown'],
  ['${s3:prefix}', 'no'],
])('the policy variable %s is of a value that is known, not known, or absent: %s', (value, answer) => {
  const condition = { operator: 'StringEquals', key: 'aws:PrincipalAccount', values: { values: [symbolic(value)], complete: true } };
  expect(conditionMet(condition, objectRequest({ context: { 's3:prefix': [] } }), true)).toBe(answer);
});

test('policy variables are values only in documents that have them', () => {
  const condition = { operator: 'StringEquals', key: 'aws:PrincipalAccount', values: { values: [symbolic('${aws:ResourceAccount}')], complete: true } };
  expect([true, false].map(hasVariables => conditionMet(condition, objectRequest(), hasVariables))).toEqual(['yes', 'no']);
});
