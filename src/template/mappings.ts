import type { CfnElement, Stack } from 'aws-cdk-lib';
import type { OpaqueSymbol } from './symbolic/symbolic-string';
import type { Symbolizer } from './symbolizer';

/**
 * The texts that a `Fn::FindInMap` may stand for if one of its keys is known only at deployment, such as the Region: a key that is not in
 * the mapping fails the deployment. Undefined if they cannot all be read
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html).
 */
export function mappedTexts(json: any, stack: Stack, symbolizer: Symbolizer): readonly string[] | undefined {
  const argument = json['Fn::FindInMap'];
  if (!Array.isArray(argument) || argument.length !== 3) { return undefined; }
  const [map, ...keys] = argument.map(key => symbolizer.string(key, stack)?.literal);
  const mapping: CfnElement | undefined = map === undefined ? undefined : symbolizer.template.element(stack, map);
  const found = keys.reduce<any[]>((rows, key) => rows.flatMap(row => key === undefined ? Object.values(row ?? {}) : [row?.[key]]),
    [mapping && symbolizer.template.definition(mapping).body]).filter(value => value !== undefined);
  // In a policy, some characters are more than that.
  const isText = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) && !/[*?$]|\{\{/.test(String(value));
  return found.length > 0 && found.every(isText) ? found.map(String) : undefined;
}

/** What one of several texts is known to begin with and to consist of, whichever it is. */
export function commonTo(texts: readonly string[]): Pick<OpaqueSymbol, 'beginsWith' | 'alphabet' | 'minLength'> {
  let beginsWith = texts[0];
  while (!texts.every(text => text.startsWith(beginsWith))) { beginsWith = beginsWith.slice(0, -1); }
  const rests = texts.map(text => text.slice(beginsWith.length));
  return { beginsWith, alphabet: [...new Set(rests.join(''))].join(''), minLength: Math.min(...rests.map(({ length }) => length)) };
}
