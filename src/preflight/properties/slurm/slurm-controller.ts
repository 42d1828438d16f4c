import { areGroupsSpelledOut } from '../../core/groups';
import { orchestratorOf } from '../../core/orchestrator';
import { slurmGroups, slurmNodeType } from '../../core/slurm';
import { aboutCluster } from '../../findings/about-cluster';
import { aboutGroups } from '../../findings/about-group';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmController: Rule = {
  id: 'HyperPod-SlurmController',
  title: 'A Slurm cluster has one controller group',
  levels: ['error'],
  prevents: ['Cluster must have exactly one InstanceGroup with Controller node type'],
  why: 'The controller runs slurmctld, which every other node registers with. HyperPod refuses a cluster whose groups name their part in Slurm, '
    + 'unless exactly one of them is the controller.',
  fix: 'Set SlurmConfig.NodeType to Controller for one instance group, and to Login or Compute for the others.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
  ],
  check: cluster => {
    const groups = slurmGroups(cluster);
    if (orchestratorOf(cluster) !== 'Slurm' || groups.length === 0) { return []; }
    const controllers = groups.filter(group => slurmNodeType(group) === 'Controller');
    if (controllers.length > 1) {
      return [aboutGroups(controllers, 'error',
        `The ${namedGroups(controllers)} are all of NodeType Controller, but a cluster has exactly one controller group.\n`
        + 'Leave one, and set the NodeType of the others to Login or Compute.', 'SlurmConfig.NodeType')];
    }
    const areAllKnown = areGroupsSpelledOut(cluster, 'InstanceGroups') && groups.every(group => slurmNodeType(group) !== undefined);
    if (controllers.length === 1 || !areAllKnown) { return []; }
    return [aboutCluster('error',
      'The instance groups of the cluster have a SlurmConfig, but none is of NodeType Controller.\nSet the NodeType of one group to Controller.',
      ...groups.map(({ kind, index }) => `${kind}.${index}.SlurmConfig.NodeType`))];
  },
};
