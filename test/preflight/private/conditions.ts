import { CfnCondition, CfnParameter, Fn, type Stack, Token } from 'aws-cdk-lib';
import type { Group } from './cluster-properties';

/** Conditions that do not depend on each other: whether the parameters `P0`, `P1` … are `yes`. */
export function conditions(stack: Stack, count: number): string[] {
  return Array.from({ length: count }, (_, index) => new CfnCondition(stack, `Is${index}`, {
    expression: Fn.conditionEquals(new CfnParameter(stack, `P${index}`).valueAsString, 'yes'),
  }).logicalId);
}

/** A group that there is if a condition holds, and what there is if it does not. */
export function groupUnder(condition: string, one: Group, otherwise?: Group): Group {
  const inTemplate = (group: Group) => Object.fromEntries(Object.entries(group).map(([key, value]) => [inCapitals(key), deep(value)]));
  return Token.asAny({ 'Fn::If': [condition, inTemplate(one), otherwise ? inTemplate(otherwise) : { Ref: 'AWS::NoValue' }] }) as unknown as Group;
}

/** The properties of an L1 as CloudFormation spells them, as far as capitals go. */
function deep(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(deep); }
  return typeof value !== 'object' || value === null || Token.isUnresolved(value) ? value
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [inCapitals(key), deep(one)]));
}

function inCapitals(key: string): string {
  return (key.charAt(0).toUpperCase() + key.slice(1)).replace(/Gb$/, 'GB');
}
