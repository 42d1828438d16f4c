import type { Stack } from 'aws-cdk-lib';
import { opaqueValue } from './environment';
import type { Symbolizer } from './symbolizer';

/**
 * Does a condition hold, in the symbolizer's world?
 *
 * `Fn::Equals` of values that are not known is the world's to decide. Worlds that no deployment can bring about are looked at too
 * (one parameter equal to two values): they can cost an answer, never make a wrong one.
 */
export function conditionHolds(expression: any, stack: Stack, symbolizer: Symbolizer): boolean {
  const [[name, argument]] = Object.entries<any>(expression);
  switch (name) {
    case 'Condition': {
      const element = symbolizer.template.element(stack, argument);
      const definition = element && symbolizer.template.definition(element);
      return definition?.section === 'Conditions'
        ? conditionHolds(definition.body, stack, symbolizer) : decide(expression, stack, symbolizer);
    }
    case 'Fn::Not': return !conditionHolds(argument[0], stack, symbolizer);
    case 'Fn::And': return argument.every((operand: any) => conditionHolds(operand, stack, symbolizer));
    case 'Fn::Or': return argument.some((operand: any) => conditionHolds(operand, stack, symbolizer));
    case 'Fn::Equals': return valuesAreEqual(argument, stack, symbolizer);
    default: return decide(expression, stack, symbolizer);
  }
}

function valuesAreEqual(operands: any[], stack: Stack, symbolizer: Symbolizer): boolean {
  const [left, right] = operands.map(operand => symbolizer.string(operand, stack) ?? opaqueValue(operand, stack));
  if (left.equals(right)) { return true; }
  if (left.literal !== undefined && right.literal !== undefined) { return false; }
  const [first, second] = [left, right].sort((one, other) => one.key < other.key ? -1 : 1);
  return isTrue(symbolizer, `${first.key} = ${second.key}`, `${first} = ${second}`);
}

function decide(expression: any, stack: Stack, symbolizer: Symbolizer): boolean {
  return isTrue(symbolizer, opaqueValue(expression, stack).key, JSON.stringify(expression));
}

function isTrue(symbolizer: Symbolizer, id: string, description: string): boolean {
  return symbolizer.world.decide(id, ['true', 'false'], description) === 'true';
}
