import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pack, Packed, ROOT } from './private/stranger';

/**
 * What `npm publish` would upload.
 */
let packed: Packed;
beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-tarball-'));
  packed = pack(directory);
  rmSync(directory, { recursive: true });
});

const MEGABYTE = 1024 * 1024;

function paths(): string[] {
  return packed.files.map(({ path }) => path).sort();
}

test('beside lib/, the tarball holds what users and their tools read, and nothing else', () => {
  expect(paths().filter(path => !path.startsWith('lib/'))).toEqual([
    '.jsii', 'API.md', 'LICENSE', 'README.md', 'RULES.md', 'package.json', 'rosetta/default.ts-fixture',
  ]);
});

/** All modules; each of them also stands in its place, as the line that gets it from here. */
const BUNDLES = ['lib/bundle/check.js', 'lib/bundle/others.js'];

test('lib/ holds modules and their types: no sources, no source maps', () => {
  expect(paths()).toEqual(expect.arrayContaining(BUNDLES));
  const lib = paths().filter(path => path.startsWith('lib/') && !BUNDLES.includes(path));

  expect(lib).toContain('lib/index.js');
  expect(lib.filter(path => !/\.(js|d\.ts)$/.test(path))).toEqual([]);
  expect(lib.filter(path => path.endsWith('.js')).map(path => path.replace(/\.js$/, '')))
    .toEqual(lib.filter(path => path.endsWith('.d.ts')).map(path => path.replace(/\.d\.ts$/, '')));
});

test('each module in lib/ has a source: nothing is left of an earlier build', () => {
  const sources = paths().filter(path => /^lib\/.*\.js$/.test(path) && !BUNDLES.includes(path)).map(path => path.replace(/^lib\/(.*)\.js$/, 'src/$1.ts'));

  expect(sources.filter(source => !existsSync(join(ROOT, source)))).toEqual([]);
});

test('each module in lib/ is the one in a bundle, but for the entry and those that need their file', () => {
  const program = `
    const { join } = require('path');
    const { readFileSync } = require('fs');
    const [modules, bundles] = JSON.parse(process.argv[1]);
    const isInBundle = file => bundles.filter(bundle => readFileSync(bundle, 'utf8').includes('\\n' + JSON.stringify(file) + ': {'))
      .some(bundle => require(join(process.cwd(), bundle))(file) === require(join(process.cwd(), 'lib', file)));
    console.log(JSON.stringify(modules.filter(file => !isInBundle(file))));`;
  const modules = paths().filter(path => /^lib\/.*\.js$/.test(path) && !BUNDLES.includes(path)).map(path => path.slice('lib/'.length));
  const files: string[] = JSON.parse(execFileSync(process.execPath, ['-e', program, JSON.stringify([modules, BUNDLES])], { cwd: ROOT, encoding: 'utf8' }));

  expect(modules.length).toBeGreaterThan(200);
  expect(files).toEqual(['index.js', 'preflight/hyperpod-checks.js']);
});

test('the tarball is no larger than 1 MB', () => {
  expect(packed.size).toBeLessThan(MEGABYTE);
  process.stdout.write(`packed: ${Math.round(packed.size / 1024)} KB, ${packed.files.length} files\n`);
});
