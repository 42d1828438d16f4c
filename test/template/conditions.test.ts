import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { conditionHolds } from '../../src/template/conditions';
import { wordedAssumption } from '../../src/template/words';
import { inEveryWorld } from '../../src/template/world';
import { symbolizerOf } from '../iam/private/policies';

/** What an expression can be, over the parameters P and Q, with what is assumed for it. */
function outcomes(expression: any): Record<string, boolean> {
  const stack = new Stack(new App(), 'Stack');
  const p = new CfnParameter(stack, 'P');
  new CfnParameter(stack, 'Q');
  new CfnParameter(stack, 'Zones', { type: 'CommaDelimitedList' });
  new CfnParameter(stack, 'Stage', { allowedValues: ['dev', 'prod'] });
  new CfnCondition(stack, 'IsOne', { expression: Fn.conditionEquals(p.valueAsString, 'one') });
  const found = inEveryWorld(world => conditionHolds(expression, stack, symbolizerOf(stack, world))).all;
  return Object.fromEntries(found.map(({ value, assumptions }) => [assumptions.map(wordedAssumption).join(', '), value]));
}

const isOne = { Condition: 'IsOne' };
const always = { 'Fn::Equals': ['a', 'a'] };
const never = { 'Fn::Equals': ['a', 'b'] };

test.each<[what: string, expression: any, outcomes: Record<string, boolean>]>([
  ['equal text', always, { '': true }],
  ['different text', never, { '': false }],
  ['a parameter and itself', { 'Fn::Equals': [{ Ref: 'P' }, { Ref: 'P' }] }, { '': true }],
  ['a parameter and text', isOne, { 'P is one': true, 'P is not one': false }],
  ['the other way round', { 'Fn::Equals': ['one', { Ref: 'P' }] }, { 'P is one': true, 'P is not one': false }],
  ['the same comparison twice', { 'Fn::And': [isOne, { 'Fn::Equals': ['one', { Ref: 'P' }] }] }, { 'P is one': true, 'P is not one': false }],
  ['two parameters', { 'Fn::Equals': [{ Ref: 'P' }, { Ref: 'Q' }] }, { 'P = Q is true': true, 'P = Q is false': false }],
  ['two comparisons, of which the second decides', { 'Fn::And': [isOne, { 'Fn::Equals': [{ Ref: 'Q' }, 'two'] }] }, {
    'P is one, Q is two': true, 'P is one, Q is not two': false, 'P is not one': false,
  }],
  ['a choice of values', { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { 'Stage is dev': false, 'Stage is prod': true }],
  ['one choice compared twice', { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { 'Fn::Equals': ['dev', { Ref: 'Stage' }] }] },
    { 'Stage is prod': true, 'Stage is dev': true }],
  ['a choice compared to what it cannot be', { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] }, { '': false }],
  ['one parameter compared to two texts', { 'Fn::And': [isOne, { 'Fn::Equals': [{ Ref: 'P' }, 'two'] }] }, { 'P is one': false, 'P is not one': false }],
  ['a parameter without a value', { 'Fn::Equals': [{ Ref: 'P' }, ''] }, { 'P is empty': true, 'P is not empty': false }],
  ['a value that is selected from a parameter', { 'Fn::Equals': [{ 'Fn::Select': [0, { Ref: 'Zones' }] }, 'a'] },
    { 'Select 0 of Zones is a': true, 'Select 0 of Zones is not a': false }],
  ['Fn::Not', { 'Fn::Not': [always] }, { '': false }],
  ['Fn::And that holds', { 'Fn::And': [always, always] }, { '': true }],
  ['Fn::And that does not', { 'Fn::And': [always, never] }, { '': false }],
  ['Fn::Or that holds', { 'Fn::Or': [never, always] }, { '': true }],
  ['Fn::Or that does not', { 'Fn::Or': [never, never] }, { '': false }],
  ['a condition that is not defined', { Condition: 'Nowhere' }, { 'Nowhere is true': true, 'Nowhere is false': false }],
  ['a function that is not known', { 'Fn::Contains': [['a'], 'a'] },
    { 'Contains of a, a is true': true, 'Contains of a, a is false': false }],
])('%s', (_, expression, expected) => {
  expect(outcomes(expression)).toEqual(expected);
});
