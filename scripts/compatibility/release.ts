/**
 * `npm run compat`: compares the API of the build with that of the last release. Before the first release there is nothing to compare with.
 *
 * A change that breaks the API has to be listed in `.compatignore`, by the key that is printed with it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { main, run, step } from '../check';
import { ROOT } from '../project';

interface Release {
  readonly version: string;
  /** If undefined, npm has the release, and the repository does not know its tag: clones in CI have none. */
  readonly tag?: string;
  readonly isPublished: boolean;
}

/**
 * The release that the last tag before HEAD is of, or else the newest of npm.
 *
 * @param published asks npm for a version, or for the newest one
 */
export function lastRelease(repository: string, published: (version?: string) => string | undefined): Release | undefined {
  const [tag] = run('git', ['tag', '--merged', 'HEAD', '--list', 'v[0-9]*', '--sort=-version:refname'], { cwd: repository }).split('\n');
  if (tag) {
    const version = tag.slice('v'.length);
    return { version, tag, isPublished: published(version) !== undefined };
  }
  const version = published();
  return version === undefined ? undefined : { version, isPublished: true };
}

/** Compares two directories with jsii assemblies. Is anything broken that the file does not list? */
export function compareAssemblies(original: string, updated: string, ignoreFile: string): { isBreaking: boolean; report: string } {
  // The library is experimental as a whole. By default, jsii-diff would let every change of it pass.
  const { status, stdout, stderr } = spawnSync('npx', [
    '--no-install', 'jsii-diff', original, updated, '--error-on', 'all', '--keys', '--ignore-file', ignoreFile,
  ], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1' } });
  const report = stdout + stderr;
  if (status !== 0 && status !== 1) throw new Error(`jsii-diff ended with exit code ${status}\n${report}`);
  return { isBreaking: status === 1, report };
}

/** @returns undefined if npm knows no such version; any other trouble with npm is an error */
function publishedVersion(name: string, version?: string): string | undefined {
  try {
    const found: string = run('npm', ['view', `${name}@${version ?? 'latest'}`, 'version', '--json']).trim();
    return found === '' ? undefined : JSON.parse(found);
  } catch (error) {
    if (/\bE404\b/.test((error as Error).message)) return undefined;
    throw error;
  }
}

async function compare(name: string, release: Release, directory: string): Promise<void> {
  const original = await step(`${release.isPublished ? 'fetched' : 'built'} ${release.version}`, () => fetch(name, release, directory));
  const { isBreaking, report } = compareAssemblies(original, ROOT, path.join(ROOT, '.compatignore'));
  console.log(report);
  if (isBreaking) throw new Error(`the API breaks with that of ${release.version}: keep what users have, or list the printed keys in .compatignore`);
}

/** A directory with the assembly of a release: as published or, if npm does not have it, built anew. */
function fetch(name: string, release: Release, directory: string): string {
  if (release.isPublished) {
    run('npm', ['install', '--prefix', directory, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${release.version}`]);
    return path.join(directory, 'node_modules', name);
  }
  run('git', ['clone', '--quiet', '--shared', '--branch', release.tag!, ROOT, directory]);
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: directory });
  run('npx', ['--no-install', 'projen', 'compile'], { cwd: directory });
  return directory;
}

if (require.main === module) {
  const { name } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const release = lastRelease(ROOT, version => publishedVersion(name, version));
  if (release === undefined) console.log('skipped: no release yet');
  else main('compat', directory => compare(name, release, directory));
}
