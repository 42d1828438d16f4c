import type { CfnResource } from 'aws-cdk-lib';
import type { Rule } from './rule';

/**
 * What cannot deploy or boot is an error; what may fail, is a choice, or cannot be known at synth is a warning. What AWS alone knows,
 * and a person has to look up, is information.
 *
 * The line is that of CDK's RFC 0897 (https://github.com/aws/aws-cdk-rfcs/blob/main/text/0897-cdk-validation.md).
 */
export type Level = 'error' | 'warning' | 'info';

/** What a rule has to say about one part of a cluster. */
export interface Observation {
  /** The instance groups or other parts that it is about, by name. Empty: the cluster as a whole. */
  readonly subjects: readonly string[];
  readonly level: Level;
  /** What is wrong, where, and what to do about it. */
  readonly message: string;
  /** The properties that it is about, as `Properties.InstanceGroups.0.ExecutionRole`. */
  readonly locations: readonly string[];
}

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
