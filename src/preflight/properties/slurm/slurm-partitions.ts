import { CONTINUOUS } from '../../../service/continuous-provisioning';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { slurmNodeType } from '../../core/slurm';
import { about } from '../../findings/about';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmPartitions: Rule = {
  id: 'HyperPod-SlurmPartitions',
  title: 'Compute groups have a partition, and no others do',
  levels: ['error', 'warning'],
  prevents: ['Partitions can only be assigned to Compute node types'],
  why: 'Jobs are submitted to partitions. AWS\'s pages contradict each other about a compute group that names none: the HyperPod reference '
    + 'requires PartitionNames, and says that every node joins the partition dev; the API reference does not require them, and accepts an empty '
    + 'list. Without continuous provisioning it is therefore a warning. Controller and login nodes run no jobs.',
  fix: 'Set SlurmConfig.PartitionNames of each compute group, and remove it from the controller and login groups.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterSlurmConfig.html',
  ],
  checkGroup: (cluster, group) => {
    const type = slurmNodeType(group);
    const partitions = group.at('SlurmConfig', 'PartitionNames');
    const absent = group.at('SlurmConfig').mayHoldMore ? undefined : 0;
    const count = partitions.isGiven ? partitions.items?.length : absent;
    if (type === undefined || count === undefined || (type === 'Compute') === (count > 0) || orchestratorOf(cluster) !== 'Slurm') { return []; }
    if (type !== 'Compute') {
      return [about(group, 'error',
        `The ${namedGroups([group])} of NodeType ${type} has PartitionNames ${partitions}, which only compute groups have.\nRemove them.`, partitions)];
    }
    const level = nodeProvisioning(cluster) === CONTINUOUS ? 'error' : 'warning';
    return [about(group, level, `The ${namedGroups([group])} of NodeType Compute has no partition.\nName one in PartitionNames.`, partitions)];
  },
};
