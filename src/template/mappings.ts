import type { OpaqueSymbol } from './symbolic/symbolic-string';

/** What one of several texts is known to begin with and to consist of, whichever it is. */
export function commonTo(texts: readonly string[]): Pick<OpaqueSymbol, 'beginsWith' | 'alphabet' | 'minLength'> {
  let beginsWith = texts[0];
  while (!texts.every(text => text.startsWith(beginsWith))) { beginsWith = beginsWith.slice(0, -1); }
  const rests = texts.map(text => text.slice(beginsWith.length));
  return { beginsWith, alphabet: [...new Set(rests.join(''))].join(''), minLength: Math.min(...rests.map(({ length }) => length)) };
}
