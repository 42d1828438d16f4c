import type { OpaqueSymbol, SymbolicString } from './symbolic-string';
import { all, fromBoolean, type Ternary } from '../ternary';

export interface GlobOptions {
  /** Compare without regard to case, as IAM does for action names and the `…IgnoreCase` operators. */
  readonly ignoreCase?: boolean;
  /** Take `*` and `?` of the pattern literally, as `StringEquals` does. */
  readonly literal?: boolean;
}

/** Characters of private use stand for wildcards that are plain characters, which no text of a template holds. */
const ESCAPED: Readonly<Record<string, string>> = { '*': '\uE02A', '?': '\uE03F' };
const PLAIN: Readonly<Record<string, string>> = { '\uE02A': '*', '\uE03F': '?' };

/** Text in which wildcards stand for themselves, also in a pattern. */
export function escapeWildcards(text: string): string {
  return text.replace(/[*?]/g, char => ESCAPED[char]);
}

function unescapeWildcards(text: string): string {
  return text.replace(/[\uE02A\uE03F]/g, char => PLAIN[char]);
}

function holdsEscapes({ pieces }: SymbolicString): boolean {
  return pieces.some(piece => typeof piece === 'string' && /[\uE02A\uE03F]/.test(piece));
}

/** A character, a wildcard, or a symbol, which stands for what follows the characters that it is known to begin with. */
interface Unit {
  readonly char?: string;
  readonly wildcard?: '*' | '?';
  readonly symbol?: OpaqueSymbol;
}

/**
 * Does `pattern` (with IAM's `*` and `?`) match `subject`, whatever the symbols in both turn out to be?
 *
 * `yes` and `no` hold for every value of the symbols; anything else is `unknown`. `*` matches any run of characters, `/` included
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
export function matchGlob(pattern: SymbolicString, subject: SymbolicString, options: GlobOptions = {}): Ternary {
  if (holdsEscapes(pattern)) {
    return options.literal ? matchGlob(pattern.mapLiterals(unescapeWildcards), subject, options)
      : match(tokenize(pattern, options, true), tokenize(subject, options, false), options);
  }
  if (pattern.literal !== undefined && subject.literal !== undefined) {
    return fromBoolean(matchText(fold(pattern.literal, options), fold(subject.literal, options), options));
  }
  // Each character and each symbol matches itself, even a wildcard.
  if (pattern.equals(subject)) { return 'yes'; }
  return matchSymbols(...withoutCommonText(pattern, subject, options), options);
}

/** Cuts off the text that both begin with, up to the first wildcard. */
function withoutCommonText(pattern: SymbolicString, subject: SymbolicString, { literal }: GlobOptions): [SymbolicString, SymbolicString] {
  const text = pattern.literalPrefix;
  const other = subject.literalPrefix;
  const isWildcard = (char: string) => !literal && (char === '*' || char === '?');
  let length = 0;
  while (length < text.length && text[length] === other[length] && !isWildcard(text[length])) { length++; }
  return [pattern.behind(length), subject.behind(length)];
}

function matchSymbols(pattern: SymbolicString, subject: SymbolicString, options: GlobOptions): Ternary {
  if (!options.literal && pattern.literal !== undefined && /^[*]+$/.test(pattern.literal)) { return 'yes'; }
  if (!haveCommonBeginning(beginning(pattern, options, true), beginning(subject, options, false))) { return 'no'; }
  if (options.literal && pattern.literal !== undefined && pattern.literal.length < subject.leastLength) { return 'no'; }
  const known = new Map(subject.symbols.map(symbol => [symbol.id, symbol]));
  // What the subject's place says of a symbol (a bucket's name has no wildcard) holds for the same symbol in the pattern.
  const refined = pattern.mapSymbols(symbol => known.get(symbol.id) ?? symbol);
  if (distinctNames(refined, subject, options)) { return 'no'; }
  return match(tokenize(refined, options, true), tokenize(subject, options, false), options);
}

/** Most patterns and subjects are plain text, of which nothing is unknown. */
function matchText(pattern: string, subject: string, { literal }: GlobOptions): boolean {
  return literal || !/[*?]/.test(pattern)
    ? pattern === subject
    : matchWildcards([...pattern], [...subject], char => char === '*', (one, other) => one === '?' || one === other);
}

