import { readdirSync, statSync } from 'fs';
import { join } from 'path';

/**
 * The files under a directory, as sorted relative paths with forward slashes.
 */
export function filesUnder(directory: string): string[] {
  return list(directory, '').sort();
}

function list(directory: string, parent: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? list(path, `${parent}${name}/`) : [`${parent}${name}`];
  });
}
