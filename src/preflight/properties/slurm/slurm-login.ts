import { orchestratorOf } from '../../core/orchestrator';
import { hasOtherOfNodeType, isOfNodeType } from '../../core/slurm';
import { about } from '../../findings/about';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmLogin: Rule = {
  id: 'HyperPod-SlurmLogin',
  title: 'A Slurm cluster has at most one login group',
  levels: ['error'],
  prevents: [],
  why: 'Of the node type Login AWS says: "At most one instance group can have this node type."',
  fix: 'Leave one group of NodeType Login, with as many nodes as needed.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html'],
  checkGroup: (cluster, group) => {
    if (!isOfNodeType(group, 'Login') || !hasOtherOfNodeType(group, 'Login') || orchestratorOf(cluster) !== 'Slurm') { return []; }
    return [about(group, 'error', groups =>
      `The ${namedGroups(groups)} ${groups.length === 1 ? 'is one of several' : 'are all'} of NodeType Login, but a cluster has at most one login group.\n`
      + 'Leave one, with a higher InstanceCount.', group.at('SlurmConfig', 'NodeType'))];
  },
};
