import { substituteVariables } from '../../../src/iam/policy/variables';
import { matchGlob } from '../../../src/template/symbolic/glob';
import { symbolic } from '../../template/private/strings';
import { objectRequest, OTHER_ACCOUNT } from '../private/policies';

const request = objectRequest({
  resourceAccount: OTHER_ACCOUNT,
  context: { 's3:prefix': [], 'aws:RequestedRegion': ['<Region>'], 'aws:TagKeys': ['a', 'b'], 'aws:PrincipalTag/star': ['a*'], 'aws:PrincipalTag/empty': [''] },
});

test.each([
  ['a/b', 'a/b', 'nothing to replace'],
  ['${aws:PrincipalAccount}', '111111111111', 'a value'],
  ['x-${aws:ResourceAccount}-${aws:PrincipalAccount}/*', `x-${OTHER_ACCOUNT}-111111111111/*`, 'several values'],
  ['${ AWS:principalaccount }', '111111111111', 'keys have no case'],
  ['a-${aws:RequestedRegion}', 'a-<Region>', 'a value that is a symbol'],
  ['<P>/${aws:PrincipalAccount}', '<P>/111111111111', 'beside a symbol'],
  ['${aws:PrincipalTag/empty}x', 'x', 'an empty value'],
])('%s becomes %s: %s', (pattern, expected) => {
  const substituted = substituteVariables(symbolic(pattern), request);
  expect(`${substituted}`).toBe(`${symbolic(expected)}`);
});

test.each([
  ['${s3:prefix}/*', 'no', 'the key is absent, so that nothing matches'],
  ['a<P>${s3:prefix}', 'no', 'wherever it stands'],
  ['${aws:username}', 'unknown', 'a key of which nothing is known'],
  ['${aws:TagKeys}', 'unknown', 'a key with several values'],
  ['${aws:PrincipalTag/star}', 'unknown', 'a value with an asterisk, which would match only itself'],
  ['${aws:PrincipalTag/team, \'none\'}', 'unknown', 'a default'],
  ['${aws:PrincipalTag/<P>}', 'unknown', 'a key that is only known at deployment'],
  ['${aws:PrincipalAccount}/${aws:PrincipalTag/<P>}', 'unknown', 'such a key behind one that is known'],
])('%s is %s: %s', (pattern, expected) => {
  expect(substituteVariables(symbolic(pattern), request)).toBe(expected);
});

test.each([
  ['a${*}', 'a*', 'yes'],
  ['a${*}', 'ab', 'no'],
  ['a${?}*', 'a?b', 'yes'],
  ['a${?}*', 'abb', 'no'],
  ['${$}a*', '$ab', 'yes'],
  ['<P>${*}', '<P>*', 'yes'],
  ['a${*}<P>', 'ab<P>', 'no'],
])('the characters of %s match those of %s: %s', (pattern, subject, expected) => {
  const read = substituteVariables(symbolic(pattern), request);
  expect(typeof read === 'string' ? read : matchGlob(read, symbolic(subject))).toBe(expected);
});

test('a wildcard that stands for itself does so in comparisons of text, too', () => {
  const read = substituteVariables(symbolic('a${*}'), request);
  expect(typeof read === 'string' ? read : matchGlob(read, symbolic('a*'), { literal: true })).toBe('yes');
});
