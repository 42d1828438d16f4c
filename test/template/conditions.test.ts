import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { conditionHolds } from '../../src/template/conditions';
import { inEveryWorld } from '../../src/template/world';
import { symbolizerOf } from '../iam/private/policies';

/** What an expression can be, over the parameters P and Q, with what is assumed for it. */
function outcomes(expression: any): Record<string, boolean> {
  const stack = new Stack(new App(), 'Stack');
  const p = new CfnParameter(stack, 'P');
  new CfnParameter(stack, 'Q');
  new CfnParameter(stack, 'Stage', { allowedValues: ['dev', 'prod'] });
  new CfnCondition(stack, 'IsOne', { expression: Fn.conditionEquals(p.valueAsString, 'one') });
  const found = inEveryWorld(world => conditionHolds(expression, stack, symbolizerOf(stack, world)))!;
  return Object.fromEntries(found.map(({ value, assumptions }) => [assumptions.map(({ subject, outcome }) => `${subject}: ${outcome}`).join(', '), value]));
}

const isOne = { Condition: 'IsOne' };
const always = { 'Fn::Equals': ['a', 'a'] };
const never = { 'Fn::Equals': ['a', 'b'] };

test.each<[what: string, expression: any, outcomes: Record<string, boolean>]>([
  ['equal text', always, { '': true }],
  ['different text', never, { '': false }],
  ['a parameter and itself', { 'Fn::Equals': [{ Ref: 'P' }, { Ref: 'P' }] }, { '': true }],
  ['a parameter and text', isOne, { 'one = ${P}: true': true, 'one = ${P}: false': false }],
  ['the other way round', { 'Fn::Equals': ['one', { Ref: 'P' }] }, { 'one = ${P}: true': true, 'one = ${P}: false': false }],
  ['the same comparison twice', { 'Fn::And': [isOne, { 'Fn::Equals': ['one', { Ref: 'P' }] }] }, { 'one = ${P}: true': true, 'one = ${P}: false': false }],
  ['two parameters', { 'Fn::Equals': [{ Ref: 'P' }, { Ref: 'Q' }] }, { '${P} = ${Q}: true': true, '${P} = ${Q}: false': false }],
  ['two comparisons, of which the second decides', { 'Fn::And': [isOne, { 'Fn::Equals': [{ Ref: 'Q' }, 'two'] }] }, {
    'one = ${P}: true, two = ${Q}: true': true, 'one = ${P}: true, two = ${Q}: false': false, 'one = ${P}: false': false,
  }],
  ['a choice of values', { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { 'Stage: dev': false, 'Stage: prod': true }],
  ['Fn::Not', { 'Fn::Not': [always] }, { '': false }],
  ['Fn::And that holds', { 'Fn::And': [always, always] }, { '': true }],
  ['Fn::And that does not', { 'Fn::And': [always, never] }, { '': false }],
  ['Fn::Or that holds', { 'Fn::Or': [never, always] }, { '': true }],
  ['Fn::Or that does not', { 'Fn::Or': [never, never] }, { '': false }],
  ['a condition that is not defined', { Condition: 'Nowhere' }, { '{"Condition":"Nowhere"}: true': true, '{"Condition":"Nowhere"}: false': false }],
  ['a function that is not known', { 'Fn::Contains': [['a'], 'a'] },
    { '{"Fn::Contains":[["a"],"a"]}: true': true, '{"Fn::Contains":[["a"],"a"]}: false': false }],
])('%s', (_, expression, expected) => {
  expect(outcomes(expression)).toEqual(expected);
});
