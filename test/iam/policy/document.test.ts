import { App, CfnCondition, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { type PolicyDocument, readPolicyDocument } from '../../../src/iam/policy/document';
import { documentOf, symbolizerOf } from '../private/policies';

const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const actions = ({ statements }: PolicyDocument) => statements.map(one => one.actions?.values.map(String));

test.each([
  ['JSON', { Version: '2012-10-17', Statement: [statement] }],
  ['a string of JSON', JSON.stringify({ Version: '2012-10-17', Statement: [statement] })],
  ['a single statement', { Version: '2012-10-17', Statement: statement }],
])('%s is read', (_, json) => {
  const document = documentOf(json);
  expect(document).toMatchObject({ origin: 'policy', hidden: undefined, hasVariables: true });
  expect(actions(document)).toEqual([['s3:*']]);
});

test.each([
  ['2012-10-17', true],
  ['2008-10-17', false],
  [undefined, false],
])('version %s has policy variables: %s', (Version, hasVariables) => {
  expect(documentOf({ Version, Statement: [] }).hasVariables).toBe(hasVariables);
});

test.each([
  ['a reference', { Ref: 'P' }],
  ['a transform', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['text that is no JSON', 'not json'],
  ['null', null],
])('%s in place of the document hides it', (_, json) => {
  expect(documentOf(json)).toMatchObject({ statements: [], hidden: 'the document is not known until deployment' });
});

test('no document at all hides nothing', () => {
  expect(documentOf({ Ref: 'AWS::NoValue' })).toMatchObject({ statements: [], hidden: undefined });
});

test.each([
  ['a reference', { Ref: 'P' }],
  ['null', null],
  ['text', 'text'],
  ['an effect that is not known', { ...statement, Effect: { Ref: 'P' } }],
  ['an effect that there is not', { ...statement, Effect: 'allow' }],
  ['an effect that is a list', { ...statement, Effect: ['Allow'] }],
])('%s in place of a statement hides it, and no other', (_, entry) => {
  const document = documentOf({ Statement: [statement, entry] });
  expect(document.hidden).toBe('a statement is not known until deployment');
  expect(actions(document)).toEqual([['s3:*']]);
});

test('all elements', () => {
  const [one, other] = documentOf({
    Statement: [{
      Sid: 'One',
      Effect: 'Deny',
      NotAction: ['a', { Ref: 'P' }],
      NotResource: 'r',
      NotPrincipal: { AWS: ['1', '2'], Service: 's' },
      Condition: { StringLike: { k: ['x', 'y'], l: 'z' }, Bool: { m: true, n: 1 } },
    }, { Effect: 'Allow', Principal: '*' }],
  }).statements;
  const texts = (values?: { values: readonly unknown[] }) => values?.values.map(String);
  expect(one).toMatchObject({ sid: 'One', effect: 'Deny', actions: undefined, resources: undefined, principals: undefined });
  expect([texts(one.notActions), texts(one.notResources)]).toEqual([['a', '${P}'], ['r']]);
  expect([...one.notPrincipals!].map(([type, values]) => [type, texts(values)])).toEqual([['AWS', ['1', '2']], ['Service', ['s']]]);
  expect(one.conditions.map(({ operator, key, values }) => [operator, key, texts(values), values.complete])).toEqual([
    ['StringLike', 'k', ['x', 'y'], true], ['StringLike', 'l', ['z'], true], ['Bool', 'm', ['true'], true], ['Bool', 'n', ['1'], true],
  ]);
  expect(texts(other.principals!.get('AWS'))).toEqual(['*']);
});

test.each([
  ['a list within a list', ['a', ['b']]],
  ['a split of something unknown', { 'Fn::Split': [',', { Ref: 'P' }] }],
  ['an object', [{}]],
])('%s leaves the values incomplete', (_, Action) => {
  const [{ actions: values }] = documentOf({ Statement: [{ ...statement, Action }] }).statements;
  if (_ === 'an object') {
    expect(values).toMatchObject({ complete: true, values: [{ pieces: [{ placeholder: '{}' }] }] });
  } else {
    expect(values!.complete).toBe(false);
  }
});

test.each([
  ['operators that are not objects', { StringEquals: 'x' }],
  ['operators that are lists', { StringEquals: ['x'] }],
  ['null', { StringEquals: null }],
])('a condition with %s cannot be decided', (_, Condition) => {
  expect(documentOf({ Statement: [{ ...statement, Condition }] }).statements[0].conditions)
    .toEqual([{ operator: 'StringEquals', key: '', values: { values: [], complete: false } }]);
});

describe('conditions of the template', () => {
  function read(outcome: 'true' | 'false', json: (condition: string) => any): PolicyDocument {
    const stack = new Stack(new App(), 'Stack');
    const parameter = new CfnParameter(stack, 'P');
    const condition = new CfnCondition(stack, 'IsProduction', { expression: Fn.conditionEquals(parameter.valueAsString, 'production') });
    return readPolicyDocument(json(stack.resolve(condition.logicalId)), 'policy', stack, symbolizerOf(stack, { is: () => outcome === 'true' }));
  }

  test.each([['true', ['s3:*']], ['false', ['s3:Get*']]] as const)('choose a value when %s', (outcome, expected) => {
    const Action = (name: string) => ({ 'Fn::If': [name, 's3:*', 's3:Get*'] });
    expect(actions(read(outcome, name => ({ Statement: [{ ...statement, Action: Action(name) }] })))).toEqual([expected]);
  });

  test.each([['true', 2], ['false', 1]] as const)('leave a statement out when %s', (outcome, count) => {
    const document = read(outcome, name => ({ Statement: [statement, { 'Fn::If': [name, statement, { Ref: 'AWS::NoValue' }] }] }));
    expect([document.statements.length, document.hidden]).toEqual([count, undefined]);
  });

  test.each([['true', 1], ['false', 0]] as const)('leave the document out when %s', (outcome, count) => {
    const document = read(outcome, name => ({ 'Fn::If': [name, { Statement: statement }, { Ref: 'AWS::NoValue' }] }));
    expect([document.statements.length, document.hidden]).toEqual([count, undefined]);
  });
});

test('tokens in a string of JSON are not read as text', () => {
  const stack = new Stack(new App(), 'Stack');
  const json = stack.resolve(stack.toJsonString({ Statement: [{ ...statement, Resource: Token.asString({ Ref: 'AWS::StackId' }) }] }));
  expect(readPolicyDocument(json, 'policy', stack, symbolizerOf(stack)).hidden).toBe('the document is not known until deployment');
});
