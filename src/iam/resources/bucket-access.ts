import type { BucketFacts } from './bucket';
import { Alphabet, SymbolicString } from '../../template/symbolic/symbolic-string';
import { type ActionDecision, type ApplicablePolicies, decideAction } from '../policy/evaluate';
import { accessRequest, ANYTHING, type ContextValues, fromSdk } from '../policy/request';
import type { RolePermissions } from '../role-permissions';

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
    this.policies = { identity: role.identity, boundary: role.boundary, resource: bucket.policy, endpoints };
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

  private decide(action: string, resource: SymbolicString, prefix: ContextValues, written = resource): ActionDecision {
    const { account, region } = this.bucket;
    const context = { 's3:ResourceAccount': [account], 's3:prefix': prefix, ...fromSdk(region) };
    return decideAction(accessRequest(this.role.principal, action, resource, account, context), this.policies, written);
  }
}
