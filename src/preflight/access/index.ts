import { lifecycleBucketAccess } from './lifecycle-bucket-access';
import { lifecycleBucketWritable } from './lifecycle-bucket-writable';
import { policyOrdering } from './policy-ordering';
import { scriptOrdering } from './script-ordering';
import type { Rule } from '../findings/rule';

/** The rules about who may read and replace the lifecycle scripts, and what the cluster waits for, in the order of their findings. */
export const ACCESS_RULES: readonly Rule[] = [
  lifecycleBucketAccess,
  lifecycleBucketWritable,
  policyOrdering,
  scriptOrdering,
];
