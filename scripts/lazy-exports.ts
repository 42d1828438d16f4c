/**
 * A step of `projen compile`: makes the exports of lib/index.js lazy, as those of aws-cdk-lib are. A module is loaded when the
 * first of its exports is used, so that cdk-nag costs nothing to an app that does not use `HyperPodChecks`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const INDEX = path.join(__dirname, '..', 'lib', 'index.js');

/**
 * Rewrites what the compiler makes of `export { X } from './x'`:
 * `var x_1 = require("./x")` goes, and the getter of `X` returns `require("./x").X` rather than `x_1.X`; `export * as x` likewise.
 *
 * @throws on any other statement, since it is not known whether that may run late
 */
export function lazyExports(source: string): string {
  const file = ts.createSourceFile('index.js', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const modules = new Map(file.statements.filter(isImport).map(moduleOfImport));
  if (modules.size === 0) return source;

  const lines = file.statements.filter(statement => !isImport(statement) && !isHelper(statement)).map(statement => {
    if (isPreamble(statement)) return statement.getText();
    const namespace = /^exports\.(\w+) = __importStar\(require\("([^"]+)"\)\);$/.exec(statement.getText());
    if (namespace) return lazily(namespace[1], `require("${namespace[2]}")`);
    const [, name, variable] = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\1; \} \}\);$/
      .exec(statement.getText()) ?? [];
    const module = modules.get(variable);
    if (module === undefined) throw new Error(`lib/index.js does more than to export: ${statement.getText()}`);
    return lazily(name, `require("${module}").${name}`);
  });
  return [...lines, ''].join('\n');
}

/**
 * The parentheses hide the getter from Node's search for names that an ES module may import. It leaves out a name with a getter that does more
 * than to read a variable (https://github.com/nodejs/cjs-module-lexer#getter-exports-parsing), although `exports.X = void 0` says that it is there.
 */
function lazily(name: string, value: string): string {
  return `Object.defineProperty(exports, ("${name}"), { enumerable: true, get: function () { return ${value}; } });`;
}

/** What the compiler defines to make `export * as x from './x'` of a module, which a module of ours is already. */
function isHelper(statement: ts.Statement): boolean {
  return /^var __(createBinding|setModuleDefault|importStar) = /.test(statement.getText());
}

function isImport(statement: ts.Statement): boolean {
  return /^var \w+ = require\("[^"]+"\);$/.test(statement.getText());
}

function moduleOfImport(statement: ts.Statement): [variable: string, module: string] {
  const [, variable, module] = /^var (\w+) = require\("([^"]+)"\);$/.exec(statement.getText())!;
  return [variable, module];
}

/** `"use strict"`, the mark of an ES module, and the list of exported names, by which ES modules find them. */
function isPreamble(statement: ts.Statement): boolean {
  return /^("use strict"|Object\.defineProperty\(exports, "__esModule", \{ value: true \}\)|(exports\.\w+ = )+void 0);$/.test(statement.getText());
}

if (require.main === module) writeFileSync(INDEX, lazyExports(readFileSync(INDEX, 'utf8')));
