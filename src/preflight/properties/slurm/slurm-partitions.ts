import { orchestratorOf } from '../../core/orchestrator';
import { slurmGroups, slurmNodeType } from '../../core/slurm';
import { spelledOut, spelledOutList } from '../../core/spelled-out';
import { aboutGroup } from '../../findings/about-group';
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
  check: cluster => orchestratorOf(cluster) !== 'Slurm' ? [] : slurmGroups(cluster).flatMap(group => {
    const type = slurmNodeType(group);
    const { PartitionNames: json } = spelledOut(group.properties.SlurmConfig) ?? {};
    const count = json === undefined ? 0 : spelledOutList(json)?.length;
    if (type === undefined || count === undefined || (type === 'Compute') === (count > 0)) { return []; }
    return [aboutGroup(group, 'error', type === 'Compute'
      ? `The ${namedGroups([group])} of NodeType Compute has no partition.\nName one in PartitionNames.`
      : `The ${namedGroups([group])} of NodeType ${type} has PartitionNames ${JSON.stringify(json)}, which only compute groups have.\nRemove them.`,
    'SlurmConfig.PartitionNames')];
  }),
};
