import type { CfnResource } from 'aws-cdk-lib';
import { readDecisions, type ScriptAccess } from './script-access';
import { alike, scriptReaderOf } from './script-reader';
import type { ActionDecision } from '../../iam/policy/evaluate';
import type { PolicySet } from '../../iam/policy/judge';
import type { RolePermissions } from '../../iam/role-permissions';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { eksNodeActions, vpcActions } from '../core/network-actions';
import { orchestratorOf } from '../core/orchestrator';
import { roleMay } from '../core/role-access';

/** What the role of an instance group may do of what its nodes need to be created, as long as some policies are not there. */
export interface DecisionsWithout {
  (policies: readonly CfnResource[]): readonly ActionDecision[];
  /** The policies that may come before the cluster or after it: those of the role, and those of the bucket of its scripts. */
  readonly policies: readonly CfnResource[];
}

export function decisionsWithout(cluster: ClusterModel, group: InstanceGroupModel, role: RolePermissions): DecisionsWithout {
  const reader = scriptReaderOf(cluster, group);
  // A stack of another account or Region is not deployed together with the cluster's.
  const ofBucket = reader?.bucket.policyResources.filter(({ stack }) => stack.environment === cluster.stack.environment) ?? [];
  const decide = (policies: readonly CfnResource[]): readonly ActionDecision[] => {
    const origins = policies.map(({ node }) => node.path);
    return cluster.symbolizer.remember(role, `needed by ${alike(group)} without ${origins.join()}`, () => decideWithout(origins));
  };
  const decideWithout = (origins: readonly string[]): readonly ActionDecision[] => {
    const meanwhile: RolePermissions = {
      principal: role.principal, resource: role.resource, policyResources: [], identity: without(role.identity, origins), boundary: role.boundary,
    };
    return [
      ...reader ? readsWithout(cluster, reader, meanwhile, origins) : [],
      ...networkActions(cluster, group).map(needed => roleMay(cluster, meanwhile, needed)),
    ];
  };
  return Object.assign(decide, { policies: [...new Set([...role.policyResources, ...ofBucket])] });
}

/** The reader's own decisions are not among what is passed on: they would be made to be thrown away. */
function readsWithout(
  cluster: ClusterModel, { source, bucket, subnets }: ScriptAccess, role: RolePermissions, origins: readonly string[],
): readonly ActionDecision[] {
  const policy = without(bucket.policy, origins.map(origin => `bucket policy ${origin}`));
  return readDecisions(cluster, { role, source, bucket: { ...bucket, policy }, subnets });
}

function networkActions(cluster: ClusterModel, group: InstanceGroupModel) {
  if (orchestratorOf(cluster) === 'Eks') { return [...vpcActions(cluster), ...eksNodeActions(cluster)]; }
  return group.at('OverrideVpcConfig').isGiven || cluster.at('VpcConfig').isGiven ? vpcActions(cluster) : [];
}

function without({ documents, alternatives = [], unseen }: PolicySet, origins: readonly string[]): PolicySet {
  const left = alternatives.map(ones => ones.filter(({ origin }) => !origins.includes(origin)));
  return {
    documents: [...documents.filter(({ origin }) => !origins.includes(origin)), ...left.filter(({ length }) => length === 1).flat()],
    alternatives: left.filter(({ length }) => length > 1),
    unseen,
  };
}
