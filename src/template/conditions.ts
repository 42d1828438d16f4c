import type { Stack } from 'aws-cdk-lib';
import { opaqueValue } from './environment';
import { matchGlob } from './symbolic/glob';
import { SymbolicString } from './symbolic/symbolic-string';
import type { Symbolizer } from './symbolizer';
import { worded } from './words';
import { condition, type Variable } from './world';

/**
 * Does a condition hold, in the symbolizer's world?
 *
 * A parameter is one decision, however many conditions compare it: no world has two values for it.
 */
export function conditionHolds(expression: any, stack: Stack, symbolizer: Symbolizer): boolean {
  const [[name, argument]] = Object.entries<any>(expression);
  switch (name) {
    case 'Condition': {
      const body = conditionNamed(argument, stack, symbolizer);
      if (!body) { return symbolizer.world.is(condition(opaqueValue(expression, stack).key, argument), 'true'); }
      return symbolizer.remember(stack, `condition ${argument}`, () => conditionHolds(body, stack, symbolizer));
    }
    case 'Fn::Not': return !conditionHolds(argument[0], stack, symbolizer);
    case 'Fn::And': return argument.every((operand: any) => conditionHolds(operand, stack, symbolizer));
    case 'Fn::Or': return argument.some((operand: any) => conditionHolds(operand, stack, symbolizer));
    case 'Fn::Equals': return valuesAreEqual(argument, stack, symbolizer);
    default: {
      const value = opaqueValue(expression, stack);
      return symbolizer.world.is(condition(value.key, worded(value)), 'true');
    }
  }
}

function conditionNamed(name: any, stack: Stack, symbolizer: Symbolizer): any {
  const element = symbolizer.template.element(stack, name);
  const definition = element && symbolizer.template.definition(element);
  return definition?.section === 'Conditions' ? definition.body : undefined;
}

function valuesAreEqual(operands: any[], stack: Stack, symbolizer: Symbolizer): boolean {
  const choices = operands.map(operand => symbolizer.choice(operand, stack));
  const values = operands.map((operand, index) => choices[index] ? undefined : symbolizer.string(operand, stack) ?? opaqueValue(operand, stack));
  const literal = values.find(value => value?.literal !== undefined)?.literal;
  const choice = choices.find(one => one !== undefined);
  if (choice && literal !== undefined) { return symbolizer.world.is(choice, literal); }
  const [left, right] = values.map((value, index) => value ?? symbolizer.string(operands[index], stack)!);
  return areEqual(left, right, symbolizer);
}

function areEqual(left: SymbolicString, right: SymbolicString, { world }: Symbolizer): boolean {
  if (left.equals(right)) { return true; }
  if (matchGlob(left, right, { literal: true }) === 'no') { return false; }
  const [known, other] = left.literal === undefined ? [right, left] : [left, right];
  if (known.literal !== undefined) { return world.is(unrestricted(other), known.literal); }
  const [first, second] = [left, right].sort((one, another) => one.key < another.key ? -1 : 1);
  return world.is(condition(`${first.key} = ${second.key}`, `${worded(first)} = ${worded(second)}`), 'true');
}

function unrestricted(value: SymbolicString): Variable {
  const [symbol, ...more] = value.pieces;
  return { id: typeof symbol === 'object' && more.length === 0 ? symbol.id : value.key, name: worded(value), default: defaultOf(value) };
}

function defaultOf({ pieces: [symbol, ...more] }: SymbolicString): string | undefined {
  return typeof symbol === 'object' && more.length === 0 ? symbol.default : undefined;
}
