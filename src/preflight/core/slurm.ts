import type { ClusterModel } from './cluster-model';
import type { InstanceGroupModel } from './instance-group-model';
import type { SlurmNodeType } from '../../service/provisioning-parameters';

/** What a group's nodes do in Slurm, as far as the template says so. */
export function slurmNodeType(group: InstanceGroupModel): string | undefined {
  return hasSlurmConfig(group) ? group.at('SlurmConfig', 'NodeType').text : undefined;
}

/** Is a group of a node type? What decides between other types is not asked. */
export function isOfNodeType(group: InstanceGroupModel, type: SlurmNodeType): boolean {
  const { symbolizer } = group.cluster;
  const isPossible = group.possible('SlurmConfig', 'NodeType').some(one => symbolizer.certainly(() => one.text === type) ?? true);
  return isPossible && slurmNodeType(group) === type;
}

/** Is there another group of a node type? */
export function hasOtherOfNodeType(group: InstanceGroupModel, type: SlurmNodeType): boolean {
  return group.cluster.writtenGroups.some(other => other !== group && isOfNodeType(other, type) && other.exists);
}

/** Does the template give a group a part in Slurm? Where it gives one to none, the lifecycle scripts configure Slurm. */
export function hasSlurmConfig(group: InstanceGroupModel): boolean {
  return group.kind === 'InstanceGroups' && group.at('SlurmConfig').isGiven;
}

/** The groups that the template gives a part in Slurm. */
export function slurmGroups(cluster: ClusterModel): readonly InstanceGroupModel[] {
  return cluster.groupsWhere(hasSlurmConfig);
}

/** May the template give a group a part in Slurm? No condition is asked. */
export function mayHaveSlurmConfig(group: InstanceGroupModel): boolean {
  return group.kind === 'InstanceGroups' && group.possible('SlurmConfig').some(({ isGiven }) => isGiven);
}

/** Does a group have a part in Slurm that only the deployment knows? What decides between known ones is not asked. */
export function isNodeTypeUnknown(group: InstanceGroupModel): boolean {
  const { symbolizer } = group.cluster;
  const types = group.possible('SlurmConfig').filter(({ isGiven }) => isGiven).flatMap(config => config.possible('NodeType'));
  return types.some(one => symbolizer.certainly(() => one.text) === undefined) && hasSlurmConfig(group) && slurmNodeType(group) === undefined;
}
