import { execFile } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Run } from './command-line';
import { Transpiled } from '../private/transpiled';

/**
 * What a user of the real command line sees: exit code and text, for each kind of finding, in each place, through each door.
 */
const ROOT = join(__dirname, '..', '..');
const APP = 'test/cli/app.ts';
const COMMAND_LINE = 'test/cli/command-line.ts';

/** As many as have a processor where there are few. */
const PROCESSES = 2;

/** Runs `cdk synth` on some cases, one after another in one process. */
function cdkSynth(cases: readonly Case[], transpiled: Transpiled): Promise<Run[]> {
  const assemblies = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-cli-'));
  const commands = cases.map(({ args, finding, place, door }, index) => [
    'synth', ...args, '--quiet', '--no-notices', '--no-version-reporting', '--output', join(assemblies, `${index}`),
    '--app', ['node', transpiled.path(APP), finding, place, door].join(' '),
  ]);
  // What CDK's own validation finds is not the question here, and it takes longer to start than all the rest.
  const environment = { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_ENV: '' };
  return new Promise((resolve, reject) => {
    const { stdin } = execFile(process.execPath, [transpiled.path(COMMAND_LINE)], { cwd: ROOT, env: environment }, (error, stdout) => {
      rmSync(assemblies, { recursive: true, force: true });
      if (error) { reject(error); } else { resolve(JSON.parse(stdout)); }
    });
    stdin!.end(JSON.stringify(commands));
  });
}

interface Case {
  readonly finding: string;
  readonly place: string;
  readonly door: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly prints: readonly string[];
  readonly hides: readonly string[];
}

const PLACES = ['stack', 'nested-stack', 'stage'];
const DOORS = ['aspect', 'pack'];
const EVERYWHERE = PLACES.flatMap(place => DOORS.map(door => ({ place, door })));
const ALL_STACKS = ['**'];
const STRICT = ['**', '--strict'];

const ERROR_TEXT = ['workers', 's3://scripts/config/', 's3:ListBucket', 's3:GetObject', '"Resource":"arn:aws:s3:::scripts/config/*"'];
const WARNING_TEXT = ['does not wait for', 'workers'];

const CASES: readonly Case[] = [
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

const runs = new Map<Case, Run>();
beforeAll(async () => {
  const transpiled = new Transpiled(APP, COMMAND_LINE);
  try {
    await Promise.all(Array.from({ length: PROCESSES }, async (_, process) => {
      const cases = CASES.filter((__, index) => index % PROCESSES === process);
      (await cdkSynth(cases, transpiled)).forEach((run, index) => runs.set(cases[index], run));
    }));
  } finally {
    transpiled.remove();
  }
}, 600_000);

test.each(CASES)('$finding in a $place through the $door: cdk synth $args exits $exitCode', one => {
  const { exitCode, output } = runs.get(one)!;
  for (const text of one.prints) { expect(output).toContain(text); }
  for (const text of one.hides) { expect(output).not.toContain(text); }
  expect(exitCode).toBe(one.exitCode);
});
