/**
 * A value that is fixed but not known until deployment. Two symbols with the same `id` have the same value.
 */
export interface OpaqueSymbol {
  /** Canonical identity: the construct path and attribute, never a logical id alone, which repeats across stacks. */
  readonly id: string;
  /** How to write the value in a template: as the body of a `Fn::Sub` placeholder, a dynamic reference, or an intrinsic function in JSON. */
  readonly placeholder: string;
  /** What the value is known to begin with. */
  readonly beginsWith?: string;
  /** The characters that the rest of the value may consist of, when its type restricts them. */
  readonly alphabet?: string;
  /** The least number of characters of the rest. */
  readonly minLength?: number;
  /** The rest has exactly `minLength` characters. */
  readonly fixedLength?: boolean;
  /** Two different symbols of one namespace never have the same value, as the names of two buckets. */
  readonly uniqueIn?: string;
  /** All values that it can have. */
  readonly values?: readonly string[];
  /** The value that it has in a deployment that says nothing about it. */
  readonly default?: string;
}

export type Piece = string | OpaqueSymbol;

const NO_SYMBOLS: readonly OpaqueSymbol[] = [];

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** What the values of well-known attributes may consist of. */
export const Alphabet = {
  digits: DIGITS,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucketName: `${LOWER}${DIGITS}.-`,
  region: `${LOWER}${DIGITS}-`,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  iamName: `${LOWER}${LOWER.toUpperCase()}${DIGITS}+=,.@_-`,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  uniqueId: `${LOWER.toUpperCase()}${DIGITS}`,
  keyId: `${LOWER}${DIGITS}-`,
  resourceId: `${LOWER}${DIGITS}-`,
} as const;

/**
 * A string of literal runs and opaque symbols, in a normal form: no empty and no adjacent literals.
 */
export class SymbolicString {
  static readonly EMPTY = new SymbolicString([]);

  static literal(text: string): SymbolicString {
    return new SymbolicString(text === '' ? [] : [text]);
  }

  static symbol(symbol: OpaqueSymbol): SymbolicString {
    return new SymbolicString([symbol]);
  }

  static concat(...parts: readonly (string | OpaqueSymbol | SymbolicString)[]): SymbolicString {
    const pieces: Piece[] = [];
    for (const part of parts) {
      for (const piece of isSymbolic(part) ? part.pieces : [part]) {
        const last = pieces.length - 1;
        if (typeof piece === 'string' && typeof pieces[last] === 'string') {
          pieces[last] = `${pieces[last] as string}${piece}`;
        } else if (piece !== '') {
          pieces.push(piece);
        }
      }
    }
    return new SymbolicString(pieces);
  }

  /** The text, if no part of it is opaque. */
  readonly literal?: string;

  // A string never changes, and ARNs are taken apart over and over.
  private identity?: string;
  private parts?: Map<string, readonly SymbolicString[]>;

  private constructor(readonly pieces: readonly Piece[]) {
    const [only = ''] = pieces;
    this.literal = pieces.length <= 1 && typeof only === 'string' ? only : undefined;
  }

  /** The literal text that the string is known to begin with. */
  get literalPrefix(): string {
    const [first] = this.pieces;
    return typeof first === 'string' ? first : '';
  }

  /** What the value is known to begin with, whatever its symbols turn out to be. */
  get beginning(): string {
    const [first] = this.pieces;
    const next = typeof first === 'string' ? this.pieces[1] : first;
    return typeof next === 'object' ? `${this.literalPrefix}${next.beginsWith ?? ''}` : this.literalPrefix;
  }

  get leastLength(): number {
    return this.pieces.reduce((length, piece) =>
      length + (typeof piece === 'string' ? piece.length : (piece.beginsWith ?? '').length + (piece.minLength ?? 0)), 0);
  }

  /** Can the two be equal, as far as their beginnings and lengths tell? */
  mayEqual(other: SymbolicString): boolean {
    const isTooLong = (one: SymbolicString, text?: string) => text !== undefined && one.leastLength > text.length;
    return (this.beginning.startsWith(other.beginning) || other.beginning.startsWith(this.beginning))
      && !isTooLong(this, other.literal) && !isTooLong(other, this.literal);
  }

  get symbols(): readonly OpaqueSymbol[] {
    return this.literal === undefined ? this.pieces.filter((piece): piece is OpaqueSymbol => typeof piece !== 'string') : NO_SYMBOLS;
  }

