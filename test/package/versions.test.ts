import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './private/stranger';
import { NODE_VERSIONS } from '../../projenrc/compatibility';

/**
 * What VERSIONS.md promises is what the package declares and CI runs.
 */
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const ROWS = readFileSync(join(ROOT, 'VERSIONS.md'), 'utf8').split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| |'))
  .map(line => line.split('|').slice(1, 3).map(cell => cell.trim()));

function rangeOf(row: string): string[] {
  return ROWS.filter(([name]) => name.startsWith(row)).flatMap(([, range]) => range.replaceAll('`', '').split(', '));
}

test.each([...Object.entries<string>(MANIFEST.peerDependencies), ['jsii', MANIFEST.devDependencies.jsii]])('the range of %s is %s', (name, range) => {
  expect(rangeOf(name === 'jsii' ? 'jsii' : `\`${name}\``)).toEqual([range]);
});

test('the CLI is the one that tests use', () => expect(rangeOf('`aws-cdk`')).toEqual([MANIFEST.devDependencies['aws-cdk']]));

test('the versions of Node are those of CI, and the lowest is that of package.json', () => {
  expect(rangeOf('Node').sort()).toEqual(NODE_VERSIONS);
  expect(MANIFEST.engines.node).toBe(`>= ${NODE_VERSIONS[0]}.0.0`);
});
