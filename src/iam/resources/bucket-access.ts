import type { BucketFacts } from './bucket';
import { Alphabet, SymbolicString } from '../../template/symbolic/symbolic-string';
import { type ActionDecision, type ApplicablePolicies, decideAction } from '../policy/evaluate';
import { accessRequest, ANYTHING, type ContextValues, fromSdk } from '../policy/request';
import type { RolePermissions } from '../role-permissions';

/** S3 speaks no version of TLS below 1.2 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html). */
const TLS_VERSION = SymbolicString.concat('1.', { id: 'minor version of TLS', placeholder: 'minor version of TLS', alphabet: '23', minLength: 1, fixedLength: true });

/**
 * What a role may do with a bucket and its objects.
 *
 * The condition keys are those that S3 gives a request
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html).
 */
export class BucketAccess {
  private readonly policies: ApplicablePolicies;
  private readonly arn: SymbolicString;

  constructor(private readonly role: RolePermissions, private readonly bucket: BucketFacts, endpoints: ApplicablePolicies['endpoints']) {
    this.policies = {
      identity: role.identity, boundary: role.boundary, resource: bucket.policy, endpoints, blocksOtherAccounts: bucket.blocksOtherAccounts,
    };
    // Only a bucket's name works where a bucket's name stands.
    this.arn = bucket.arn.mapSymbols(symbol => ({ alphabet: Alphabet.bucketName, minLength: 3, ...symbol }));
  }

  /**
   * May the role list the objects whose keys begin so?
   *
   * @param prefix undefined: the request names none, which lists everything
   */
  list(prefix: SymbolicString | undefined): ActionDecision {
    return this.decide('s3:ListBucket', this.arn, prefix ? [prefix] : []);
  }

  /** May the role do something with every object whose key begins so? */
  objectsUnder(prefix: SymbolicString, action: string): ActionDecision {
    const objects = SymbolicString.concat(this.arn, '/', prefix);
    return this.decide(action, SymbolicString.concat(objects, ANYTHING), [], SymbolicString.concat(objects, '*'));
  }

  /** May the role do something with the object of a key? */
  object(key: SymbolicString, action: string): ActionDecision {
    return this.decide(action, SymbolicString.concat(this.arn, '/', key), []);
  }

  private decide(action: string, resource: SymbolicString, prefix: ContextValues, written = resource): ActionDecision {
    const { account, region } = this.bucket;
    const context = { 's3:ResourceAccount': [account], 's3:prefix': prefix, 's3:TlsVersion': [TLS_VERSION], ...fromSdk(this.role.principal, region) };
    return decideAction(accessRequest(this.role.principal, action, resource, account, context), this.policies, written);
  }
}

/**
 * What S3 tells KMS of the objects whose keys begin so, by condition key: the ARN of the object, or of the bucket if that has a key of its
 * own (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context).
 */
export function encryptionContext({ arn, hasBucketKey }: BucketFacts, prefix: SymbolicString): Readonly<Record<string, ContextValues>> {
  if (hasBucketKey === 'unknown') { return {}; }
  return { 'kms:EncryptionContext:aws:s3:arn': [hasBucketKey === 'yes' ? arn : SymbolicString.concat(arn, '/', prefix, ANYTHING)] };
}
