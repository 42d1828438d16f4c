import type { ActionDecision } from '../../iam/policy/evaluate';
import { documentsIn } from '../../iam/policy/judge';
import { type EncryptionKey, findKey } from '../../iam/resources/key';
import { keyAccess } from '../../iam/resources/key-access';
import type { RolePermissions } from '../../iam/role-permissions';
import { DESCRIBE_KEY_ACTION, GRANT_KEY_ACTION, KEY_VIA_SERVICE } from '../../service/volume-keys';
import { regionOf } from '../../template/environment';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { storageConfigs } from '../core/storage';

/** Whether a role can use the keys of the volumes of an instance group. */
export interface VolumeKeyUse {
  /** What certainly is denied. */
  readonly denied: readonly ActionDecision[];
  /** What is denied, unless a key policy that the app does not define allows it to the role itself. */
  readonly leftToKeyPolicy: readonly ActionDecision[];
}

/** Can a role use the keys of the volumes of an instance group? */
export function volumeKeyUse(cluster: ClusterModel, role: RolePermissions, group: InstanceGroupModel): VolumeKeyUse {
  const uses = keyIdsOf(group).map(id => keyUse(cluster, role, id));
  return { denied: uses.flatMap(({ denied }) => denied), leftToKeyPolicy: uses.flatMap(({ leftToKeyPolicy }) => leftToKeyPolicy) };
}

/** What a role certainly may not do with the keys of any volumes of the cluster's nodes. */
export function deniedVolumeKeys(cluster: ClusterModel, role: RolePermissions): readonly ActionDecision[] {
  const denied = cluster.groupsWhere(group => volumeKeyUse(cluster, role, group).denied.length > 0)
    .flatMap(group => volumeKeyUse(cluster, role, group).denied);
  return [...new Set(denied)];
}

/** Decided once for all volumes with the key. */
function keyUse(cluster: ClusterModel, role: RolePermissions, keyId: SymbolicString): VolumeKeyUse {
  return cluster.symbolizer.remember(role, `may use the volume key ${keyId.key}`, () => {
    const key = findKey(keyId, cluster.stack, cluster.symbolizer);
    if (key.awsManaged) { return { denied: [], leftToKeyPolicy: [] }; }
    const byWhatIsSeen = keyDecisions(cluster, role, { ...key, policy: { ...key.policy, unseen: [] } });
    const decisions = keyDecisions(cluster, role, key);
    return {
      denied: decisions.filter(({ allowed }) => allowed === 'no'),
      leftToKeyPolicy: byWhatIsSeen.filter(({ allowed }, index) => allowed === 'no' && decisions[index].allowed === 'unknown'),
    };
  });
}

function keyIdsOf(group: InstanceGroupModel): SymbolicString[] {
  const ids = storageConfigs(group, 'EbsVolumeConfig').flatMap(volume => volume.at('VolumeKmsKeyId').value ?? []);
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
  return [role.identity, role.boundary, key.policy].flatMap(policies => policies ? documentsIn(policies) : [])
    .flatMap(({ statements }) => statements).flatMap(({ conditions }) => conditions)
    .map(condition => condition.key.toLowerCase()).filter(name => name.startsWith('kms:encryptioncontext'));
}
