import type { Stack } from 'aws-cdk-lib';
import { type PolicyDocument, readPolicyDocument } from './document';
import { MANAGED_POLICIES } from './managed-policies-table';
import type { Symbolizer } from '../../template/symbolizer';

/** The document of an AWS managed policy in a partition; undefined if the table does not have it. */
export function awsManagedPolicy(name: string, partition: string, stack: Stack, symbolizer: Symbolizer): PolicyDocument | undefined {
  if (!Object.hasOwn(MANAGED_POLICIES, name)) { return undefined; }
  const origin = `AWS managed policy ${name}`;
  return symbolizer.remember(origin, partition, () =>
    readPolicyDocument(MANAGED_POLICIES[name].replaceAll('"arn:aws:', `"arn:${partition}:`), origin, stack, symbolizer));
}
