/**
 * The last step of `projen compile`: puts the modules of lib/ into one file, lib/bundle.js. For Node, to find and read two hundred files takes longer
 * than to run what is in them. In its place, each module leaves a line that gets it from there, so that no module exists twice.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const BUNDLE = 'bundle.js';
const ENTRY = 'index.js';

/** Bundles the CommonJS modules of a directory; what is bundled already stays as it is. */
export function bundle(directory: string): void {
  const sources = new Map(readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll(path.sep, '/'))
    .filter(file => file.endsWith('.js') && file !== ENTRY && file !== BUNDLE).sort()
    .map(file => [file, readFileSync(path.join(directory, file), 'utf8')]));
  const modules = [...sources].filter(([, source]) => !needsItsFile(source));
  if (modules.every(([file, source]) => source === reference(file))) { return; }

  writeFileSync(path.join(directory, BUNDLE), ascii(bundled(modules, sources)));
  for (const [file] of modules) { writeFileSync(path.join(directory, file), reference(file)); }
}

/** A program, and what asks where it lies. */
function needsItsFile(source: string): boolean {
  return source.startsWith('#!') || /\b(__dirname|__filename|require\.main)\b/.test(source);
}

function reference(file: string): string {
  return `module.exports = require("${'../'.repeat(file.split('/').length - 1) || './'}${BUNDLE}")("${file}");\n`;
}

/** Each module is a function, as Node makes one of it (https://nodejs.org/api/modules.html#the-module-wrapper), and runs when it is first required. */
function bundled(modules: readonly (readonly [file: string, source: string])[], all: ReadonlyMap<string, string>): string {
  const entries = modules.map(([file, source]) => {
    const names = ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName).filter(name => name.startsWith('.'));
    const files = names.map(name => [name, resolve(name, file, all)]);
    return `${JSON.stringify(file)}: { files: ${JSON.stringify(Object.fromEntries(files))}, run: function (exports, require, module) {\n${source}\n} }`;
  });
  return `${LOADER}\nconst modules = {\n${entries.join(',\n')}\n};\n`;
}

/** The file that a module means by a relative name. */
function resolve(name: string, from: string, all: ReadonlyMap<string, string>): string {
  const target = path.posix.join(from, '..', name);
  const file = [target, `${target}.js`, `${target}/index.js`].find(candidate => all.has(candidate));
  if (file === undefined) { throw new Error(`${from} requires ${name}, which is not there`); }
  return file;
}

/** A file with any other character takes V8 twice the memory, and longer. */
function ascii(source: string): string {
  return source.replace(/[^\x00-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const LOADER = `"use strict";
const loaded = new Map();

function load(file) {
  if (modules[file] === undefined) { return require("./" + file); }
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
