import { necessaryAssumptions } from '../../src/template/implicants';
import { wordedAssumption } from '../../src/template/words';
import { condition, inEveryWorld, type World } from '../../src/template/world';

const is = (world: World, name: string) => world.is(condition(name, name), 'true');
const STAGE = { id: 'Stage', name: 'Stage', values: ['prod', 'test', 'dev'] };

/** When something is so, as the assumptions say it. */
function whenSo(isSo: (world: World) => boolean): string[] {
  const { all } = inEveryWorld(isSo);
  const assumed = (so: boolean) => all.filter(({ value }) => value === so).map(({ assumptions }) => assumptions);
  return necessaryAssumptions(assumed(true), assumed(false)).map(one => one.map(wordedAssumption).join(' and ')).sort();
}

test.each<[what: string, isSo: (world: World) => boolean, when: string[]]>([
  ['always', () => true, ['']],
  ['never', () => false, []],
  ['by a condition', world => is(world, 'a'), ['a is true']],
  ['by a condition, whatever else is asked for first', world => [is(world, 'image'), is(world, 'a')][1], ['a is true']],
  ['by a condition, whatever else is asked for after it', world => [is(world, 'a'), is(world, 'image')][0], ['a is true']],
  ['by two conditions together', world => is(world, 'a') && is(world, 'b'), ['a is true and b is true']],
  ['by either of two', world => is(world, 'a') || is(world, 'b'), ['a is true', 'b is true']],
  ['by what two have in common', world => is(world, 'a') === is(world, 'b'), ['a is false and b is false', 'a is true and b is true']],
  ['by a value', world => world.is(STAGE, 'prod'), ['Stage is prod']],
  ['by any value but one', world => !world.is(STAGE, 'prod'), ['Stage is not prod']],
  ['by one of several values', world => world.is(STAGE, 'prod') || world.is(STAGE, 'dev'), ['Stage is dev', 'Stage is prod']],
  ['whatever is asked for', world => is(world, 'a') || !is(world, 'b') || is(world, 'b'), ['']],
])('something that is so %s', (_, isSo, when) => {
  expect(whenSo(isSo)).toEqual(when);
});
