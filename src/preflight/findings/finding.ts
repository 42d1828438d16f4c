import type { CfnResource } from 'aws-cdk-lib';
import type { Observation } from './observation';
import type { Rule } from './rule';

/** An observation with where it was made. */
export interface Finding extends Observation {
  readonly rule: Pick<Rule, 'id' | 'fix'>;
  readonly cluster: CfnResource;
  /** It is not about the cluster, but about a check that could not be made. */
  readonly isFailure?: boolean;
}

/** Where a rule is explained: RULES.md, in the repository of package.json. */
export function pageOf({ id }: Pick<Rule, 'id'>): string {
  return `https://github.com/cdk-hyperpod/cdk-hyperpod/blob/main/RULES.md#${id.toLowerCase()}`;
}

/** The id of a finding: that of its rule, and what of the cluster it is about. It is what a user acknowledges. */
export function findingId({ rule, subjects }: Pick<Finding, 'rule' | 'subjects'>): string {
  return subjects.length === 0 ? rule.id : `${rule.id}[${subjects.join(',')}]`;
}
