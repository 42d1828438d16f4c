import { wordedAssumption } from '../../src/template/words';
import { condition, inEveryWorld, MOST_WORLDS, valueIn, type Variable, type World } from '../../src/template/world';

const SIZE = { id: 'size', name: 'Size', values: ['s', 'm', 'l'] };
const COLOUR = { id: 'colour', name: 'Colour', values: ['red', 'blue'] };

const ask = (world: World, ...ids: string[]) => ids.map(id => world.is(condition(id, id), 'true'));

/** The values in all worlds, each with what is assumed. */
function outcomes<T>(compute: (world: World) => T): [T, string][] {
  return inEveryWorld(compute).all.map(({ value, assumptions }) => [value, assumptions.map(wordedAssumption).join(', ')]);
}

test('a computation that asks nothing has one outcome', () => {
  expect(inEveryWorld(() => 1)).toEqual({ all: [{ value: 1, assumptions: [] }], isComplete: true });
});

test('every combination of answers is looked at once', () => {
  expect(outcomes(world => ask(world, 'a', 'b').join())).toEqual([
    ['true,true', 'a is true, b is true'], ['false,true', 'a is false, b is true'], ['true,false', 'a is true, b is false'], ['false,false', 'a is false, b is false'],
  ]);
});

test('a question has one answer in one world', () => {
  expect(outcomes(world => ask(world, 'a', 'b', 'a').join()).map(([value]) => value).sort())
    .toEqual(['false,false,false', 'false,true,false', 'true,false,true', 'true,true,true']);
});

test('what is asked may depend on the answers', () => {
  const size = (world: World) => valueIn(world, SIZE);
  expect(outcomes(world => size(world) === 'm' ? `m-${valueIn(world, COLOUR)}` : size(world)).sort()).toEqual([
    ['l', 'Size is l'], ['m-blue', 'Size is m, Colour is blue'], ['m-red', 'Size is m, Colour is red'], ['s', 'Size is s'],
  ]);
});

describe('a variable has one value', () => {
  const P: Variable = { id: 'P', name: 'P' };

  test.each<[what: string, variable: Variable, asked: string[], expected: string[]]>([
    ['that is one of those asked for, or another', P, ['a', 'b'], ['P is a', 'P is b', 'P is not a, P is not b']],
    ['asked for twice', P, ['a', 'a'], ['P is a', 'P is not a']],
    ['of its choice, where all have been asked for', SIZE, ['s', 'm', 'l'], ['Size is l', 'Size is m', 'Size is s']],
    ['of its choice, where only one is left', { ...COLOUR }, ['red', 'blue'], ['Colour is blue', 'Colour is red']],
    ['which is none that it cannot have', SIZE, ['xl'], ['']],
  ])('%s', (_, variable, asked, expected) => {
    expect(outcomes(world => asked.map(value => world.is(variable, value)).join()).map(([, assumed]) => assumed).sort()).toEqual(expected.sort());
  });
});

test('the first world is that of the defaults', () => {
  const p = { id: 'P', name: 'P', default: 'b' };
  const q = { id: 'Q', name: 'Q', values: ['x', 'y'], default: 'y' };
  const [[, first]] = outcomes(world => [world.is(p, 'a'), world.is(p, 'b'), valueIn(world, q)]);
  expect(first).toBe('P is b, Q is y');
});

describe('where there are too many worlds', () => {
  const many = inEveryWorld(world => ask(world, ...Array.from({ length: 20 }, (_, index) => `${index}`)));
  const flipped = many.all.map(({ assumptions }) => assumptions.filter(({ holds }) => !holds).length);

  test('some are looked at, and it is said that they are not all', () => {
    expect([many.all.length, many.isComplete]).toEqual([MOST_WORLDS, false]);
  });

  test('the closest to the first come first, each decision seen both ways', () => {
    expect(flipped).toEqual([...flipped].sort((one, other) => one - other));
    expect(flipped.filter(count => count === 1)).toHaveLength(20);
  });
});

test.each([[10, true], [11, false]])('%d independent conditions are all looked at: %s', (conditions, isComplete) => {
  const ids = Array.from({ length: conditions }, (_, index) => `${index}`);
  expect(inEveryWorld(world => ask(world, ...ids)).isComplete).toBe(isComplete);
});
