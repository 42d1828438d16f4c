import * as fc from 'fast-check';
import { Alphabet, type OpaqueSymbol, type Piece, SymbolicString } from '../../../src/template/symbolic/symbolic-string';

/** Symbols of all kinds over few characters, so that they meet literals and each other often. */
const SYMBOLS: readonly OpaqueSymbol[] = [
  { id: 'free', placeholder: 'free' },
  { id: 'free-long', placeholder: 'free-long', minLength: 2 },
  { id: 'narrow', placeholder: 'narrow', alphabet: 'ab' },
  { id: 'narrow-long', placeholder: 'narrow-long', alphabet: 'ab', minLength: 2 },
  { id: 'fixed', placeholder: 'fixed', alphabet: 'ab', minLength: 2, fixedLength: true },
  { id: 'prefixed', placeholder: 'prefixed', alphabet: 'ab-', beginsWith: 'a-', minLength: 1 },
  { id: 'upper', placeholder: 'upper', alphabet: 'aAB-', minLength: 1 },
  { id: 'free-prefixed', placeholder: 'free-prefixed', beginsWith: 'b' },
  { id: 'name-1', placeholder: 'name-1', alphabet: 'ab-', minLength: 1, uniqueIn: 'names' },
  { id: 'name-2', placeholder: 'name-2', alphabet: 'ab-', minLength: 2, uniqueIn: 'names' },
  { id: 'name-3', placeholder: 'name-3', alphabet: 'ab-', minLength: 1, beginsWith: 'a', uniqueIn: 'names' },
];

const symbol: fc.Arbitrary<Piece> = fc.constantFrom(...SYMBOLS);

/** A string of literal runs over `characters`, and symbols. */
function pieces(characters: string): fc.Arbitrary<SymbolicString> {
  const literal = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 3 });
  return fc.array(fc.oneof({ weight: 3, arbitrary: literal }, { weight: 2, arbitrary: symbol }), { maxLength: 4 })
    .map(parts => SymbolicString.concat(...parts));
}

export interface Pair {
  readonly pattern: SymbolicString;
  readonly subject: SymbolicString;
}

/** A pattern and a subject that often have something to do with each other: the pattern is the subject with some of it replaced. */
export const globPair: fc.Arbitrary<Pair> = fc.oneof(
  fc.record({ pattern: pieces('ab-/*?A'), subject: pieces('ab-/A') }),
  pieces('ab-/A').chain(subject => fc.record({ pattern: variation(subject), subject: fc.constant(subject) })),
);

function variation(subject: SymbolicString): fc.Arbitrary<SymbolicString> {
  const units = subject.pieces.flatMap((piece): Piece[] => typeof piece === 'string' ? [...piece] : [piece]);
  return fc.tuple(...units.map(unit => fc.oneof(
    { weight: 6, arbitrary: fc.constant(unit) },
    { weight: 1, arbitrary: fc.constantFrom<Piece>('*', '?', '', 'a', '/', '-*') },
    { weight: 1, arbitrary: symbol },
  )), fc.constantFrom('', '', '*')).map(parts => SymbolicString.concat(...parts));
}

const ACCOUNT: OpaqueSymbol = { id: 'account', placeholder: 'account', alphabet: Alphabet.digits, minLength: 12, fixedLength: true };
const PARAMETER: OpaqueSymbol = { id: 'parameter', placeholder: 'parameter' };

const text = (...parts: Piece[]) => SymbolicString.concat(...parts);

/** An ARN, and a pattern for it that is right in most segments. */
export const arnPair: fc.Arbitrary<Pair> = fc.record({
  partition: fc.constant(text('aws')),
  service: fc.constantFrom(text('s3'), text('iam')),
  region: fc.constantFrom(SymbolicString.EMPTY, text('eu-west-1')),
  account: fc.constantFrom(SymbolicString.EMPTY, text('111111111111'), text(ACCOUNT), text(PARAMETER)),
  resource: fc.oneof(pieces('ab-/A'), pieces('ab:')),
}).chain(({ partition, service, region, account, resource }) => fc.record({
  subject: fc.constant(joined(text('arn'), partition, service, region, account, resource)),
  pattern: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(
        fc.constant(text('arn')), near(partition), near(service), near(region), near(account), fc.oneof(variation(resource), fc.constant(text('*'))),
      ).map(segments => joined(...segments)),
    },
    { weight: 1, arbitrary: fc.constantFrom(text('*'), text(PARAMETER), text('arn:*'), text('arn:aws:s3:*'), text('arn:aws:s3:', PARAMETER)) },
    { weight: 1, arbitrary: fc.tuple(near(account), variation(resource)).map(ends => joined(text('arn:aws:s3:'), ...ends)) },
  ),
}));

function near(segment: SymbolicString): fc.Arbitrary<SymbolicString> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(segment) },
    { weight: 2, arbitrary: fc.constantFrom(text('*'), SymbolicString.EMPTY, text(ACCOUNT), text(PARAMETER), text('e?-*'), text('?')) },
  );
}

function joined(...segments: SymbolicString[]): SymbolicString {
  return SymbolicString.concat(...segments.flatMap((segment, index) => index === 0 ? [segment] : [':', segment]));
}
