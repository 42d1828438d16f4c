import { s3Endpoints } from './s3-endpoints';
import { scriptKeys } from './script-keys';
import { type ActionDecision, undecidedAction } from '../../iam/policy/evaluate';
import type { BucketFacts } from '../../iam/resources/bucket';
import { BucketAccess, encryptionContext } from '../../iam/resources/bucket-access';
import { awsManagedKeyAccess, keyAccess } from '../../iam/resources/key-access';
import type { RolePermissions } from '../../iam/role-permissions';
import { DECRYPT_SCRIPT_ACTION, READ_SCRIPT_ACTION, UPLOAD_SCRIPT_ACTION } from '../../service/script-access';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { Subnets } from '../core/instance-group-model';
import type { ScriptSource } from '../core/script-source';

/** Who reads what, and from where. */
export interface ScriptAccess {
  readonly role: RolePermissions;
  readonly source: ScriptSource;
  readonly bucket: BucketFacts;
  readonly subnets: Subnets;
  /** The script that HyperPod runs, by its path below the source. */
  readonly entryScript?: SymbolicString;
}

/**
 * May a role read the scripts, as a node does when it boots: list the bucket, get every object under the prefix, and decrypt it?
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function readDecisions(cluster: ClusterModel, access: ScriptAccess): ActionDecision[] {
  const may = bucketAccess(cluster, access);
  return [mayList(may, access), mayRead(may, access), ...mayDecrypt(cluster, access)];
}

/** May a role replace the scripts that it boots from? */
export function writeDecision(cluster: ClusterModel, access: ScriptAccess): ActionDecision {
  return mayUse(bucketAccess(cluster, access), access, UPLOAD_SCRIPT_ACTION);
}

function bucketAccess(cluster: ClusterModel, { role, bucket, subnets }: ScriptAccess): BucketAccess {
  return new BucketAccess(role, bucket, s3Endpoints(cluster, subnets));
}

/** The agent's documentation does not say whether it lists with the prefix's final slash: only what holds for both is certain. */
function mayList(may: BucketAccess, { source }: ScriptAccess): ActionDecision {
  const [first, ...others] = listedPrefixes(source).map(prefix => may.list(prefix));
  const different = others.find(({ allowed }) => allowed !== first.allowed);
  if (!different || first.allowed === 'unknown') { return first; }
  const { reasons } = different;
  return undecidedAction(first, () => reasons.length > 0 ? reasons : ['whether the nodes list with a slash at the end of the prefix is not documented']);
}

function listedPrefixes({ prefix, mayHaveOwnSlash }: ScriptSource): (SymbolicString | undefined)[] {
  if (prefix.pieces.length === 0) { return [undefined, SymbolicString.EMPTY]; }
  const bare = withoutSlash(prefix);
  const last = bare.pieces.at(-1);
  if (!mayHaveOwnSlash || typeof last !== 'object') { return [prefix, bare]; }
  // The value that ends the prefix brings the slash along.
  return [prefix, bare, SymbolicString.concat(...bare.pieces.slice(0, -1), { id: `${last.id} without its slash`, placeholder: last.placeholder })];
}

/** May the role do something with all scripts? */
function mayUse(may: BucketAccess, { source: { prefix, mayHaveOwnSlash } }: ScriptAccess, action: string): ActionDecision {
  const [decision, other = decision] = (mayHaveOwnSlash ? [prefix, withoutSlash(prefix)] : [prefix]).map(one => may.objectsUnder(one, action));
  return other.allowed === decision.allowed ? other
    : undecidedAction(other, () => [`whether ${withoutSlash(prefix)} has a slash at its end is not known until deployment`]);
}

/** May the role read all scripts? Not, if it may not read the one that certainly is there. */
function mayRead(may: BucketAccess, access: ScriptAccess): ActionDecision {
  const all = mayUse(may, access, READ_SCRIPT_ACTION);
  const { entryScript, source: { prefix, mayHaveOwnSlash } } = access;
  if (all.allowed !== 'unknown' || !entryScript || !isPlainPath(entryScript)) { return all; }
  const entries = (mayHaveOwnSlash ? [prefix, withoutSlash(prefix)] : [prefix])
    .map(one => may.object(SymbolicString.concat(one, entryScript), READ_SCRIPT_ACTION));
  return entries.every(({ allowed }) => allowed === 'no') ? entries[0] : all;
}

/** Its key is the prefix and the path as they are written. */
function isPlainPath({ literal }: SymbolicString): boolean {
  return literal !== undefined && /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(literal);
}

function mayDecrypt(cluster: ClusterModel, access: ScriptAccess): ActionDecision[] {
  const { stack } = cluster;
  const { role, bucket, source: { prefix, mayHaveOwnSlash } } = access;
  const user = { service: 's3', region: bucket.region, stack };
  const context = encryptionContext(bucket, mayHaveOwnSlash ? withoutSlash(prefix) : prefix);
  return scriptKeys(cluster, access).flatMap(key => key.awsManaged
    ? awsManagedKeyAccess(role, key, DECRYPT_SCRIPT_ACTION) ?? [] : [keyAccess(role, key, DECRYPT_SCRIPT_ACTION, user, context)]);
}

function withoutSlash(prefix: SymbolicString): SymbolicString {
  const last = prefix.pieces[prefix.pieces.length - 1];
  return typeof last === 'string' && last.endsWith('/')
    ? SymbolicString.concat(...prefix.pieces.slice(0, -1), last.slice(0, -1)) : prefix;
}
