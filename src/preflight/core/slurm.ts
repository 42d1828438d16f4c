import type { ClusterModel } from './cluster-model';
import type { InstanceGroupModel } from './instance-group-model';

/** What a group's nodes do in Slurm, as far as the template says so. */
export function slurmNodeType(group: InstanceGroupModel): string | undefined {
  return hasSlurmConfig(group) ? group.at('SlurmConfig', 'NodeType').text : undefined;
}

/** Does the template give a group a part in Slurm? Where it gives one to none, the lifecycle scripts configure Slurm. */
export function hasSlurmConfig(group: InstanceGroupModel): boolean {
  return group.kind === 'InstanceGroups' && group.at('SlurmConfig').isGiven;
}

/** The groups that the template gives a part in Slurm. */
export function slurmGroups(cluster: ClusterModel): readonly InstanceGroupModel[] {
  return cluster.groupsWhere(hasSlurmConfig);
}
