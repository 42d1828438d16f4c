import { readdirSync, realpathSync, statSync } from 'fs';
import { join, resolve } from 'path';
import type { IgnoreStrategy } from 'aws-cdk-lib';
import { lit, UnscopedValidationError } from './errors';

/**
 * The files under a directory, as sorted relative paths with forward slashes. Links stand for what they lead to, as when CDK packs an asset.
 *
 * @param ignore says which files to leave out
 * @throws if a link leads nowhere, or into a directory that it lies in
 */
export function filesUnder(directory: string, ignore?: IgnoreStrategy): string[] {
  return list(directory, '', [], ignore).sort();
}

function list(directory: string, parent: string, above: string[], ignore?: IgnoreStrategy): string[] {
  const real = realpathSync(directory);
  if (above.includes(real)) {
    throw new UnscopedValidationError(lit`LinkIntoItself`,
      `${JSON.stringify(directory)} is a link to a directory that it lies in, which would have no end; remove it`);
  }
  return readdirSync(directory).flatMap(name => {
    const path = join(directory, name);
    if (ignore?.ignores(resolve(path))) { return []; }
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      throw new UnscopedValidationError(lit`LinkToNothing`, `${JSON.stringify(path)} is a link to a file that does not exist; remove it, or exclude it`);
    }
    return stats.isDirectory() ? list(path, `${parent}${name}/`, [...above, real], ignore) : [`${parent}${name}`];
  });
}
