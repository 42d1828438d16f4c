import { s3Endpoints } from './s3-endpoints';
import { type ActionDecision, type ApplicablePolicies, evaluateAccess } from '../../iam/policy/evaluate';
import { accessRequest, ANYTHING } from '../../iam/policy/request';
import type { BucketFacts } from '../../iam/resources/bucket';
import type { RolePermissions } from '../../iam/role-permissions';
import { pseudoParameter } from '../../template/environment';
import { Alphabet, SymbolicString } from '../../template/symbolic/symbolic-string';
import { consensus } from '../../template/ternary';
import type { ClusterModel } from '../core/cluster-model';
import type { Subnets } from '../core/instance-group-model';
import type { ScriptSource } from '../core/script-source';

/** Who reads what, and from where. */
export interface ScriptAccess {
  readonly role: RolePermissions;
  readonly source: ScriptSource;
  readonly bucket: BucketFacts;
  readonly subnets: Subnets;
}

/**
 * May a role read the scripts, as a node does when it boots: list the bucket, get every object under the prefix, and decrypt it?
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function readDecisions(cluster: ClusterModel, access: ScriptAccess): ActionDecision[] {
  const asked = new ScriptRequests(cluster, access);
  return [asked.list(), asked.object('s3:GetObject'), ...asked.decrypt()];
}

/** May a role replace the scripts that it boots from? */
export function writeDecision(cluster: ClusterModel, access: ScriptAccess): ActionDecision {
  return new ScriptRequests(cluster, access).object('s3:PutObject');
}

class ScriptRequests {
  private readonly policies: ApplicablePolicies;
  private readonly bucketArn: SymbolicString;

  private readonly role: RolePermissions;
  private readonly source: ScriptSource;
  private readonly bucket: BucketFacts;

  constructor(private readonly cluster: ClusterModel, { role, source, bucket, subnets }: ScriptAccess) {
    this.role = role;
    this.source = source;
    this.bucket = bucket;
    this.policies = {
      identity: role.identity, boundary: role.boundary, resource: bucket.policy, endpoints: s3Endpoints(cluster, subnets),
    };
    // Only a bucket's name works where a bucket's name stands.
    this.bucketArn = bucket.arn.mapSymbols(symbol => ({ alphabet: Alphabet.bucketName, minLength: 3, ...symbol }));
  }

  /** The agent's documentation does not say whether it lists with the prefix's final slash: only what holds for both is certain. */
  list(): ActionDecision {
    const { prefix } = this.source;
    const spellings = prefix.pieces.length === 0 ? [[], [SymbolicString.EMPTY]] : [[prefix], [withoutSlash(prefix)]];
    const decisions = spellings.map(spelling => this.decide('s3:ListBucket', this.bucketArn, { 's3:prefix': spelling }));
    const allowed = consensus(decisions.map(decision => decision.allowed));
    return allowed === decisions[0].allowed ? decisions[0] : { ...decisions[0], allowed, obstacle: undefined, reasons: decisions[1].reasons };
  }

  object(action: string): ActionDecision {
    const { prefix, mayHaveOwnSlash } = this.source;
    const [decision, other = decision] = (mayHaveOwnSlash ? [prefix, withoutSlash(prefix)] : [prefix]).map(one => this.objectsUnder(action, one));
    if (other.allowed === decision.allowed) { return other; }
    const reasons = [`whether ${withoutSlash(prefix)} has a slash at its end is not known until deployment`];
    return { ...other, allowed: 'unknown', obstacle: undefined, reasons };
  }

  decrypt(): ActionDecision[] {
    const { key } = this.bucket;
    if (!key) { return []; }
    const action = 'kms:Decrypt';
    if (key.awsManaged) {
      const sameAccount = key.account.equals(this.role.principal.account);
      const reasons = sameAccount ? [] : ['the key is managed by AWS for one account, and no policy can let another account use it'];
      return sameAccount ? [] : [{ action, resource: key.arn, allowed: 'unknown', reasons }];
    }
    const service = SymbolicString.concat('s3.', this.bucket.region, '.', pseudoParameter('AWS::URLSuffix', this.cluster.stack)!);
    const request = accessRequest(this.role.principal, action, key.arn, key.account, {
      'kms:ViaService': [service],
      'kms:CallerAccount': [this.role.principal.account],
      'aws:RequestedRegion': [this.bucket.region],
      // KMS takes no other requests (https://docs.aws.amazon.com/kms/latest/developerguide/infrastructure-security.html).
      'aws:SecureTransport': [SymbolicString.literal('true')],
    });
    const { identity, boundary } = this.policies;
    const decision = evaluateAccess(request, { identity, boundary, resource: key.policy, resourcePolicyRequired: true });
    return [{ ...decision, action, resource: key.arn }];
  }

  private objectsUnder(action: string, prefix: SymbolicString): ActionDecision {
    const objects = SymbolicString.concat(this.bucketArn, '/', prefix);
    return { ...this.decide(action, SymbolicString.concat(objects, ANYTHING), { 's3:prefix': [] }), resource: SymbolicString.concat(objects, '*') };
  }

  private decide(action: string, resource: SymbolicString, context: Record<string, SymbolicString[]>): ActionDecision {
    const request = accessRequest(this.role.principal, action, resource, this.bucket.account, {
      's3:ResourceAccount': [this.bucket.account],
      'aws:RequestedRegion': [this.bucket.region],
      'aws:SecureTransport': [SymbolicString.literal('true')],
      ...context,
    });
    return { ...evaluateAccess(request, this.policies), action, resource };
  }
}

function withoutSlash(prefix: SymbolicString): SymbolicString {
  const last = prefix.pieces[prefix.pieces.length - 1];
  return typeof last === 'string' && last.endsWith('/')
    ? SymbolicString.concat(...prefix.pieces.slice(0, -1), last.slice(0, -1)) : prefix;
}
