import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../src');
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts')).sort();

/** Which rooms a room may import from. A room is a folder of `src`; those of `preflight` are rooms of their own. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  'template': [],
  'iam': ['template'],
  'shell': [],
  'service': [],
  'preflight/core': ['template', 'iam', 'shell', 'service', 'private'],
  'preflight/findings': ['template', 'iam', 'service', 'preflight/core'],
  ...Object.fromEntries(['access', 'scripts', 'roles', 'network', 'storage', 'eks', 'properties'].map(theme =>
    [`preflight/${theme}`, ['template', 'iam', 'shell', 'service', 'private', 'preflight/core', 'preflight/findings']])),
};

/** Circles that are one thing in several files: a parent and its children, and the interpreter of CloudFormation's values. */
const CIRCLES: readonly (readonly string[])[] = [
  ['preflight/core/cluster-model.ts', 'preflight/core/instance-group-model.ts'],
  ['template/attributes.ts', 'template/conditions.ts', 'template/functions.ts', 'template/symbolizer.ts'],
];

/** Tables may be as long as what they list. */
const TABLES = ['cluster/instance-group/instance-type.ts', 'iam/policy/managed-policies-table.ts', 'service/instance-type-facts.ts'];

interface Import {
  readonly name: string;
  readonly isOfTypes: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)( type)?\b(?:[^;]*?\bfrom)? '([^']+)'|\b(?:require|import)\('([^']+)'/gm)]
    .map(([, type, name, called]) => ({ name: name ?? called, isOfTypes: type !== undefined }));
}

/** The files of ours that a file imports. */
function ours(file: string): string[] {
  return importsOf(file).filter(({ name }) => name.startsWith('.'))
    .map(({ name }) => relative(ROOT, resolve(ROOT, dirname(file), name)))
    .map(target => FILES.find(one => one === `${target}.ts` || one === join(target, 'index.ts')) ?? `${target} (no such file)`);
}

function roomOf(file: string): string {
  const [first, second, third] = file.split('/');
  if (second === undefined) { return '.'; }
  return first === 'preflight' && third !== undefined ? `${first}/${second}` : first;
}

test('there are files to look at in every room, and their imports are read', () => {
  expect(Object.keys(BELOW).filter(room => !FILES.some(file => roomOf(file) === room))).toEqual([]);
  expect(FILES.flatMap(ours).filter(target => target.endsWith('(no such file)'))).toEqual([]);
  expect(importsOf('template/symbolizer.ts')).toEqual(expect.arrayContaining([
    { name: 'aws-cdk-lib', isOfTypes: false }, { name: './functions', isOfTypes: false }, { name: './template', isOfTypes: true },
  ]));
});

test.each(Object.entries(BELOW))('%s imports nothing of ours but itself and what lies below it', (room, below) => {
  const foreign = FILES.filter(file => roomOf(file) === room).flatMap(file => ours(file)
    .filter(target => roomOf(target) !== room && !below.includes(roomOf(target))).map(target => `${file} imports ${target}`));
  expect(foreign).toEqual([]);
});

test.each(['template', 'iam', 'service'])('%s imports no package but the CDK', room => {
  const packages = FILES.filter(file => roomOf(file) === room).flatMap(importsOf).map(({ name }) => name).filter(name => !name.startsWith('.'));
  expect(packages.filter(name => !/^(aws-cdk-lib(\/[\w-]+)?|constructs)$/.test(name))).toEqual([]);
});

test('shell imports no package but Node\'s paths', () => {
  const packages = FILES.filter(file => roomOf(file) === 'shell').flatMap(importsOf).map(({ name }) => name).filter(name => !name.startsWith('.'));
  expect(packages.filter(name => !/^(node:)?path$/.test(name))).toEqual([]);
});

test('files import each other in a circle only where they are one thing', () => {
  const reaches = new Map(FILES.map(file => [file, ours(file)]));
  const reachable = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of reaches.get(from) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        reachable(next, seen);
      }
    }
    return seen;
  };
  const inCircles = FILES.filter(file => file.startsWith('template/') || file.startsWith('iam/') || file.startsWith('preflight/') || file.startsWith('shell/'))
    .filter(file => reachable(file).has(file));
  expect(inCircles.filter(file => !CIRCLES.some(circle => circle.includes(file)))).toEqual([]);
});

test('no file is longer than 300 lines, and no folder holds more than 32 files', () => {
  const long = FILES.filter(file => !TABLES.includes(file) && readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
  const folders = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(ROOT, name)).isDirectory());
  expect(folders.filter(folder => readdirSync(join(ROOT, folder)).filter(name => name.endsWith('.ts')).length > 32)).toEqual([]);
});
