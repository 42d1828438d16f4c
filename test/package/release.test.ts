import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ROOT } from './private/stranger';
import { compareAssemblies, lastRelease } from '../../scripts/compatibility/release';

/**
 * The comparison of the API with that of the last release, `npm run compat`.
 */
// jsii-diff, for real: it reads the assembly of aws-cdk-lib.
jest.setTimeout(300_000);

const directory = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-release-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the last release', () => {
  const repository = join(directory, 'repository');
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: repository });
  const commit = (message = 'a commit') => git('commit', '--quiet', '--allow-empty', '--message', message);

  beforeEach(() => {
    rmSync(repository, { recursive: true, force: true });
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch', 'main');
    commit();
  });

  test('there is none without a tag, when npm does not know the package', () => {
    git('tag', 'not-a-version');
    expect(lastRelease(repository, () => undefined)).toBeUndefined();
  });

  test('without a tag it is the newest of npm', () => {
    expect(lastRelease(repository, version => version ?? '0.3.0')).toEqual({ version: '0.3.0', isPublished: true });
  });

  test('it is the highest tag before HEAD, not that of another branch', () => {
    git('tag', 'v0.9.0');
    commit();
    git('tag', 'v0.10.0');
    git('checkout', '--quiet', '-b', 'other');
    commit('another');
    git('tag', 'v1.0.0');
    git('checkout', '--quiet', 'main');
    commit();

    expect(lastRelease(repository, version => version)).toEqual({ version: '0.10.0', tag: 'v0.10.0', isPublished: true });
  });

  test('a tag counts that npm does not know', () => {
    git('tag', 'v0.1.0');
    expect(lastRelease(repository, version => version === undefined ? '0.0.9' : undefined)).toEqual({ version: '0.1.0', tag: 'v0.1.0', isPublished: false });
  });
});

describe('a release compared with the build', () => {
  const released = join(directory, 'released');
  const ignoreFile = join(directory, 'ignore');
  const KEY = 'removed:cdk-hyperpod.SlurmNode.gone';

  beforeAll(() => {
    mkdirSync(released);
    symlinkSync(join(ROOT, 'node_modules'), join(released, 'node_modules'));
    writeFileSync(join(released, 'package.json'), readFileSync(join(ROOT, 'package.json')));

    const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
    assembly.types['cdk-hyperpod.SlurmNode'].methods.push({ name: 'gone', static: true, docs: { stability: 'experimental' } });
    writeFileSync(join(released, '.jsii'), JSON.stringify(assembly));
  });

  test('a method that is gone breaks the API, though the API is experimental', () => {
    writeFileSync(ignoreFile, '');
    expect(compareAssemblies(released, ROOT, ignoreFile)).toEqual({ isBreaking: true, report: expect.stringContaining(`[${KEY}]`) });
  });

  test('it may go, if its key is in the file of intended breaks', () => {
    writeFileSync(ignoreFile, `# intended\n${KEY}\n`);
    expect(compareAssemblies(released, ROOT, ignoreFile)).toEqual({ isBreaking: false, report: expect.stringContaining(`[${KEY}]`) });
  });
});
