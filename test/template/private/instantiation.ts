import type { OpaqueSymbol, SymbolicString } from '../../../src/template/symbolic/symbolic-string';

/** A source of random choices that a seed determines, so that a counter-example can be shown again. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + seed % 0x7ffffffe;
    this.below(2);
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    // The generator of Park and Miller: the high part of the state is the random one.
    this.state = (this.state * 48_271) % 0x7fffffff;
    return Math.floor(this.state / 0x7fffffff * bound);
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

/** What a symbol without an alphabet may hold: wildcards too, which mean something where it stands in a pattern. No colon: see `matchArn`. */
const ANY = 'ab-/*?A';

/**
 * Gives every symbol a concrete value that respects what is known of it, and keeps those of one namespace apart. Values are drawn from
 * `fragments` where they fit, so that they often coincide with what stands elsewhere.
 */
export class Instantiation {
  private readonly values = new Map<string, string>();
  private readonly taken = new Map<string, Set<string>>();

  constructor(readonly dice: Dice, private readonly fragments: readonly string[] = []) {}

  text(value: SymbolicString): string {
    return value.pieces.map(piece => typeof piece === 'string' ? piece : this.valueOf(piece)).join('');
  }

  private valueOf(symbol: OpaqueSymbol): string {
    const known = this.values.get(symbol.id);
    if (known !== undefined) { return known; }
    const namespace = this.taken.get(symbol.uniqueIn ?? symbol.id) ?? new Set();
    this.taken.set(symbol.uniqueIn ?? symbol.id, namespace);
    let value = this.draw(symbol);
    for (let tries = 0; namespace.has(value.toLowerCase()); tries++) {
      if (tries > 200) { throw new Error(`no value is left for ${symbol.id}`); }
      value = this.draw(symbol, tries);
    }
    namespace.add(value.toLowerCase());
    this.values.set(symbol.id, value);
    return value;
  }

  private draw(symbol: OpaqueSymbol, longer = 0): string {
    const { alphabet, beginsWith = '', minLength = 0, fixedLength } = symbol;
    const allowed = (text: string) => text.startsWith(beginsWith)
      && [...text.slice(beginsWith.length)].every(char => alphabet?.includes(char) ?? true)
      && (fixedLength ? text.length === beginsWith.length + minLength : text.length >= beginsWith.length + minLength);
    const fitting = this.fragments.filter(allowed);
    if (fitting.length > 0 && this.dice.chance(50)) { return this.dice.oneOf(fitting); }
    const length = fixedLength ? minLength : minLength + this.dice.below(4 + longer);
    const some = alphabet === undefined ? ANY : alphabet.slice(0, 2) + alphabet.slice(-2);
    return beginsWith + Array.from({ length }, () => this.dice.oneOf([...some])).join('');
  }
}
