import { type GlobOptions, matchGlob } from '../../../src/template/symbolic/glob';
import type { Ternary } from '../../../src/template/ternary';
import { symbolic } from '../private/strings';

type Row = [pattern: string, subject: string, answer: Ternary, why: string];

function expectMatches(options: GlobOptions) {
  return (pattern: string, subject: string, answer: Ternary) => {
    expect(matchGlob(symbolic(pattern), symbolic(subject), options)).toBe(answer);
  };
}

describe('literals', () => {
  test.each<Row>([
    ['', '', 'yes', 'nothing is nothing'],
    ['', 'a', 'no', 'nothing matches only nothing'],
    ['*', '', 'yes', 'an asterisk matches nothing, too'],
    ['?', '', 'no', 'a question mark takes one character'],
    ['?', 'a', 'yes', 'a question mark takes one character'],
    ['?', 'ab', 'no', 'and no more'],
    ['a?c', 'abc', 'yes', 'a question mark in the middle'],
    ['**', 'ab', 'yes', 'two asterisks are one'],
    ['a*', 'b', 'no', 'what stands before an asterisk counts'],
    ['*a', 'ba', 'yes', 'what stands behind an asterisk is sought at the end'],
    ['*a', 'ab', 'no', 'and nowhere else'],
    ['*ab*ab', 'abab', 'yes', 'an asterisk gives back what it took'],
    ['*ab*ab', 'aab', 'no', 'one text is not matched twice'],
    ['sagemaker-*', 'sagemaker-x/y/z', 'yes', 'an asterisk crosses a slash'],
    ['sagemaker-*', 'your-sagemaker-x', 'no', 'a pattern is anchored'],
    ['a.c', 'abc', 'no', 'a full stop is a full stop'],
    ['A', 'a', 'no', 'case counts'],
    ['a', '*', 'no', 'an asterisk in what is asked about is text'],
    ['a', '?', 'no', 'as is a question mark'],
  ])('%s on %s: %s, because %s', expectMatches({}));
});

describe('symbols', () => {
  test.each<Row>([
    ['*', '<P>', 'yes', 'an asterisk takes any symbol'],
    ['?', '<P>', 'unknown', 'a symbol may be one character long'],
    ['<P>', '<P>', 'yes', 'equal symbols are equal'],
    ['<P>', '<Q>', 'unknown', 'different symbols may be equal'],
    ['<P>/*', '<P>/x', 'yes', 'a symbol even as a pattern matches itself'],
    ['a', '<P>', 'unknown', 'a parameter may be anything'],
    ['a', 'b<P>', 'no', 'a beginning that differs'],
    ['*a', '<P>b', 'no', 'an end that differs'],
    ['<P>', 'anything', 'unknown', 'a parameter in a pattern may be an asterisk'],
    ['<P>a', 'b', 'no', 'whatever it matches, the end differs'],
    ['<P>x', 'x', 'unknown', 'a parameter may be empty'],
    ['<P><Bucket>', '<P><OtherBucket>', 'unknown', 'with an asterisk first, names of different lengths may end alike'],
    ['1*', '<Account>', 'unknown', 'an account may begin so'],
    ['a*', '<Account>', 'no', 'no account begins with a letter'],
    ['???????????', '<Account>', 'no', 'an account has twelve digits, not eleven'],
    ['????????????', '<Account>', 'unknown', 'question marks are not counted against symbols'],
    ['?????????????', '<Account>', 'no', 'nor has it thirteen'],
    ['1234567890123', '<Account>', 'no', 'a literal that is too long'],
    ['123456789012', '<Account>', 'unknown', 'a literal that fits'],
    ['a', '<TwoLetters>', 'no', 'a symbol has its least length'],
    ['ab', '<TwoLetters>', 'unknown', 'a symbol of just that length'],
    ['abc', '<TwoLetters>', 'no', 'a fixed length is not exceeded'],
    ['abc', '<Letters>', 'unknown', 'a least length is'],
    ['', '<Letters>', 'no', 'at least one letter'],
    ['abd', '<Letters>', 'no', 'a letter that the alphabet does not have'],
    ['<Letters>', '<Upper>', 'no', 'alphabets without a common letter'],
    ['<Letters>', '<OtherLetters>', 'unknown', 'alphabets with one common letter'],
    ['', '<NotEmpty>', 'no', 'a value that is not empty'],
    ['<NotEmpty>', '', 'unknown', 'such a value in a pattern may be an asterisk'],
    ['st-*', '<Bucket>', 'yes', 'a generated name begins with the name of its stack'],
    ['st*x', '<Bucket>', 'unknown', 'a generated name may end in anything'],
    ['sagemaker-*', '<Bucket>', 'no', 'and so with nothing else'],
    ['st-short', '<Bucket>', 'no', 'a generated name is longer'],
    ['<Bucket>', 'st-abcdefghijkl', 'unknown', 'a generated name may be that'],
    ['<Bucket>', 'st-abcdefghijk', 'no', 'but for its length'],
    ['<Bucket>/*', '<Bucket>/a/<P>', 'yes', 'every object of the bucket'],
    ['<Bucket>', '<Bucket>/a', 'no', 'no object is the bucket'],
    ['<Bucket>/*', '<Bucket>', 'no', 'the bucket is none of its objects'],
    ['<Bucket>-logs/*', '<Bucket>/a', 'no', 'a name is not longer than itself'],
    ['<Bucket>*', '<Bucket>-logs/a', 'yes', 'an asterisk behind a name'],
    ['<Region>-data/*', 'x-<Region>-data/a', 'no', 'what both have at their ends decides nothing'],
    ['data-<Region>/*', 'data-x-<Region>/<P>', 'no', 'what both have before a slash decides nothing'],
    ['data-<Region>*/a', 'data-x-<Region>/a', 'unknown', 'with an asterisk, the region may be anything'],
    ['<Bucket>/?', '<Bucket>/<P>', 'unknown', 'the slash is common, the rest is not'],
    ['<Bucket>/a*', '<Bucket>/b<P>', 'no', 'behind the slash, it differs'],
    ['<Letters>/<Upper>', '<TwoLetters>/B', 'unknown', 'two parts that may be equal'],
    ['<Letters>ab*', 'aabx', 'unknown', 'a letter that the symbol may hold separates nothing'],
    ['<Account><Letters>a', '123456789012baca', 'unknown', 'nor does one that only the second symbol may hold'],
    ['*<TwoLetters>/y', '<Letters>/ab/y', 'unknown', 'an asterisk reaches over what separates'],
    ['*/x', '<P><Q>/x', 'yes', 'an asterisk takes several symbols'],
  ])('%s on %s: %s, because %s', expectMatches({}));
});

