/** What the tests of the languages share: the project, its commands, and how to say that something was skipped. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..', '..');

const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** In bytes: what a build prints is shown only when it fails. */
const MOST_OUTPUT = 256 * 1024 * 1024;

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

/** Translates the build into another language, and returns where the result lies: sources only, or what is published. */
export async function translate(language: string, directory: string, { codeOnly }: { codeOnly: boolean }): Promise<string> {
  if (isBuildStale()) await step('compiled the library with jsii', () => run('npx', ['--no-install', 'projen', 'compile']));
  await step(codeOnly ? `generated the ${language} code` : `built the ${language} package`, () => run('npx', [
    '--no-install', 'jsii-pacmak', '--target', language, '--outdir', directory, ...(codeOnly ? ['--code-only'] : []),
  ]));
  return path.join(directory, language);
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
