import { orchestratorOf } from '../../core/orchestrator';
import { slurmNodeType } from '../../core/slurm';
import { about } from '../../findings/about';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmPartitions: Rule = {
  id: 'HyperPod-SlurmPartitions',
  title: 'Compute groups have a partition, and no others do',
  levels: ['error'],
  prevents: ['Partitions can only be assigned to Compute node types'],
  why: 'Jobs are submitted to partitions, so that every compute group belongs to one. Controller and login nodes run no jobs.',
  fix: 'Set SlurmConfig.PartitionNames of each compute group, and remove it from the controller and login groups.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html'],
  checkGroup: (cluster, group) => {
    const type = slurmNodeType(group);
    const partitions = group.at('SlurmConfig', 'PartitionNames');
    const count = partitions.isGiven ? partitions.items?.length : 0;
    if (type === undefined || count === undefined || (type === 'Compute') === (count > 0) || orchestratorOf(cluster) !== 'Slurm') { return []; }
    return [about(group, 'error', type === 'Compute'
      ? `The ${namedGroups([group])} of NodeType Compute has no partition.\nName one in PartitionNames.`
      : `The ${namedGroups([group])} of NodeType ${type} has PartitionNames ${partitions}, which only compute groups have.\nRemove them.`, partitions)];
  },
};
