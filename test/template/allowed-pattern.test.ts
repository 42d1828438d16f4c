import { knownByPattern } from '../../src/template/allowed-pattern';

test.each([
  ['^sagemaker-[a-c1]+$', { beginsWith: 'sagemaker-', alphabet: 'abc1', minLength: 1 }],
  ['^[a-c.-]*$', { alphabet: 'abc.-', minLength: 0 }],
  ['^sagemaker-.*$', { beginsWith: 'sagemaker-' }],
  ['^team\\.a/[x]+$', { beginsWith: 'team.a/', alphabet: 'x', minLength: 1 }],
  ['^abc$', { beginsWith: 'abc' }],
])('%s says something of the value', (pattern, known) => {
  expect(knownByPattern(pattern)).toEqual(known);
});

test.each([
  ['sagemaker-.*', 'it is tied to neither end'],
  ['^sagemaker-.*', 'it is not tied to the end'],
  ['^sagemaker-?$', 'the last character may be missing'],
  ['^sagemaker-{0,1}[a-z]$', 'the last character may be missing'],
  ['^a|b$', 'it has alternatives'],
  ['^(a|b)$', 'it has alternatives'],
  ['^[^a]+$', 'what is left out is not what there is'],
  ['^[*a]+$', 'in a policy an asterisk is more than a character'],
  ['^a\\*[a]+$', 'in a policy an asterisk is more than a character'],
  [undefined, 'there is none'],
])('%s says nothing of the value: %s', (pattern, _) => {
  expect(knownByPattern(pattern)).toEqual({});
});
