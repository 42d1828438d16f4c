import { SymbolicString } from '../../../src/template/symbolic/symbolic-string';
import { symbolic } from '../private/strings';

const [symbol] = symbolic('<P>').symbols;

test('the normal form has no empty and no adjacent literals', () => {
  expect(SymbolicString.concat('a', '', 'b', symbol, '', SymbolicString.literal('c'), SymbolicString.EMPTY, 'd', symbol).pieces)
    .toEqual(['ab', symbol, 'cd', symbol]);
  expect(SymbolicString.literal('').pieces).toEqual([]);
  expect(SymbolicString.concat('', SymbolicString.EMPTY).pieces).toEqual([]);
});

test.each([
  ['', '', ''],
  ['ab', 'ab', 'ab'],
  ['<P>', undefined, ''],
  ['a<P>', undefined, 'a'],
  ['<P>a', undefined, ''],
])('%s has the text %s and begins with %j', (notation, literal, prefix) => {
  expect([symbolic(notation).literal, symbolic(notation).literalPrefix]).toEqual([literal, prefix]);
});

test.each([
  ['a<P>', 'a<P>', true],
  ['a<P>', 'a<Q>', false],
  ['a<P>', '<P>a', false],
  ['', '', true],
  ['<P>', '', false],
])('%s equals %s: %s', (one, other, equal) => {
  expect(symbolic(one).equals(symbolic(other))).toBe(equal);
});

test('a literal that looks like a symbol is none', () => {
  expect(SymbolicString.literal('<P>').equals(symbolic('<P>'))).toBe(false);
});

test.each([
  ['a:b:c', ':', Infinity, ['a', 'b', 'c']],
  ['a:b:c', ':', 2, ['a', 'b:c']],
  ['a:b:c', ':', 1, ['a:b:c']],
  ['abc', ':', Infinity, ['abc']],
  [':', ':', Infinity, ['', '']],
  ['a:<P>:c', ':', Infinity, ['a', '<P>', 'c']],
  ['a<P>:b<Q>c:d', ':', 2, ['a<P>', 'b<Q>c:d']],
  ['a::b', '::', Infinity, ['a', 'b']],
])('%s split at %s into at most %d: %j', (notation, separator, limit, parts) => {
  expect(symbolic(notation).split(separator, limit).map(part => part.key)).toEqual(parts.map(part => symbolic(part).key));
});

test('text is printed as the body of Fn::Sub', () => {
  expect(`${symbolic('arn:<P>/x<Q>')}`).toBe('arn:${P}/x${Q}');
});

test('replacing symbols and literals', () => {
  expect(symbolic('a<P>b').mapSymbols(() => SymbolicString.literal('x')).literal).toBe('axb');
  expect(symbolic('a<P>b').mapLiterals(text => text.toUpperCase()).equals(symbolic('A<P>B'))).toBe(true);
});

test.each<[string, SymbolicString, unknown]>([
  ['text', SymbolicString.literal('a'), 'a'],
  ['a reference', SymbolicString.concat('a-', { id: '1', placeholder: 'Bucket' }), 'a-${Bucket}'],
  ['a dynamic reference', SymbolicString.concat('a-', { id: '1', placeholder: '{{resolve:ssm:/a}}' }), 'a-{{resolve:ssm:/a}}'],
  ['a function', SymbolicString.symbol({ id: '1', placeholder: '{"Fn::ImportValue":"a"}' }), { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'a' }]] }],
  [
    'a function and references',
    SymbolicString.concat({ id: '1', placeholder: '{"Fn::ImportValue":"a"}' }, '/', { id: '2', placeholder: 'P' }, { id: '3', placeholder: 'Role.Arn' }),
    { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'a' }, '/', { Ref: 'P' }, { 'Fn::GetAtt': ['Role', 'Arn'] }]] },
  ],
])('in a template, %s stands as it can be pasted', (_, value, json) => {
  expect(JSON.parse(JSON.stringify(value))).toEqual(json);
});
