/** What the checks beyond the unit tests share: how to run commands, and to say that something was skipped. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './project';

/** In bytes: what a build prints is shown only when it fails. */
const MOST_OUTPUT = 256 * 1024 * 1024;

/** In characters: package managers can go on and on. */
const MOST_OF_A_REASON = 300;

/** Runs a command; what it prints is shown only if it fails, and then ends the test. */
export function run(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'pipe',
    ...options,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, ...options.env, JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}\n${stdout}${stderr}`);
  return stdout;
}

/** Can the command be run at all? */
export function has(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Does what takes long, and says how long it took. */
export async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  console.log(`${name} (${Math.round((Date.now() - start) / 1000)} s)`);
  return result;
}

/** Can it be fetched, or why not: the first line with which a package manager says so. */
export function refusal(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string | undefined {
  try {
    run(command, args, options);
    return undefined;
  } catch (error) {
    const lines = stripVTControlCharacters((error as Error).message).split('\n').slice(1).map(line => line.trim()).filter(line => line !== '');
    return (lines.find(line => /error|forbidden|not found|could not|cannot|unable/i.test(line)) ?? lines[0] ?? (error as Error).message).slice(0, MOST_OF_A_REASON);
  }
}

/** Runs a check in a directory of its own. It passes, or it fails, or it says what it had to skip. */
export function main(name: string, check: (directory: string, skip: (what: string, why: string) => void) => Promise<void>): void {
  const directory = mkdtempSync(path.join(os.tmpdir(), `cdk-hyperpod-${name}-`));
  let skipped = 0;
  const skip = (what: string, why: string) => {
    skipped += 1;
    console.log(`skipped: ${what}, since ${why}`);
  };
  check(directory, skip).then(
    () => console.log(`${name}: passed${skipped > 0 ? ` what could be run, ${skipped} skipped` : ''}`),
    error => {
      console.error(`${name}: FAILED\n${error.message}`);
      process.exitCode = 1;
    },
  ).finally(() => rmSync(directory, { recursive: true, force: true }));
}
