import { type NeededAction, roleMay } from './role-access';
import type { ActionDecision } from '../../iam/policy/evaluate';
import { ANYTHING } from '../../iam/policy/request';
import { type EncryptionKey, findKey } from '../../iam/resources/key';
import type { RolePermissions } from '../../iam/role-permissions';
import { pseudoParameter, regionOf } from '../../template/environment';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { storageConfigs } from '../core/storage';

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
  const sharing = new Map<string, InstanceGroupModel[]>();
  for (const group of cluster.instanceGroups.filter(({ role }) => role)) {
    const use = [group.roleArn!, ...keyIdsOf(cluster, [group])].map(({ key }) => key).join('|');
    sharing.set(use, [...sharing.get(use) ?? [], group]);
  }
  return [...sharing.values()].map(groups => volumeKeyUse(cluster, groups[0].role!, groups));
}

/** Can a role use the keys of the volumes of instance groups? */
export function volumeKeyUse(cluster: ClusterModel, role: RolePermissions, groups: readonly InstanceGroupModel[]): VolumeKeyUse {
  const keys = keyIdsOf(cluster, groups).map(id => findKey(id, cluster.stack, cluster.symbolizer)).filter(({ awsManaged }) => !awsManaged);
  const decisions = keys.flatMap(key => neededActions(cluster, role, key).map(needed => ({
    decision: decide(cluster, role, key, needed),
    byWhatIsSeen: decide(cluster, role, { ...key, policy: { ...key.policy, unseen: [] } }, needed),
  })));
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
function neededActions(cluster: ClusterModel, role: RolePermissions, key: EncryptionKey): NeededAction[] {
  const { stack } = cluster;
  const context = {
    'kms:ViaService': [SymbolicString.concat('sagemaker.', regionOf(stack.region), '.', pseudoParameter('AWS::URLSuffix', stack)!)],
    'kms:CallerAccount': [role.principal.account],
    ...Object.fromEntries(encryptionContextKeys(role, key).map(name => [name, []])),
  };
  const resource = keyArn(key);
  return [
    { action: 'kms:CreateGrant', resource, account: key.account, context: { ...context, 'kms:GrantIsForAWSResource': [SymbolicString.literal('true')] } },
    { action: 'kms:DescribeKey', resource, account: key.account, context },
  ];
}

/** KMS compares policies with the ARN of the key, never with that of an alias that a request names. */
function keyArn({ arn }: EncryptionKey): SymbolicString {
  const alias = arn.splitOnce(':alias/');
  return alias ? SymbolicString.concat(alias[0], ':key/', ANYTHING) : arn;
}

/** The condition keys about encryption context that any of the policies asks for. */
function encryptionContextKeys(role: RolePermissions, key: EncryptionKey): string[] {
  return [role.identity, role.boundary, key.policy].flatMap(policies => policies?.documents ?? [])
    .flatMap(({ statements }) => statements).flatMap(({ conditions }) => conditions)
    .map(condition => condition.key.toLowerCase()).filter(name => name.startsWith('kms:encryptioncontext'));
}

function decide(cluster: ClusterModel, role: RolePermissions, key: EncryptionKey, needed: NeededAction): ActionDecision {
  return roleMay(cluster, role, needed, { resource: key.policy, resourcePolicyRequired: true });
}
