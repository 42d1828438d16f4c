import { execFile } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TranspiledApp } from './transpiled';

/**
 * What a user of the real command line sees: exit code and text, for each kind of finding, in each place, through each door.
 */
const ROOT = join(__dirname, '..', '..');

const transpiled = new TranspiledApp();
afterAll(() => transpiled.remove());

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

function cdkSynth(args: string[], app: string[]): Promise<Run> {
  const assembly = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-cli-'));
  const command = ['node', transpiled.entry, ...app].join(' ');
  // What CDK's own validation finds is not the question here, and it takes longer to start than all the rest.
  const environment = { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_ENV: '' };
  return new Promise(resolve => {
    execFile(join(ROOT, 'node_modules', '.bin', 'cdk'), [
      'synth', ...args, '--quiet', '--no-notices', '--no-version-reporting', '--output', assembly, '--app', command,
    ], { cwd: ROOT, env: environment }, (error, stdout, stderr) => {
      rmSync(assembly, { recursive: true, force: true });
      resolve({ exitCode: error ? Number(error.code) : 0, output: `${stdout}${stderr}` });
    });
  });
}

const PLACES = ['stack', 'nested-stack', 'stage'];
const DOORS = ['aspect', 'pack'];
const EVERYWHERE = PLACES.flatMap(place => DOORS.map(door => ({ place, door })));
const ALL_STACKS = ['**'];
const STRICT = ['**', '--strict'];

const ERROR_TEXT = ['workers', 's3://scripts/config/', 's3:ListBucket', 's3:GetObject', '"Resource":"arn:aws:s3:::scripts/config/*"'];
const WARNING_TEXT = ['does not wait for', 'workers'];

const CASES = [
  ...EVERYWHERE.map(where => ({ ...where, finding: 'error', args: ALL_STACKS, exitCode: 1, prints: ERROR_TEXT, hides: [] })),
  ...EVERYWHERE.map(where => ({ ...where, finding: 'warning', args: ALL_STACKS, exitCode: 0, prints: WARNING_TEXT, hides: [] })),
  ...EVERYWHERE.map(where => ({ ...where, finding: 'warning', args: STRICT, exitCode: 1, prints: WARNING_TEXT, hides: [] })),
  ...EVERYWHERE.map(where => ({ ...where, finding: 'acknowledged-warning', args: STRICT, exitCode: 0, prints: [], hides: ['does not wait for'] })),
  ...DOORS.map(door => ({ place: 'stack', door, finding: 'none', args: STRICT, exitCode: 0, prints: [], hides: ['HyperPod-'] })),
  ...DOORS.map(door => ({ place: 'stack', door, finding: 'acknowledged-error', args: ALL_STACKS, exitCode: 0, prints: [], hides: ['cannot read'] })),
  { place: 'stack', door: 'pack', finding: 'acknowledged-in-report', args: ALL_STACKS, exitCode: 0, prints: [], hides: ['cannot read'] },
  // Without a pattern the command line looks only at stacks that stand directly in the app, but not past a check that broke.
  { place: 'stage', door: 'pack', finding: 'error', args: [], exitCode: 0, prints: [], hides: ['cannot read'] },
  { place: 'stage', door: 'pack', finding: 'throwing-rule', args: [], exitCode: 1, prints: ['HyperPod-Broken', 'broken on purpose'], hides: [] },
  ...EVERYWHERE.map(where => ({
    ...where, finding: 'throwing-rule', args: ALL_STACKS, exitCode: 1, prints: ['HyperPod-Broken', 'broken on purpose'], hides: [],
  })),
];

test.concurrent.each(CASES)('$finding in a $place through the $door: cdk synth $args exits $exitCode', async one => {
  const { exitCode, output } = await cdkSynth(one.args, [one.finding, one.place, one.door]);
  for (const text of one.prints) { expect(output).toContain(text); }
  for (const text of one.hides) { expect(output).not.toContain(text); }
  expect(exitCode).toBe(one.exitCode);
}, 120_000);
