/**
 * The last step of `projen compile`: puts the modules of lib/ into two files, lib/bundle/check.js with all that is needed to check a cluster, and
 * lib/bundle/others.js. For Node, to find and read two hundred files takes longer than to run what is in them. In its place, each module leaves a line
 * that gets it from there, so that no module exists twice.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ENTRY = 'index.js';
const BUNDLES = 'bundle';
const CHECK = 'preflight/hyperpod-preflight.js';

/** The texts of modules, by file. */
type Sources = ReadonlyMap<string, string>;

/**
 * Bundles the CommonJS modules of a directory; what is bundled already stays as it is.
 *
 * @param check the module whose process runs it, and all that it requires
 */
export function bundle(directory: string, check: string = CHECK): void {
  const all: Sources = new Map(readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll(path.sep, '/'))
    .filter(file => file.endsWith('.js') && file !== ENTRY && !file.startsWith(`${BUNDLES}/`)).sort()
    .map(file => [file, readFileSync(path.join(directory, file), 'utf8')]));
  if (all.get(check) === reference(check, 'check')) { return; }

  const forCheck = reachable(check, all);
  const bundles = { check: new Map<string, string>(), others: new Map<string, string>() };
  for (const [file, source] of all) {
    if (!needsItsFile(source)) { bundles[forCheck.has(file) ? 'check' : 'others'].set(file, source); }
  }
  mkdirSync(path.join(directory, BUNDLES), { recursive: true });
  for (const [name, sources] of Object.entries(bundles)) {
    writeFileSync(path.join(directory, BUNDLES, `${name}.js`), ascii(bundled(sources, all, name === 'check')));
    for (const file of sources.keys()) { writeFileSync(path.join(directory, file), reference(file, name)); }
  }
}

/** A program, and what asks where it lies. */
function needsItsFile(source: string): boolean {
  return source.startsWith('#!') || /\b(__dirname|__filename|require\.main)\b/.test(source);
}

function reference(file: string, name: string): string {
  return `module.exports = require("${'../'.repeat(file.split('/').length - 1) || './'}${BUNDLES}/${name}.js")("${file}");\n`;
}

function reachable(file: string, all: Sources, found = new Set<string>()): ReadonlySet<string> {
  if (!found.has(file)) {
    found.add(file);
    for (const [, required] of requirements(file, all)) { reachable(required, all, found); }
  }
  return found;
}

/** The relative names that a module requires, and the files that it means by them. */
function requirements(file: string, all: Sources): (readonly [name: string, file: string])[] {
  const names = ts.preProcessFile(all.get(file)!, true, true).importedFiles.map(({ fileName }) => fileName).filter(name => name.startsWith('.'));
  return names.map(name => {
    const target = path.posix.join(file, '..', name);
    const required = [target, `${target}.js`, `${target}/index.js`].find(candidate => all.has(candidate));
    if (required === undefined) { throw new Error(`${file} requires ${name}, which is not there`); }
    return [name, required];
  });
}

/**
 * Each module is a function, as Node makes one of it (https://nodejs.org/api/modules.html#the-module-wrapper), and runs when it is first required.
 *
 * @param isEager most of them will run: in parentheses, V8 compiles a function at once (https://v8.dev/blog/preparser#pife)
 */
function bundled(sources: Sources, all: Sources, isEager: boolean): string {
  const entries = [...sources].map(([file, source]) => {
    const run = `function (exports, require, module) {\n${source}\n}`;
    return `${JSON.stringify(file)}: { files: ${JSON.stringify(Object.fromEntries(requirements(file, all)))}, run: ${isEager ? `(${run})` : run} }`;
  });
  return `${LOADER}\nconst modules = {\n${entries.join(',\n')}\n};\n`;
}

/** A file with any other character takes V8 twice the memory, and longer. */
function ascii(source: string): string {
  return source.replace(/[^\x00-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const LOADER = `"use strict";
const loaded = new Map();

function load(file) {
  if (modules[file] === undefined) { return require("../" + file); }
  let module = loaded.get(file);
  if (module === undefined) {
    module = { exports: {} };
    loaded.set(file, module);
    const { files, run } = modules[file];
    run(module.exports, name => files[name] === undefined ? require(name) : load(files[name]), module);
  }
  return module.exports;
}

module.exports = load;
`;

if (require.main === module) { bundle(path.join(__dirname, '..', 'lib')); }
