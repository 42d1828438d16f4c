import type { CfnResource } from 'aws-cdk-lib';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';
import { all, any, type Ternary } from '../../template/ternary';
import type { Condition, PolicyDocument, Statement } from '../policy/document';

/** A bucket that has one of them on and a policy that is public lets in nobody from another account. */
const BLOCKS = ['RestrictPublicBuckets', 'BlockPublicPolicy'];

/**
 * The condition keys that keep a policy for everyone from being public, if they are compared with fixed values
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status).
 */
const LIMITING_KEYS = new Set(['aws:sourceip', 'aws:sourcearn', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceowner', 'aws:sourceaccount', 'aws:userid',
  'aws:principalorgid', 'aws:principalarn', 'aws:principalaccount', 's3:dataaccesspointarn', 's3:dataaccesspointaccount', 's3:x-amz-server-side-encryption-aws-kms-key-id']);

const LIMITING_OPERATOR = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress)$/;

const EVERYONE = SymbolicString.literal('*');

/**
 * Does S3 keep other accounts out of a bucket because its policy is public
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html)?
 */
export function blocksOtherAccounts(bucket: CfnResource, policies: readonly PolicyDocument[], symbolizer: Symbolizer): Ternary {
  const isPublic = any(policies.map(policy => all([policy.attached ?? 'yes', isPublicPolicy(policy)])));
  return isPublic === 'no' ? 'no' : all([isPublic, isBlocked(bucket, symbolizer)]);
}

/** Without a configuration of its own, a bucket has what S3 gave new buckets when it was created. */
function isBlocked(bucket: CfnResource, symbolizer: Symbolizer): Ternary {
  const { PublicAccessBlockConfiguration } = symbolizer.decide(symbolizer.template.render(bucket).Properties, bucket.stack);
  if (PublicAccessBlockConfiguration === undefined) { return 'unknown'; }
  return any(BLOCKS.map(name => {
    if (PublicAccessBlockConfiguration[name] === undefined) { return 'no'; }
    const value = symbolizer.string(PublicAccessBlockConfiguration[name], bucket.stack)?.literal?.toLowerCase();
    return value === 'true' ? 'yes' : value === 'false' ? 'no' : 'unknown';
  }));
}

function isPublicPolicy({ statements, hidden }: PolicyDocument): Ternary {
  return any([...statements.map(isPublicStatement), ...(hidden ? ['unknown' as const] : [])]);
}

function isPublicStatement({ effect, principals, notPrincipals, conditions }: Statement): Ternary {
  if (effect === 'Deny') { return 'no'; }
  const { values = [], complete = true } = principals?.get('AWS') ?? {};
  const namesEveryone = notPrincipals ? 'yes' : any([...values.map(value => matchGlob(value, EVERYONE, { literal: true })), ...(complete ? [] : ['unknown' as const])]);
  if (conditions.length === 0) { return namesEveryone; }
  return conditions.some(isLimiting) ? 'no' : all([namesEveryone, 'unknown']);
}

function isLimiting({ operator, key, values: { values, complete } }: Condition): boolean {
  return LIMITING_KEYS.has(key.toLowerCase()) && LIMITING_OPERATOR.test(operator) && complete
    && values.every(({ literal }) => literal !== undefined && !/[*?$]/.test(literal));
}
