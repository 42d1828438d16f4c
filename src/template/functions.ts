import { CfnElement, Stack } from 'aws-cdk-lib';
import { accountOf, pseudoParameter, regionOf } from './environment';
import { sameValue } from './symbolic/same-value';
import { type OpaqueSymbol, SymbolicString } from './symbolic/symbolic-string';
import type { Symbolizer } from './symbolizer';

type Value = SymbolicString | (SymbolicString | undefined)[] | undefined;
type Evaluate = (argument: any, stack: Stack, symbolizer: Symbolizer) => Value;

/**
 * The intrinsic functions that can be computed without deploying; undefined for a value that cannot.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  'Ref': (name, stack, symbolizer) => {
    const pseudo = pseudoParameter(name, stack);
    if (pseudo) { return pseudo; }
    const target = symbolizer.template.element(stack, name);
    return target && symbolizer.attributeOf(target, 'Ref');
  },

  'Fn::GetAtt': (argument, stack, symbolizer) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : argument;
    const target = symbolizer.template.element(stack, logicalId);
    return target && symbolizer.attributeOf(target, attribute.join('.'));
  },

  'Fn::Join': ([separator, items], stack, symbolizer) => {
    const parts = symbolizer.items(items, stack);
    if (typeof separator !== 'string' || !parts?.every(part => part !== undefined)) { return undefined; }
    return SymbolicString.concat(...parts.flatMap((part, index) => index === 0 ? [part] : [separator, part]));
  },

  'Fn::Sub': (argument, stack, symbolizer) => {
    const [body, variables = {}] = Array.isArray(argument) ? argument : [argument];
    // Its text is not read before it is complete: what it is filled with may stand within a dynamic reference.
    const text = typeof body === 'string' ? SymbolicString.literal(body) : symbolizer.string(body, stack);
    return text && substitute(text, name => substitution(name, variables, stack, symbolizer));
  },

  'Fn::Split': ([separator, source], stack, symbolizer) => {
    const text = symbolizer.string(source, stack);
    const certain = text?.symbols.every(symbol => holdsNothingOf(symbol, separator));
    return certain ? [...text!.split(separator)] : undefined;
  },

  'Fn::Select': ([index, items], stack, symbolizer) => symbolizer.items(items, stack)?.[Number(index)],

  'Fn::FindInMap': (argument, stack, symbolizer) => {
    const [map, first, second] = argument.map((key: any) => symbolizer.string(key, stack)?.literal);
    const mapping = map === undefined ? undefined : symbolizer.template.element(stack, map);
    const found = mapping && symbolizer.template.definition(mapping).body?.[first]?.[second];
    return Array.isArray(found) ? symbolizer.list(found, stack) : symbolizer.string(found, stack);
  },

  'Fn::ImportValue': (argument, stack, symbolizer) => {
    const name = symbolizer.string(argument, stack);
    const outputs = symbolizer.template.constructs.filter(construct => CfnElement.isCfnElement(construct))
      .filter(element => isBeside(element.stack, stack) && sameValue(exportName(element, symbolizer), name));
    return outputs.length === 1 ? symbolizer.output(outputs[0]) : undefined;
  },
};

/** The value of an intrinsic function, if it can be known now. */
export function evaluateFunction(json: any, stack: Stack, symbolizer: Symbolizer): Value {
  const [[name, argument] = ['', undefined], ...others] = Object.entries<any>(json);
  return others.length === 0 && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name](argument, stack, symbolizer) : undefined;
}

/** A symbol that may hold the separator, or a part of it beside the rest, would shift everything behind it. */
function holdsNothingOf({ alphabet, beginsWith = '', minLength = 0 }: OpaqueSymbol, separator: string): boolean {
  return alphabet !== undefined && [...separator].every(char => !alphabet.includes(char) && !beginsWith.includes(char))
    && (separator.length === 1 || minLength > 0);
}

function substitution(name: string, variables: any, stack: Stack, symbolizer: Symbolizer): SymbolicString | undefined {
  if (Object.hasOwn(variables, name)) { return symbolizer.string(variables[name], stack); }
  return symbolizer.string(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, stack);
}

/** Replaces `${Name}`; `${!Name}` stands for the text `${Name}`. */
function substitute(text: SymbolicString, value: (name: string) => SymbolicString | undefined): SymbolicString | undefined {
  const parts: (SymbolicString | undefined)[] = text.pieces.flatMap(piece => {
    if (typeof piece !== 'string') { return [SymbolicString.symbol(piece)]; }
    return piece.split(/(\$\{[^}]*\})/).map((part, index) => {
      if (index % 2 === 0) { return SymbolicString.literal(part); }
      const name = part.slice(2, -1);
      return name.startsWith('!') ? SymbolicString.literal(`\${${name.slice(1)}}`) : value(name.trim());
    });
  });
  return parts.every(part => part !== undefined) ? SymbolicString.concat(...parts) : undefined;
}

/** Exports are seen in one account and region only. */
function isBeside(exporting: Stack, importing: Stack): boolean {
  return accountOf(exporting.account).equals(accountOf(importing.account)) && regionOf(exporting.region).equals(regionOf(importing.region));
}

function exportName(element: CfnElement, symbolizer: Symbolizer): SymbolicString | undefined {
  if (isResourceLike(element)) { return undefined; }
  const { section, body } = symbolizer.template.definition(element);
  return section === 'Outputs' && body?.Export ? symbolizer.string(body.Export.Name, element.stack) : undefined;
}

/** Spares the rendering of resources, by far the most of an app's elements, which are never outputs. */
function isResourceLike(element: CfnElement): boolean {
  return 'cfnResourceType' in element;
}

/**
 * The texts that a `Fn::FindInMap` by a Region which is known only at deployment may stand for: a Region that is not in the mapping fails
 * the deployment. Undefined if they cannot all be read
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html).
 */
export function textsByRegion(json: any, stack: Stack, symbolizer: Symbolizer): readonly string[] | undefined {
  const argument = json['Fn::FindInMap'];
  if (!Array.isArray(argument) || argument.length !== 3) { return undefined; }
  const [map, ...keys] = argument.map(key => symbolizer.string(key, stack));
  const isRegion = (key?: SymbolicString) => key?.equals(regionOf(stack.region)) === true;
  if (!keys.every(key => isRegion(key) || key?.literal !== undefined)) { return undefined; }
  const mapping = map?.literal === undefined ? undefined : symbolizer.template.element(stack, map.literal);
  const found = keys.reduce<any[]>((rows, key) => rows.flatMap(row => key?.literal === undefined ? Object.values(row ?? {}) : [row?.[key.literal]]),
    [mapping && symbolizer.template.definition(mapping).body]).filter(value => value !== undefined);
  // In a policy, some characters are more than that.
  const isText = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) && !/[*?$]|\{\{/.test(String(value));
  return found.length > 0 && found.every(isText) ? found.map(String) : undefined;
}
