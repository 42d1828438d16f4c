import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/preflight/rules';

const TESTS = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.test.ts'))
  .map(name => readFileSync(join(__dirname, name), 'utf8'));

/** What the tests call the rules that they test: each by the name under which its file exports it. */
const TESTED = new Set(TESTS.flatMap(text => [...text.matchAll(/^\s*testRule\((\w+),/gm)].map(([, name]) => `HyperPod-${name[0].toUpperCase()}${name.slice(1)}`)));

/** What judges something. `HyperPod-SampledDeployments` is about the check itself, and has a test file of its own. */
const JUDGES = RULES.filter(({ check, checkGroup }) => check ?? checkGroup);

test.each(JUDGES.map(({ id }) => ({ id })))('$id has cases of its own: testRule(…)', ({ id }) => {
  expect([...TESTED]).toContain(id);
});
