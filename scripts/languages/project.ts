/** What the tests of the languages share: the project, its commands, and how to say that something was skipped. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const ROOT = path.join(__dirname, '..', '..');

const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** In bytes: what a build prints is shown only when it fails. */
const MOST_OUTPUT = 256 * 1024 * 1024;

/** In characters: package managers can go on and on. */
const MOST_OF_A_REASON = 300;

/** The names that the library has in each language. */
export const TARGETS = manifest.jsii.targets;

/** The lowest version of a peer dependency that the library promises to work with. */
export function floor(peer: string): string {
  return manifest.peerDependencies[peer].replace('^', '');
}

/** The version of a package in node_modules. */
export function installed(name: string): string {
  return JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

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

/**
 * Translates a jsii project into another language, and returns where the sources lie.
 *
 * @param project the library, unless it is one of the packages in node_modules
 */
export async function generate(language: string, directory: string, project: string = ROOT): Promise<string> {
  if (project === ROOT && isBuildStale()) await step('compiled the library with jsii', () => run('npx', ['--no-install', 'projen', 'compile']));
  await step(`generated the ${language} code${project === ROOT ? '' : ` of ${path.basename(project)}`}`, () => run('npx', [
    '--no-install', 'jsii-pacmak', project, '--outdir', directory, '--target', language, '--code-only', '--no-npmignore',
  ]));
  return path.join(directory, language);
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

/** Runs the test of a language in a directory of its own. It passes, or it fails, or it says what it had to skip. */
export function main(language: string, test: (directory: string, skip: (what: string, why: string) => void) => Promise<void>): void {
  const directory = mkdtempSync(path.join(os.tmpdir(), `cdk-hyperpod-${language}-`));
  let skipped = 0;
  const skip = (what: string, why: string) => {
    skipped += 1;
    console.log(`skipped: ${what}, since ${why}`);
  };
  test(directory, skip).then(
    () => console.log(`${language}: passed${skipped > 0 ? ` what could be run, ${skipped} skipped` : ''}`),
    error => {
      console.error(`${language}: FAILED\n${error.message}`);
      process.exitCode = 1;
    },
  ).finally(() => rmSync(directory, { recursive: true, force: true }));
}

function isBuildStale(): boolean {
  const built = statSync(path.join(ROOT, '.jsii'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return ['package.json', ...readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map(file => path.join('src', file))]
    .some(file => statSync(path.join(ROOT, file)).mtimeMs > built);
}
