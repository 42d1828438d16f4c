import { wordedAssumption } from '../../src/template/words';
import { condition, inEveryWorld, type World } from '../../src/template/world';
import { WorldMemory } from '../../src/template/world-memory';

const is = (world: World, name: string) => world.is(condition(name, name), 'true');

/** What a computation comes to in all worlds, and what is assumed for it. */
function outcomes<T>(memory: WorldMemory, compute: () => T): [T, string][] {
  return inEveryWorld(world => memory.within(world, compute)).all
    .map(({ value, assumptions }) => [value, assumptions.map(wordedAssumption).join(', ')]);
}

describe('a remembered result', () => {
  test('is computed once for all worlds that agree on what it asks for', () => {
    const memory = new WorldMemory();
    const computed: string[] = [];
    const size = () => memory.remember('group', 'size', () => {
      const value = is(memory, 'large') ? 'l' : 's';
      computed.push(value);
      return value;
    });
    const inAll = outcomes(memory, () => `${is(memory, 'other')} ${size()}`);
    expect(inAll.map(([value]) => value).sort()).toEqual(['false l', 'false s', 'true l', 'true s']);
    expect(computed.sort()).toEqual(['l', 's']);
  });

  test('carries the decisions that it rests on, also where it is found again', () => {
    const memory = new WorldMemory();
    const size = () => memory.remember('group', 'size', () => is(memory, 'large') ? 'l' : 's');
    const first = outcomes(memory, size);
    expect(first).toEqual([['l', 'large is true'], ['s', 'large is false']]);
    expect(outcomes(memory, size)).toEqual(first);
  });

  test('rests on what is remembered within it', () => {
    const memory = new WorldMemory();
    const inner = () => memory.remember('inner', '', () => is(memory, 'a'));
    const outer = () => memory.remember('outer', '', () => inner() && is(memory, 'b'));
    const expected = [[true, 'a is true, b is true'], [false, 'a is false'], [false, 'a is true, b is false']];
    outcomes(memory, inner);
    expect([outcomes(memory, outer), outcomes(memory, outer)]).toEqual([expected, expected]);
  });

  test('is told apart by what it is about and by its name', () => {
    const memory = new WorldMemory();
    const read = (subject: string, name: string) => memory.remember(subject, name, () => `${subject}.${name}`);
    expect([read('a', 'x'), read('a', 'y'), read('b', 'x'), read('a', 'x')]).toEqual(['a.x', 'a.y', 'b.x', 'a.x']);
  });

  test('is not kept if it must not be', () => {
    const memory = new WorldMemory();
    let count = 0;
    const next = () => memory.remember('a', 'x', () => ++count, () => false);
    expect([next(), next()]).toEqual([1, 2]);
  });

  test('is not kept of a computation that fails', () => {
    const memory = new WorldMemory();
    expect(() => memory.remember('a', 'x', () => { throw new Error('no'); })).toThrow('no');
    expect(memory.remember('a', 'x', () => 1)).toBe(1);
  });
});

describe('what is settled', () => {
  const settle = (memory: WorldMemory, compute: () => boolean) => memory.settle('a', 'x', compute, (one, other) => one === other);

  test('asks for nothing if it is the same in every world', () => {
    const memory = new WorldMemory();
    expect(outcomes(memory, () => settle(memory, () => is(memory, 'a') || !is(memory, 'a')))).toEqual([[true, '']]);
  });

  test('asks for what decides if it is not', () => {
    const memory = new WorldMemory();
    expect(outcomes(memory, () => settle(memory, () => is(memory, 'a')))).toEqual([[true, 'a is true'], [false, 'a is false']]);
  });

  test('is not what is remembered around it rests on', () => {
    const memory = new WorldMemory();
    const around = () => memory.remember('b', 'y', () => settle(memory, () => is(memory, 'a') || !is(memory, 'a')) && is(memory, 'b'));
    expect([outcomes(memory, around), outcomes(memory, around)])
      .toEqual(Array.from({ length: 2 }, () => [[true, 'b is true'], [false, 'b is false']]));
  });
});

test('outside of any world nothing can be asked', () => {
  const memory = new WorldMemory();
  expect(() => is(memory, 'large')).toThrow('large was asked for outside of any way to deploy the app');
});
