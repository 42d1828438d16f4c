import { all, any, consensus, fromBoolean, not, type Ternary } from '../../src/template/ternary';

const [Y, N, U]: Ternary[] = ['yes', 'no', 'unknown'];

test.each<[Ternary[], Ternary, Ternary, Ternary]>([
  // operands, all, any, consensus
  [[], Y, N, U],
  [[Y], Y, Y, Y],
  [[N], N, N, N],
  [[U], U, U, U],
  [[Y, Y], Y, Y, Y],
  [[Y, N], N, Y, U],
  [[Y, U], U, Y, U],
  [[U, N], N, U, U],
  [[N, N], N, N, N],
  [[U, U], U, U, U],
  [[Y, U, N], N, Y, U],
])('%j: all %s, any %s, consensus %s', (operands, every, some, common) => {
  expect([all(operands), any(operands), consensus(operands)]).toEqual([every, some, common]);
});

test('what is unknown stays so when it is negated', () => {
  expect([Y, N, U].map(not)).toEqual([N, Y, U]);
});

test('booleans are definite', () => {
  expect([true, false].map(fromBoolean)).toEqual([Y, N]);
});
