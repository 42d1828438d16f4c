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
  /** The message about other instance groups of which the same is so, by their names. Undefined: there is nothing to say of others together. */
  readonly wording?: (groups: readonly string[]) => string;
  /** What instance groups have to share for this to be said of them together, where the words do not show it, such as a role. */
  readonly sharing?: string;
  /** The properties that it is about, as `Properties.InstanceGroups.0.ExecutionRole`. */
  readonly locations: readonly string[];
}
