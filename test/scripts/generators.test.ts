import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MANAGED_POLICIES } from '../../src/iam/policy/managed-policies-table';

const ROOT = join(__dirname, '../..');
const GENERATED = ['service/instance-type-facts.ts', 'cluster/instance-group/instance-type.ts'];

const directory = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-generators-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('what is generated about instance types is what the committed input gives', () => {
  const sources = GENERATED.map(file => readFileSync(join(ROOT, 'src', file), 'utf8'));
  GENERATED.forEach((file, index) => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), sources[index].replace(/(\/\/ <generated>\n)[^]*?( *\/\/ <\/generated>)/, '$1$2'));
  });
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/instance-types/generate.mjs'), directory], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(GENERATED.map(file => readFileSync(join(directory, file), 'utf8'))).toEqual(sources);
});

test('the table of managed policies has those that its generator names', () => {
  const script = readFileSync(join(ROOT, 'scripts/managed-policies/generate.mjs'), 'utf8');
  const names = [.../const NAMES = \[([^]*?)\];/.exec(script)![1].matchAll(/'(\w+)'/g)].map(([, name]) => name);
  expect(Object.keys(MANAGED_POLICIES)).toEqual(names.sort());
});
