import { orchestratorOf } from '../../core/orchestrator';
import { slurmGroups, slurmNodeType } from '../../core/slurm';
import { aboutGroups } from '../../findings/about-group';
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
  check: cluster => {
    const logins = slurmGroups(cluster).filter(group => slurmNodeType(group) === 'Login');
    if (orchestratorOf(cluster) !== 'Slurm' || logins.length < 2) { return []; }
    return [aboutGroups(logins, 'error',
      `The ${namedGroups(logins)} are all of NodeType Login, but a cluster has at most one login group.\n`
      + 'Leave one, with a higher InstanceCount.', 'SlurmConfig.NodeType')];
  },
};
