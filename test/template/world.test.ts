import { inEveryWorld, type World } from '../../src/template/world';

const ask = (world: World, ...ids: string[]) => ids.map(id => world.decide(id, ['true', 'false']));

test('a computation that asks nothing has one outcome', () => {
  expect(inEveryWorld(() => 1)).toEqual([{ value: 1, assumptions: [] }]);
});

test('every combination of answers is looked at once', () => {
  expect(inEveryWorld(world => ask(world, 'a', 'b').join())!.map(({ value }) => value))
    .toEqual(['true,true', 'true,false', 'false,true', 'false,false']);
});

test('a question has one answer in one world', () => {
  expect(inEveryWorld(world => ask(world, 'a', 'b', 'a').join())!.map(({ value }) => value))
    .toEqual(['true,true,true', 'true,false,true', 'false,true,false', 'false,false,false']);
});

test('what is asked may depend on the answers', () => {
  const outcomes = inEveryWorld(world => {
    const size = world.decide('size', ['s', 'm', 'l']);
    return size === 'm' ? `${size}-${world.decide('colour', ['red', 'blue'])}` : size;
  })!;
  expect(outcomes.map(({ value }) => value)).toEqual(['s', 'm-red', 'm-blue', 'l']);
  expect(outcomes[2].assumptions).toEqual([{ subject: 'size', outcome: 'm' }, { subject: 'colour', outcome: 'blue' }]);
});

test('an assumption is named by its description', () => {
  expect(inEveryWorld(world => world.decide('id', ['x'], 'IsProduction'))).toEqual([{ value: 'x', assumptions: [{ subject: 'IsProduction', outcome: 'x' }] }]);
});

test.each([[10, 1024], [11, undefined]])('%d independent conditions: %s worlds', (conditions, worlds) => {
  const ids = Array.from({ length: conditions }, (_, index) => `${index}`);
  expect(inEveryWorld(world => ask(world, ...ids))?.length).toBe(worlds);
});
