/** Facts about the project that its scripts share. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..');

const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** The names that the library has in each language. */
export const TARGETS = manifest.jsii.targets;

/** The lowest version of a peer dependency that the library promises to work with. */
export function floor(peer: string): string {
  return manifest.peerDependencies[peer].replace('^', '');
}

/** The version of a package in node_modules. */
export function installed(name: string): string {
  return JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Has something changed since the library was compiled? */
export function isBuildStale(): boolean {
  const built = ['.jsii', path.join('lib', 'index.js')].map(lastChange);
  return ['package.json', ...readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map(file => path.join('src', file))]
    .some(file => lastChange(file) > Math.min(...built));
}

function lastChange(file: string): number {
  return statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
