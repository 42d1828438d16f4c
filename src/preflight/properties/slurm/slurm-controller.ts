import type { ClusterModel } from '../../core/cluster-model';
import { areGroupsSpelledOut } from '../../core/groups';
import { orchestratorOf } from '../../core/orchestrator';
import { hasOtherOfNodeType, hasSlurmConfig, isNodeTypeUnknown, isOfNodeType, mayHaveSlurmConfig } from '../../core/slurm';
import { about } from '../../findings/about';
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
    const isMissing = orchestratorOf(cluster) === 'Slurm' && isSlurmConfigured(cluster) && !hasController(cluster) && areNodeTypesKnown(cluster);
    return !isMissing ? [] : [about(cluster, 'error',
      'The instance groups of the cluster have a SlurmConfig, but none is of NodeType Controller.\nSet the NodeType of one group to Controller.',
      ...cluster.writtenGroups.filter(mayHaveSlurmConfig).map(group => group.at('SlurmConfig', 'NodeType')))];
  },
  checkGroup: (cluster, group) => {
    if (!isOfNodeType(group, 'Controller') || !hasOtherOfNodeType(group, 'Controller') || orchestratorOf(cluster) !== 'Slurm') { return []; }
    return [about(group, 'error', groups =>
      `The ${namedGroups(groups)} ${groups.length === 1 ? 'is one of several' : 'are all'} of NodeType Controller, but a cluster has exactly one controller group.\n`
      + 'Leave one, and set the NodeType of the others to Login or Compute.', group.at('SlurmConfig', 'NodeType'))];
  },
};

function isSlurmConfigured(cluster: ClusterModel): boolean {
  return cluster.writtenGroups.some(group => hasSlurmConfig(group) && group.exists);
}

function hasController(cluster: ClusterModel): boolean {
  return cluster.writtenGroups.some(group => isOfNodeType(group, 'Controller') && group.exists);
}

function areNodeTypesKnown(cluster: ClusterModel): boolean {
  return areGroupsSpelledOut(cluster, 'InstanceGroups') && !cluster.writtenGroups.some(group => isNodeTypeUnknown(group) && group.exists);
}