/** What a value is known to begin with. */
function beginning(value: SymbolicString, options: GlobOptions, isPattern: boolean): string {
  const wildcard = isPattern && !options.literal ? value.literalPrefix.search(/[*?]/) : -1;
  return fold(wildcard >= 0 ? value.literalPrefix.slice(0, wildcard) : value.beginning, options);
}

function haveCommonBeginning(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function match(wholePattern: readonly Unit[], wholeSubject: readonly Unit[], options: GlobOptions): Ternary {
  const [pattern, subject] = withoutCommonEnds(wholePattern, wholeSubject, options);
  if (mustMatch(pattern, subject)) { return 'yes'; }
  if (!mayMatch(expand(pattern, options, true), expand(subject, options, false))) { return 'no'; }
  const parts = atSeparator(pattern, subject, options);
  return parts ? all(parts.map(([one, other]) => match(one, other, options))) : 'unknown';
}

/**
 * Do both strings, after the same beginning, name two different things of one namespace? Then no value of the two makes them match:
 * each name ends where the strings end, or before a character that no name contains.
 */
function distinctNames(pattern: SymbolicString, subject: SymbolicString, options: GlobOptions): boolean {
  const at = pattern.pieces.findIndex((piece, index) => !isSame(piece, subject.pieces[index]));
  const left = pattern.pieces[at];
  const right = subject.pieces[at];
  if (typeof left !== 'object' || typeof right !== 'object') { return false; }
  const text = (piece: string | OpaqueSymbol) => typeof piece === 'string' ? !/[*?]/.test(piece) : isPlain({ symbol: piece }, options);
  if (![...pattern.pieces.slice(0, at), left].every(text)) { return false; }
  const ends = (value: SymbolicString, symbol: OpaqueSymbol) => {
    const next = value.pieces[at + 1];
    return next === undefined || (typeof next === 'string' && !/[*?]/.test(next[0]) && symbol.alphabet?.includes(next[0]) === false);
  };
  return left.uniqueIn !== undefined && left.uniqueIn === right.uniqueIn
    && ends(pattern, left) && ends(subject, right);
}

function isSame(one: string | OpaqueSymbol, other?: string | OpaqueSymbol): boolean {
  return typeof one === 'object' && typeof other === 'object' ? one.id === other.id : one === other;
}

function tokenize(value: SymbolicString, options: GlobOptions, isPattern: boolean): Unit[] {
  const units: Unit[] = [];
  for (const piece of value.pieces) {
    const symbol = typeof piece === 'string' ? undefined : piece;
    const mayBeWildcard = isPattern && !options.literal && !symbol;
    for (const char of fold(typeof piece === 'string' ? piece : piece.beginsWith ?? '', options)) {
      units.push(mayBeWildcard && (char === '*' || char === '?') ? { wildcard: char } : { char: PLAIN[char] ?? char });
    }
    if (symbol) { units.push({ symbol }); }
  }
  return units;
}

/** Does a pattern's unit stand for itself only? An unrestricted symbol in a pattern may hold wildcards. */
function isPlain({ wildcard, symbol }: Unit, options: GlobOptions): boolean {
  return wildcard === undefined && (symbol === undefined || symbol.alphabet !== undefined || options.literal === true);
}

/** What a pattern and its subject have in common at their ends decides nothing. */
function withoutCommonEnds(pattern: readonly Unit[], subject: readonly Unit[], options: GlobOptions): [readonly Unit[], readonly Unit[]] {
  const common = (one: Unit | undefined, other: Unit | undefined) => one && other && isPlain(one, options) && unitMatches(one, other);
  let start = 0;
  while (common(pattern[start], subject[start])) { start++; }
  let end = 0;
  while (end < Math.min(pattern.length, subject.length) - start && common(pattern.at(-1 - end), subject.at(-1 - end))) { end++; }
  return [pattern.slice(start, pattern.length - end), subject.slice(start, subject.length - end)];
}

/** Cuts both at the first place of a character that nothing before it can hold: a match of the whole is one of both parts. */
function atSeparator(pattern: readonly Unit[], subject: readonly Unit[], options: GlobOptions): [readonly Unit[], readonly Unit[]][] | undefined {
  const cannotHold = (char: string) => ({ symbol }: Unit) => !symbol || symbol.alphabet?.toLowerCase().includes(char.toLowerCase()) === false;
  for (const [at, { char }] of pattern.entries()) {
    if (!isPlain(pattern[at], options)) { return undefined; }
    if (char === undefined || !pattern.slice(0, at).every(cannotHold(char))) { continue; }
    const other = subject.findIndex(unit => unit.char === char);
    if (other >= 0 && subject.slice(0, other).every(cannotHold(char))) {
      return [[pattern.slice(0, at), subject.slice(0, other)], [pattern.slice(at + 1), subject.slice(other + 1)]];
    }
  }
  return undefined;
}

/**
 * A symbol is taken whole, by `*` or by itself. A symbol's value matches itself even as a pattern, since each wildcard character in it
 * matches itself.
 */
function mustMatch(pattern: readonly Unit[], subject: readonly Unit[]): boolean {
  return matchWildcards(pattern, subject, ({ wildcard }) => wildcard === '*', unitMatches);
}

/** The classic wildcard match: goes back to the last star only, since what an earlier one takes more leaves the later ones less. */
function matchWildcards<T>(
  pattern: readonly T[], subject: readonly T[], isStar: (unit: T) => boolean, matches: (pattern: T, subject: T) => boolean,
): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let resume = 0;
  while (s < subject.length) {
    if (p < pattern.length && isStar(pattern[p])) {
      star = p++;
      resume = s;
    } else if (p < pattern.length && matches(pattern[p], subject[s])) {
      p++;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(p).every(isStar);
}

function unitMatches(pattern: Unit, subject: Unit): boolean {
  if (pattern.wildcard === '?') { return subject.char !== undefined; }
  if (pattern.symbol) { return pattern.symbol.id === subject.symbol?.id; }
  return pattern.char === subject.char;
}

/**
 * One element of a pattern or of a subject: a `loop` stands for any number of characters of its alphabet, `one` for exactly one.
 */
interface Element {
  readonly kind: 'one' | 'loop';
  /** Undefined: any character. */
  readonly alphabet?: string;
}

/** Every character that a value may have at each place, forgetting that equal symbols have equal values: an over-approximation. */
function expand(units: readonly Unit[], options: GlobOptions, isPattern: boolean): Element[] {
  const elements: Element[] = [];
  for (const unit of units) {
    const { char, wildcard, symbol } = unit;
    if (symbol === undefined) {
      elements.push({ kind: wildcard === '*' ? 'loop' : 'one', alphabet: char });
    } else if (isPattern && !isPlain(unit, options)) {
      // A wildcard that the symbol holds matches the empty string, too, so that a least length says nothing there.
      elements.push({ kind: 'loop' });
    } else {
      const alphabet = symbol.alphabet === undefined ? undefined : fold(symbol.alphabet, options);
      for (let length = 0; length < (symbol.minLength ?? 0); length++) { elements.push({ kind: 'one', alphabet }); }
      if (!symbol.fixedLength) { elements.push({ kind: 'loop', alphabet }); }
    }
  }
  return elements;
}

/** Can the two sequences stand for one common string? Reachability in the product of both automata. */
function mayMatch(pattern: readonly Element[], subject: readonly Element[]): boolean {
  const width = subject.length + 1;
  const seen = new Set<number>();
  const pending: [number, number][] = [[0, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [p, s] = next;
    if (seen.has(p * width + s)) { continue; }
    seen.add(p * width + s);
    if (p === pattern.length && s === subject.length) { return true; }
    const left = pattern[p];
    const right = subject[s];
    if (left?.kind === 'loop') { pending.push([p + 1, s]); }
    if (right?.kind === 'loop') { pending.push([p, s + 1]); }
    if (left && right && overlap(left.alphabet, right.alphabet)) {
      pending.push([left.kind === 'loop' ? p : p + 1, right.kind === 'loop' ? s : s + 1]);
    }
  }
  return false;
}

function overlap(left?: string, right?: string): boolean {
  if (left === undefined || right === undefined || left === right) { return true; }
  const [fewer, more] = left.length < right.length ? [left, right] : [right, left];
  return [...fewer].some(char => more.includes(char));
}

function fold(text: string, options: GlobOptions): string {
  return options.ignoreCase ? text.toLowerCase() : text;
}
