import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/preflight/rules';

const ROOT = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

const APPS = readdirSync(join(ROOT, 'examples')).filter(name => existsSync(join(ROOT, 'examples', name, 'app.ts')));

test('there are apps, and rules that prevent a message of AWS', () => {
  expect(APPS).toContain('quickstart');
  expect(RULES.filter(({ prevents }) => prevents.length > 0).length).toBeGreaterThan(10);
});

test.each(APPS)('the list of examples has %s, whose page says that synthesizing costs nothing', app => {
  expect(read('docs', 'examples.md')).toContain(`(../examples/${app}/README.md)`);
  expect(read('examples', app, 'README.md')).toContain('**Synthesizing costs nothing**');
});

test.each(RULES.filter(({ prevents }) => prevents.length > 0).map(({ id }) => id))('the page of failures leads to %s', id => {
  expect(read('docs', 'failures.md')).toContain(`(../RULES.md#${id.toLowerCase()})`);
});

test('every decision is in the list, under its number', () => {
  const list = read('docs', 'decisions', 'README.md');
  const decisions = readdirSync(join(ROOT, 'docs', 'decisions')).filter(name => /^\d{4}-/.test(name));
  expect(decisions.length).toBeGreaterThan(1);
  for (const name of decisions) {
    const [, number] = /^# (\d{4}): /.exec(read('docs', 'decisions', name))!;
    expect(name.startsWith(number)).toBe(true);
    expect(list).toContain(`[${number}](${name})`);
  }
});

test('README begins with its maturity, and its first example needs nothing else', () => {
  const readme = read('README.md');
  const sections = [...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(readme.indexOf('**Maturity:')).toBeLessThan(readme.indexOf('\n## '));
  expect(sections.slice(0, 2)).toEqual(['Why', 'Start']);
  expect(/```ts (\w+)\n([^`]*)```/.exec(readme)).toMatchObject({ 1: 'nofixture', 2: expect.stringMatching(/import .*\ndeclare const/s) });
});