  /** Identity for comparisons and maps: equal keys mean equal values in every deployment. */
  get key(): string {
    this.identity ??= this.pieces.map(piece => typeof piece === 'string' ? JSON.stringify(piece) : `<${piece.id}>`).join('');
    return this.identity;
  }

  equals(other: SymbolicString): boolean {
    return this.key === other.key;
  }

  /** What follows so many characters of the text that the string begins with. */
  behind(length: number): SymbolicString {
    if (length === 0) { return this; }
    const rest = this.literalPrefix.slice(length);
    return new SymbolicString(rest === '' ? this.pieces.slice(1) : [rest, ...this.pieces.slice(1)]);
  }

  /** Splits at the first literal occurrence of `separator`; undefined if there is none. */
  splitOnce(separator: string): [SymbolicString, SymbolicString] | undefined {
    const at = this.pieces.findIndex(piece => typeof piece === 'string' && piece.includes(separator));
    if (at < 0) { return undefined; }
    const piece = this.pieces[at] as string;
    const index = piece.indexOf(separator);
    return [
      SymbolicString.concat(...this.pieces.slice(0, at), piece.slice(0, index)),
      SymbolicString.concat(piece.slice(index + separator.length), ...this.pieces.slice(at + 1)),
    ];
  }

  /** Splits at literal occurrences of `separator`, into at most `limit` parts: the last one keeps the rest. */
  split(separator: string, limit = Infinity): readonly SymbolicString[] {
    this.parts ??= new Map();
    const asked = `${limit}${separator}`;
    const known = this.parts.get(asked) ?? this.cut(separator, limit);
    this.parts.set(asked, known);
    return known;
  }

  private cut(separator: string, limit: number): SymbolicString[] {
    const parts: Piece[][] = [[]];
    for (const piece of this.pieces) {
      if (typeof piece !== 'string') {
        parts[parts.length - 1].push(piece);
        continue;
      }
      let rest = piece;
      for (let at = rest.indexOf(separator); at >= 0 && parts.length < limit; at = rest.indexOf(separator)) {
        if (at > 0) { parts[parts.length - 1].push(rest.slice(0, at)); }
        parts.push([]);
        rest = rest.slice(at + separator.length);
      }
      if (rest !== '') { parts[parts.length - 1].push(rest); }
    }
    return parts.map(pieces => new SymbolicString(pieces));
  }

  /** Replaces symbols, for instance by what is known of them in a place where their use restricts them. */
  mapSymbols(replace: (symbol: OpaqueSymbol) => OpaqueSymbol | SymbolicString): SymbolicString {
    return SymbolicString.concat(...this.pieces.map(piece => typeof piece === 'string' ? piece : replace(piece)));
  }

  mapLiterals(replace: (text: string) => string): SymbolicString {
    return SymbolicString.concat(...this.pieces.map(piece => typeof piece === 'string' ? replace(piece) : piece));
  }

  /** As the body of a `Fn::Sub`: symbols as `${placeholders}`. */
  toString(): string {
    return this.pieces.map(piece => typeof piece === 'string' ? piece : written(piece)).join('');
  }

  /** As a template has it: text, which may be the body of a `Fn::Sub`, or a `Fn::Join` where a part is a function, which `Fn::Sub` cannot hold. */
  toJSON(): unknown {
    return this.symbols.some(({ placeholder }) => isFunction(placeholder)) ? { 'Fn::Join': ['', this.pieces.map(inTemplate)] } : this.toString();
  }
}

function isFunction(placeholder: string): boolean {
  return placeholder.startsWith('{"');
}

function isDynamicReference(placeholder: string): boolean {
  return placeholder.startsWith('{{resolve:');
}

function written({ placeholder }: OpaqueSymbol): string {
  return isDynamicReference(placeholder) || isFunction(placeholder) ? placeholder : `\${${placeholder}}`;
}

function inTemplate(piece: Piece): unknown {
  if (typeof piece === 'string' || isDynamicReference(piece.placeholder)) { return typeof piece === 'string' ? piece : piece.placeholder; }
  if (isFunction(piece.placeholder)) { return JSON.parse(piece.placeholder); }
  const [name, ...attribute] = piece.placeholder.split('.');
  return attribute.length === 0 ? { Ref: name } : { 'Fn::GetAtt': [name, attribute.join('.')] };
}

function isSymbolic(value: string | OpaqueSymbol | SymbolicString): value is SymbolicString {
  return typeof value !== 'string' && 'pieces' in value;
}
