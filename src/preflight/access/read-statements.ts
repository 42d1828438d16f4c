import type { ActionDecision } from '../../iam/policy/evaluate';
import type { BucketFacts } from '../../iam/resources/bucket';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';

/**
 * The statements that allow what is missing, as JSON to paste into a policy. Values that are known only at deployment stand as
 * `Fn::Sub` placeholders.
 *
 * @param principal the role, for the policy of a bucket or key; without it the statements are for a policy of the role
 */
export function readStatements(missing: readonly ActionDecision[], bucket: BucketFacts, principal?: SymbolicString): string {
  const statements = missing.map(({ action, resource }) => ({
    Effect: 'Allow',
    ...(principal && { Principal: { AWS: principal } }),
    Action: action,
    Resource: resource,
    // A role's grant holds only while the bucket belongs to the account that it was meant for.
    ...(!principal && action.startsWith('s3:') && { Condition: { StringEquals: { 'aws:ResourceAccount': bucket.account } } }),
  }));
  return JSON.stringify(statements.length === 1 ? statements[0] : statements);
}
