/**
 * `npm run test:latest [-- arguments for jest]`: compiles, type-checks and tests a copy of the project next to the newest peers that package.json
 * allows. The project itself is developed at the lowest.
 */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { jest } from './jest';
import { main, run, step } from '../check';
import { ROOT } from '../project';

const { peerDependencies, devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** The CLI is no peer, but an older one cannot read what a newer aws-cdk-lib writes. */
const RANGES: Record<string, string> = { ...peerDependencies, 'aws-cdk': devDependencies['aws-cdk'] };

main('latest', async directory => {
  await step('copied the project', () => copy(directory));
  await step('installed the newest peers', () => run('npm', [
    'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...Object.entries(RANGES).map(([name, range]) => `${name}@${newest(name, range)}`),
  ], { cwd: directory }));
  for (const name of Object.keys(RANGES)) console.log(`${name} ${versionIn(directory, name)}, developed with ${versionIn(ROOT, name)}`);

  await step('compiled the library', () => run('npx', ['--no-install', 'projen', 'compile'], { cwd: directory }));
  await step('checked the types of tests and examples', () => run('npx', ['--no-install', 'projen', 'typecheck'], { cwd: directory }));
  await step('ran the tests', () => jest(process.argv.slice(2), { cwd: directory }));
});

/** What is, or could be, under version control, and what is installed. */
function copy(directory: string): void {
  const files = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']).split('\0').filter(file => file !== '');
  for (const file of [...files, 'node_modules'].filter(name => existsSync(path.join(ROOT, name)))) {
    // As they are, links among the installed packages stay within the copy.
    cpSync(path.join(ROOT, file), path.join(directory, file), { recursive: true, verbatimSymlinks: true });
  }
}

function newest(name: string, range: string): string {
  const versions: string | string[] = JSON.parse(run('npm', ['view', `${name}@${range}`, 'version', '--json']));
  return [versions].flat().at(-1)!;
}

function versionIn(directory: string, name: string): string {
  return JSON.parse(readFileSync(path.join(directory, 'node_modules', name, 'package.json'), 'utf8')).version;
}
