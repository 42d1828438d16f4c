import type { OpaqueSymbol } from './symbolic/symbolic-string';

/**
 * What the `AllowedPattern` of a parameter says of its value: the text that it begins with, and if only one class of characters follows,
 * which these are. A pattern that is not tied to both ends with `^` and `$`, or has alternatives, says nothing here
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html).
 */
export function knownByPattern(pattern: unknown): Pick<OpaqueSymbol, 'beginsWith' | 'alphabet' | 'minLength'> {
  const [, body] = /^\^(.*)\$$/s.exec(typeof pattern === 'string' ? pattern : '') ?? [];
  if (body === undefined || body.includes('|')) { return {}; }
  const [text] = /^(?:[\w\-:/ ]|\\[^\w\s])*/.exec(body)!;
  // A quantifier behind it makes the last character one of any number.
  const beginsWith = /^[?*+{]/.test(body.slice(text.length)) ? '' : text.replace(/\\/g, '');
  const [, chars, quantifier] = /^\[([^\]^\\[]+)\]([*+])$/.exec(body.slice(text.length)) ?? [];
  const alphabet = chars === undefined ? undefined : charactersOf(chars);
  // In a policy, these are more than characters.
  if (/[*?$]/.test(`${beginsWith}${alphabet ?? ''}`)) { return {}; }
  return { ...beginsWith && { beginsWith }, ...alphabet !== undefined && { alphabet, minLength: quantifier === '+' ? 1 : 0 } };
}

/** The characters of a class, as `a-z0-9.-`. */
function charactersOf(text: string): string {
  return [...text.matchAll(/(.)-(.)|./gs)].map(([one, from, to]) => from === undefined ? one : range(from, to)).join('');
}

function range(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return String.fromCharCode(...Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index));
}