describe('names of one namespace differ', () => {
  test.each<Row>([
    ['<Bucket>', '<OtherBucket>', 'no', 'two buckets never share a name'],
    ['<Bucket>/*', '<OtherBucket>/a', 'no', 'nor do their objects'],
    ['arn:<P>', 'arn:<OtherBucket>', 'unknown', 'a parameter may name any bucket'],
    ['<Bucket>*', '<OtherBucket>', 'unknown', 'one name may begin with another'],
    ['<Bucket>?', '<OtherBucket>', 'unknown', 'one name may be longer by a character'],
    ['<Bucket>x', '<OtherBucket>', 'unknown', 'one name may be another with an x'],
    ['*<Bucket>', 'x<OtherBucket>', 'unknown', 'behind an asterisk, names of different lengths may end alike'],
    ['<Bucket><P>', '<OtherBucket><P>', 'unknown', 'what follows may make up for the difference'],
    ['x<Bucket>', '<P><OtherBucket>', 'unknown', 'as may what stands before'],
    ['<Bucket>', '<Queue>', 'unknown', 'a bucket and a queue may share a name'],
    ['<Bucket>', '<Role>', 'no', 'these two begin differently'],
    ['<Role>', '<OtherRole>', 'no', 'roles do not share names, either'],
    ['<Account>-<Bucket>', '<Account>-<OtherBucket>', 'no', 'after a common beginning with a symbol'],
    ['<Account>-<Account>-<Bucket>', '<Account>-<Account>-<OtherBucket>', 'no', 'after one with a symbol that occurs twice'],
    ['<Wild>', '<OtherWild>', 'unknown', 'a symbol that may hold an asterisk matches another'],
  ])('%s on %s: %s, because %s', expectMatches({}));

  test('as text, symbols hold no wildcards', () => {
    expect(matchGlob(symbolic('<P><Bucket>'), symbolic('<P><OtherBucket>'), { literal: true })).toBe('no');
    expect(matchGlob(symbolic('<Wild>/a'), symbolic('<OtherWild>/a'), { literal: true })).toBe('unknown');
  });
});

describe('options', () => {
  test.each<[string, string, GlobOptions, Ternary]>([
    ['s3:getobject', 's3:GetObject', { ignoreCase: true }, 'yes'],
    ['S3:GET*', 's3:GetObject', { ignoreCase: true }, 'yes'],
    ['<Letters>', 'A', { ignoreCase: true }, 'unknown'],
    ['<Letters>', 'A', {}, 'no'],
    ['<Letters>', '<Upper>', { ignoreCase: true }, 'unknown'],
    ['a-<Upper>-b', 'a-b-<P>', { ignoreCase: true }, 'unknown'],
    ['ST-*', '<Bucket>', { ignoreCase: true }, 'yes'],
    ['ST-*', '<Bucket>', {}, 'no'],
    ['*', 'a', { literal: true }, 'no'],
    ['*', '*', { literal: true }, 'yes'],
    ['?', 'a', { literal: true }, 'no'],
    ['<P>', 'a', { literal: true }, 'unknown'],
    ['a*', 'A*', { literal: true, ignoreCase: true }, 'yes'],
  ])('%s on %s with %j: %s', (pattern, subject, options, answer) => {
    expect(matchGlob(symbolic(pattern), symbolic(subject), options)).toBe(answer);
  });
});

test('what the subject says of a symbol holds for it in the pattern', () => {
  const inName = (notation: string) => symbolic(notation).mapSymbols(symbol => ({ ...symbol, alphabet: 'abc' }));
  expect(matchGlob(symbolic('<P>/*'), inName('<P>'))).toBe('no');
  expect(matchGlob(symbolic('<P>'), inName('<P>/a'))).toBe('no');
});
