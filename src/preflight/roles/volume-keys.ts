import type { ActionDecision } from '../../iam/policy/evaluate';
import { type EncryptionKey, findKey } from '../../iam/resources/key';
import { keyAccess } from '../../iam/resources/key-access';
import type { RolePermissions } from '../../iam/role-permissions';
import { DESCRIBE_KEY_ACTION, GRANT_KEY_ACTION, KEY_VIA_SERVICE } from '../../service/volume-keys';
import { regionOf } from '../../template/environment';
import { groupBy } from '../../template/group-by';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { storageConfigsAsJson as storageConfigs } from '../core/storage';

/** Whether a role can use the keys of the volumes of some instance groups. */
export interface VolumeKeyUse {
  readonly role: RolePermissions;
  readonly groups: readonly InstanceGroupModel[];
  /** What certainly is denied. */
  readonly denied: readonly ActionDecision[];
  /** What is denied, unless a key policy that the app does not define allows it to the role itself. */
  readonly leftToKeyPolicy: readonly ActionDecision[];
}

/** The uses of keys by execution roles: groups with one role and the same keys belong together. */
export function volumeKeyUses(cluster: ClusterModel): readonly VolumeKeyUse[] {
  const sharing = groupBy(cluster.instanceGroups.filter(({ role }) => role),
    group => [group.roleArn!, ...keyIdsOf(cluster, [group])].map(({ key }) => key).join('|'));
  return [...sharing.values()].map(groups => volumeKeyUse(cluster, groups[0].role!, groups));
}

/** Can a role use the keys of the volumes of instance groups? */
export function volumeKeyUse(cluster: ClusterModel, role: RolePermissions, groups: readonly InstanceGroupModel[]): VolumeKeyUse {
  const keys = keyIdsOf(cluster, groups).map(id => findKey(id, cluster.stack, cluster.symbolizer)).filter(({ awsManaged }) => !awsManaged);
  const decisions = keys.flatMap(key => {
    const byWhatIsSeen = keyDecisions(cluster, role, { ...key, policy: { ...key.policy, unseen: [] } });
    return keyDecisions(cluster, role, key).map((decision, index) => ({ decision, byWhatIsSeen: byWhatIsSeen[index] }));
  });
  return {
    role,
    groups,
    denied: decisions.filter(({ decision }) => decision.allowed === 'no').map(({ decision }) => decision),
    leftToKeyPolicy: decisions.filter(({ decision, byWhatIsSeen }) => decision.allowed === 'unknown' && byWhatIsSeen.allowed === 'no')
      .map(({ byWhatIsSeen }) => byWhatIsSeen),
  };
}

function keyIdsOf(cluster: ClusterModel, groups: readonly InstanceGroupModel[]): SymbolicString[] {
  const ids = groups.flatMap(group => storageConfigs(group, 'EbsVolumeConfig'))
    .flatMap(({ properties }) => cluster.string(properties.VolumeKmsKeyId) ?? []);
  return [...new Map(ids.map(id => [id.key, id])).values()];
}

/**
 * HyperPod asks with the execution role for a grant on the key, for EBS to use. It passes no encryption context
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html).
 */
function keyDecisions({ stack }: ClusterModel, role: RolePermissions, key: EncryptionKey): ActionDecision[] {
  const user = { service: KEY_VIA_SERVICE, region: regionOf(stack.region), stack };
  const context = Object.fromEntries(encryptionContextKeys(role, key).map(name => [name, []]));
  return [
    keyAccess(role, key, GRANT_KEY_ACTION, user, { ...context, 'kms:GrantIsForAWSResource': [SymbolicString.literal('true')] }),
    keyAccess(role, key, DESCRIBE_KEY_ACTION, user, context),
  ];
}

/** The condition keys about encryption context that any of the policies asks for. */
function encryptionContextKeys(role: RolePermissions, key: EncryptionKey): string[] {
  return [role.identity, role.boundary, key.policy].flatMap(policies => policies?.documents ?? [])
    .flatMap(({ statements }) => statements).flatMap(({ conditions }) => conditions)
    .map(condition => condition.key.toLowerCase()).filter(name => name.startsWith('kms:encryptioncontext'));
}
