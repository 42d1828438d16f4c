import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../../scripts/bundle';

const directory = mkdtempSync(join(tmpdir(), 'cdk-hyperpod-bundle-'));
afterAll(() => rmSync(directory, { recursive: true }));

let packages = 0;

/** A package with these modules, bundled. */
function bundled(modules: Record<string, string>): string {
  const lib = join(directory, String(packages++), 'lib');
  for (const [file, source] of Object.entries(modules)) {
    mkdirSync(dirname(join(lib, file)), { recursive: true });
    writeFileSync(join(lib, file), source);
  }
  bundle(lib, 'a/second.js');
  return lib;
}

/** What a program prints that finds the modules below `lib`. */
function run(lib: string, program: string): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', `const lib = ${JSON.stringify(lib)}; ${program}`], { encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  return JSON.parse(stdout);
}

const MODULES = {
  'index.js': 'exports.first = require("./a/first"); exports.second = () => require("./a/second");',
  'a/first.js': 'exports.state = require("../state"); exports.b = require("../b"); exports.sep = require("node:path").sep;',
  // The compiler keeps the quotation marks of a call of `require`.
  'a/second.js': 'require("../state").isSecondLoaded = true; exports.load = () => require(\'./third\'); exports.state = require("../state");',
  'a/third.js': 'module.exports = "… ×";',
  'b/index.js': 'exports.a = require("../a/first");',
  'state.js': 'exports.count = (global.count = (global.count ?? 0) + 1);',
};

test('a module is the same from whichever way it is reached, and runs once, when it is first required', () => {
  const lib = bundled(MODULES);

  expect(run(lib, `
    const { first, second } = require(lib);
    const isEarly = first.state.isSecondLoaded ?? false;
    console.log(JSON.stringify([
      isEarly, second().state === first.state, require(lib + "/state.js") === first.state, first.b.a === first, first.state.count, second().load(), first.sep,
    ]));
  `)).toEqual([false, true, true, true, 1, '… ×', '/']);
});

test.each([
  ['second().load()', ['a/second.js', 'bundle/check.js', 'index.js']],
  ['first', ['a/first.js', 'bundle/check.js', 'bundle/others.js', 'index.js', 'state.js']],
])('to use %s, no other files are read than the bundles and what the entry or the other bundle requires', (use, files) => {
  const lib = bundled({ ...MODULES, 'index.js': 'Object.defineProperty(exports, "first", { get: () => require("./a/first") }); exports.second = () => require("./a/second");' });

  expect(run(lib, `
    require(lib).${use};
    console.log(JSON.stringify(Object.keys(require.cache).map(file => require("path").relative(lib, file)).sort()));
  `)).toEqual(files);
});

test('what is bundled already stays as it is', () => {
  const lib = bundled(MODULES);
  const contents = () => ['bundle/check.js', 'bundle/others.js', 'a/first.js', 'a/second.js'].map(file => readFileSync(join(lib, file), 'utf8'));
  const before = contents();

  bundle(lib, 'a/second.js');

  expect(contents()).toEqual(before);
});

test.each([
  ['asks where it lies', 'exports.place = __dirname; exports.state = require("../state");'],
  ['is run as a program', '#!/usr/bin/env node\nexports.state = require("../state");'],
  ['asks whether it is run', 'exports.state = require("../state"); if (require.main === module) { process.exit(1); }'],
])('a module that %s stays a file, shares the others, and can be required by them', (_, source) => {
  const lib = bundled({ ...MODULES, 'c/file.js': source, 'd.js': 'exports.file = require("./c/file");' });

  expect(readFileSync(join(lib, 'c/file.js'), 'utf8')).toBe(source);
  expect(run(lib, `
    const file = require(lib + "/c/file.js");
    console.log(JSON.stringify([file.state === require(lib).first.state, require(lib + "/d.js").file === file]));
  `)).toEqual([true, true]);
});

test('a module that requires what is not there is an error of the build, which changes nothing', () => {
  const lib = join(directory, 'wrong');
  mkdirSync(lib);
  writeFileSync(join(lib, 'a.js'), 'require("./c");');

  expect(() => bundle(lib, 'a.js')).toThrow('a.js requires ./c, which is not there');
  expect(existsSync(join(lib, 'bundle'))).toBe(false);
  expect(readFileSync(join(lib, 'a.js'), 'utf8')).toBe('require("./c");');
});
