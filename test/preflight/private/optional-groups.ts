import { Aws, CfnCondition, CfnParameter, Fn, IResolvable, Stack } from 'aws-cdk-lib';
import type { Group } from './cluster-properties';

/** An instance group that is there if a parameter, `no` by default, is `yes`. */
export function optionalGroup(stack: Stack, parameterName: string, group: Partial<Group>): IResolvable {
  return Fn.conditionIf(isYes(stack, parameterName).logicalId, capitalized(group), Aws.NO_VALUE);
}

/** The condition that a parameter, `no` by default, is `yes`. */
export function isYes(stack: Stack, parameterName: string): CfnCondition {
  const parameter = new CfnParameter(stack, parameterName, { allowedValues: ['yes', 'no'], default: 'no' });
  return new CfnCondition(stack, `Is${parameterName}`, { expression: Fn.conditionEquals(parameter, 'yes') });
}

/** What stands within a function is written as CloudFormation spells it. */
function capitalized(props: any): any {
  if (Array.isArray(props)) { return props.map(capitalized); }
  return typeof props !== 'object' ? props
    : Object.fromEntries(Object.entries(props).map(([key, value]) => [key[0].toUpperCase() + key.slice(1), capitalized(value)]));
}
