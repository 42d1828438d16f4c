import type * as fs from 'node:fs';
import { sep } from 'node:path';

/**
 * Links to the archives of packages, instead of copying them. `BucketDeployment` has the AWS CLI's, 22 MB, which CDK copies into the assembly
 * of each app.
 */
export function linkArchivesOfPackages(module: Pick<typeof fs, 'copyFileSync' | 'symlinkSync'>): void {
  const { copyFileSync, symlinkSync } = module;
  module.copyFileSync = (source, target, mode) => {
    const path = String(source);
    if (path.endsWith('.zip') && path.includes(`${sep}node_modules${sep}`)) {
      symlinkSync(path, target);
    } else {
      copyFileSync(source, target, mode);
    }
  };
}
