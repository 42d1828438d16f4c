import type { CfnResource } from 'aws-cdk-lib';
import type { RolePermissions } from '../../iam/role-permissions';
import { sameValue } from '../../template/symbolic/same-value';
import type { Ternary } from '../../template/ternary';
import type { ClusterModel } from '../core/cluster-model';
import { belongsToEksCluster, eksCluster } from '../core/eks';

/** A resource of the app that makes EKS nodes with a role. */
export interface EksNodeRoleUse {
  readonly resource: CfnResource;
  /** Do they join the EKS cluster that orchestrates the HyperPod nodes? Never `no`. */
  readonly onSameCluster: Ternary;
}

/** The EKS node groups, and the EKS cluster itself in Auto Mode, that make EC2 nodes with a role. */
export function eksNodeRoleUses(cluster: ClusterModel, { principal }: RolePermissions): readonly EksNodeRoleUse[] {
  const { symbolizer } = cluster;
  if (!cluster.at('Orchestrator', 'Eks').isGiven) { return []; }
  const nodeGroups = symbolizer.template.resources('AWS::EKS::Nodegroup')
    .filter(resource => sameValue(symbolizer.property(resource, 'NodeRole'), principal.arn) && symbolizer.exists(resource))
    .map(resource => ({ resource, onSameCluster: belongsToEksCluster(cluster, resource) }))
    .filter(({ onSameCluster }) => onSameCluster !== 'no');
  const eks = eksCluster(cluster);
  const inAutoMode = eks && sameValue(eks.autoModeRole.value, principal.arn);
  return [...nodeGroups, ...inAutoMode ? [{ resource: eks.resource, onSameCluster: 'yes' as const }] : []];
}
