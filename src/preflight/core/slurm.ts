import type { ClusterModel } from './cluster-model';
import { spelledOutGroups } from './groups';
import type { InstanceGroupModel } from './instance-group-model';
import { knownText } from './literals';
import { spelledOut } from './spelled-out';

/** What a group's nodes do in Slurm, as far as the template says so. */
export function slurmNodeType(cluster: ClusterModel, { properties }: InstanceGroupModel): string | undefined {
  return knownText(cluster, spelledOut(properties.SlurmConfig)?.NodeType);
}

/** The groups that the template gives a part in Slurm. Without any, the lifecycle scripts configure Slurm. */
export function slurmGroups(cluster: ClusterModel): readonly InstanceGroupModel[] {
  return spelledOutGroups(cluster, 'InstanceGroups').filter(({ properties }) => properties.SlurmConfig !== undefined);
}
