import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../src');
const SOURCES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
const FACTS = SOURCES.filter(name => name.startsWith('service/'));

/** The named values that a file exports, with the comment before each. */
function exportsOf(file: string): { name: string; comment: string; value: string }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/)?\n?export const (\w+)[^=]*= ([^]*?);\n/g)]
    .map(([, comment = '', name, value]) => ({ comment, name, value }));
}

/** The texts in single quotes of a piece of code, without comments and imports. */
function textsIn(code: string): string[] {
  const statements = code.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$|^(import|export)\b[^;]*?\bfrom '[^']+';/gm, '');
  return [...statements.matchAll(/'((?:[^'\\\n]|\\.)*)'/g)].map(([, text]) => text);
}

const NAMED = FACTS.flatMap(file => exportsOf(file).map(one => ({ file, ...one })));

test('there are facts to look at', () => {
  expect(NAMED.map(({ name }) => name)).toEqual(expect.arrayContaining(['NODE_PRINCIPAL', 'VPC_ACTIONS', 'PROVISIONING_PARAMETERS_FILE']));
});

test.each(NAMED)('$name has a page beside it', ({ comment, value }) => {
  expect(`${comment}${value}`).toMatch(/https:\/\/(docs|aws)\.aws\.amazon\.com\//);
});

/** Names that nothing but HyperPod gives a meaning: actions of IAM, principals, policies, files and paths. CloudFormation's words stand elsewhere too. */
const DISTINCT = /^[a-z0-9-]+:[A-Z]\w+$|\.amazonaws\.com$|^Amazon\w+$|\.json$|^\//;

/** What people are granted, and what no node needs, are other facts, though some actions are the same. */
const OTHER_FACTS = ['cluster/operation/hyperpod-cluster-grants.ts', 'preflight/roles/execution-role-over-broad.ts'];

test('what builders and rules both read is written in service/ only', () => {
  const facts = new Map(NAMED.flatMap(({ file, value }) => textsIn(value).filter(text => DISTINCT.test(text)).map(text => [text, file])));
  // iam/ knows the actions of S3 and KMS by itself, and nothing of HyperPod.
  const again = SOURCES.filter(file => !/^(service|iam)\//.test(file) && !OTHER_FACTS.includes(file))
    .flatMap(file => textsIn(readFileSync(join(ROOT, file), 'utf8')).filter(text => facts.has(text)).map(text => `${file}: ${text}, of ${facts.get(text)}`));
  expect(again).toEqual([]);
});
