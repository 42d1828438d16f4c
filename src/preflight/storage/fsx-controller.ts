import { areGroupsSpelledOut } from '../core/groups';
import { orchestratorOf } from '../core/orchestrator';
import { hasSlurmConfig } from '../core/slurm';
import { fsxConfigs } from '../core/storage';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const fsxController: Rule = {
  id: 'HyperPod-FsxController',
  title: 'A Slurm cluster that mounts FSx file systems names its controller group',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod mounts file systems for clusters whose Slurm it configures: "At least one instance group must have SlurmConfig with NodeType: '
    + 'Controller." Elsewhere, the lifecycle scripts mount them.',
  fix: 'Give every instance group a SlurmConfig, one of them with NodeType Controller, or mount the file systems in the lifecycle scripts.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html'],
  checkGroup: (cluster, group) => {
    if (group.kind !== 'InstanceGroups' || fsxConfigs(group).length === 0 || orchestratorOf(cluster) !== 'Slurm') { return []; }
    // Where some group has a SlurmConfig, the missing controller is wrong in itself, and reported as such.
    if (cluster.hasGroup(hasSlurmConfig) || !areGroupsSpelledOut(cluster, 'InstanceGroups')) { return []; }
    return [about(group, 'error', groups =>
      `The nodes of ${namedGroups(groups)} mount FSx file systems, for which a Slurm cluster needs a group with SlurmConfig.NodeType Controller; no group has a `
      + 'SlurmConfig.\nGive every instance group a SlurmConfig, or mount the file systems in the lifecycle scripts.', group.at('InstanceStorageConfigs'))];
  },
};
