import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../src/iam');
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]([^'"]+)['"]/g)].map(match => match[1]);
}

test('there are files to look at, and they import something', () => {
  expect(FILES.length).toBeGreaterThan(20);
  expect(FILES.flatMap(importsOf)).toEqual(expect.arrayContaining(['aws-cdk-lib', 'constructs', './glob']));
});

test.each(FILES)('%s imports nothing but the CDK and its own library', file => {
  const foreign = importsOf(file).filter(name => name.startsWith('.')
    ? relative(ROOT, resolve(ROOT, dirname(file), name)).startsWith('..')
    : !/^(aws-cdk-lib(\/[\w-]+)?|constructs)$/.test(name));
  expect(foreign).toEqual([]);
});
