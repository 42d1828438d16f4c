import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import type { IgnoreStrategy } from 'aws-cdk-lib';
import { filesUnder } from '../private/files-under';

/**
 * A SHA-256 over the paths and bytes of the files under a directory.
 *
 * It is the same on every machine: neither the order that the file system lists in, nor its separator, times or modes count.
 *
 * @param ignore says which files do not count
 */
export function contentHash(directory: string, ignore?: IgnoreStrategy): string {
  const hash = createHash('sha256');
  for (const path of filesUnder(directory, ignore)) {
    const bytes = readFileSync(join(directory, path));
    // Lengths keep apart what would run together: file "a" with "bc" and file "ab" with "c".
    hash.update(`${Buffer.byteLength(path)}:${path}${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
