import type { Stack } from 'aws-cdk-lib';
import { accountOf, regionOf } from './environment';
import { SymbolicString } from './symbolic/symbolic-string';

const START = '{{resolve:';
const END = '}}';

/**
 * Text with dynamic references, however it is put together. Their values are read at deployment, and each is one symbol by its text: where
 * account and Region are the same, so is the value
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html).
 */
export function readDynamicReferences(text: SymbolicString, stack: Stack): SymbolicString {
  const [before, rest] = text.splitOnce(START) ?? [];
  const [body, after] = rest?.splitOnce(END) ?? [];
  if (!before || !body || !after) { return text; }
  const place = SymbolicString.concat(accountOf(stack.account), '/', regionOf(stack.region)).key;
  const reference = { id: `${place}:${START}${body.literal ?? body.key}${END}`, placeholder: `${START}${body}${END}` };
  return SymbolicString.concat(before, reference, readDynamicReferences(after, stack));
}
