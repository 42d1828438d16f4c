import { Alphabet, type OpaqueSymbol, SymbolicString } from '../../../src/template/symbolic/symbolic-string';

/** Symbols for tests, by the name that stands for them in `symbolic`. */
const SYMBOLS: Readonly<Record<string, Omit<OpaqueSymbol, 'id' | 'placeholder'>>> = {
  Account: { alphabet: Alphabet.digits, minLength: 12, fixedLength: true },
  Region: { alphabet: Alphabet.region, minLength: 9 },
  Bucket: { alphabet: Alphabet.bucketName, beginsWith: 'st-', minLength: 12, uniqueIn: 'buckets' },
  OtherBucket: { alphabet: Alphabet.bucketName, beginsWith: 'st-', minLength: 12, uniqueIn: 'buckets' },
  Queue: { alphabet: Alphabet.bucketName, beginsWith: 'st-', minLength: 12, uniqueIn: 'queues' },
  Role: { alphabet: Alphabet.iamName, beginsWith: 'St-', minLength: 12, uniqueIn: 'roles' },
  OtherRole: { alphabet: Alphabet.iamName, beginsWith: 'St-', minLength: 12, uniqueIn: 'roles' },
  Letters: { alphabet: 'abc', minLength: 1 },
  TwoLetters: { alphabet: 'abc', minLength: 2, fixedLength: true },
  OtherLetters: { alphabet: 'cde', minLength: 1 },
  Upper: { alphabet: 'ABC', minLength: 1 },
  NotEmpty: { minLength: 1 },
  /** Names that may hold wildcards: no namespace of AWS is so. */
  Wild: { uniqueIn: 'wild' },
  OtherWild: { uniqueIn: 'wild' },
};

/** A string with symbols written as `<Name>`. A name without an entry above is a symbol of which nothing is known, as a parameter. */
export function symbolic(notation: string): SymbolicString {
  return SymbolicString.concat(...notation.split(/(<\w+>)/).map((part, index) => {
    if (index % 2 === 0) { return part; }
    const id = part.slice(1, -1);
    return { id, placeholder: id, ...SYMBOLS[id] };
  }));
}
