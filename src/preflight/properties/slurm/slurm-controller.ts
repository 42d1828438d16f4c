import { CONTINUOUS } from '../../../service/continuous-provisioning';
import type { ClusterModel } from '../../core/cluster-model';
import { areGroupsSpelledOut } from '../../core/groups';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { hasOtherOfNodeType, hasSlurmConfig, isNodeTypeUnknown, isOfNodeType, mayHaveSlurmConfig } from '../../core/slurm';
import { about } from '../../findings/about';
import { namedGroups } from '../../findings/group-names';
import type { Observation } from '../../findings/observation';
import type { Rule } from '../../findings/rule';

export const slurmController: Rule = {
  id: 'HyperPod-SlurmController',
  title: 'A Slurm cluster has one controller group',
  levels: ['error', 'warning'],
  prevents: [
    'Cluster must have exactly one InstanceGroup with Controller node type',
    'Cluster … has no InstanceGroup with Controller node type.',
    '… Controller Groups found: SlurmConfig for InstanceGroups may only have one Controller Group.',
  ],
  why: 'The controller runs slurmctld, which every other node registers with. HyperPod refuses a cluster whose groups name their part in Slurm, '
    + 'unless exactly one of them is the controller. A cluster that is given Orchestrator.Slurm, but no SlurmConfig in any group, has been refused '
    + 'at creation for the same reason; AWS documents the message only for updates, so it is a warning.',
  fix: 'Set SlurmConfig.NodeType to Controller for one instance group, and to Login or Compute for the others.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html',
  ],
  check: cluster => {
    if (orchestratorOf(cluster) !== 'Slurm') { return []; }
    if (!isSlurmConfigured(cluster)) { return orchestratorWithoutSlurmConfig(cluster); }
    return hasController(cluster) || !areNodeTypesKnown(cluster) ? [] : [about(cluster, 'error',
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

/** Under continuous provisioning, every group without a SlurmConfig is an error of its own. */
function orchestratorWithoutSlurmConfig(cluster: ClusterModel): readonly Observation[] {
  const slurm = cluster.at('Orchestrator', 'Slurm');
  if (!slurm.isGiven || !isSlurmConfigKnown(cluster) || nodeProvisioning(cluster) === CONTINUOUS) { return []; }
  return [about(cluster, 'warning',
    'The cluster has Orchestrator.Slurm, but no instance group has a SlurmConfig. HyperPod may refuse it: "Cluster … has no InstanceGroup with '
    + 'Controller node type."\nGive every instance group a SlurmConfig, or remove Orchestrator if lifecycle scripts configure Slurm.', slurm)];
}

/** Does the template spell out all that a SlurmConfig may be in, and is there any such group? */
function isSlurmConfigKnown(cluster: ClusterModel): boolean {
  const groups = cluster.writtenGroups.filter(({ kind }) => kind === 'InstanceGroups');
  return areGroupsSpelledOut(cluster, 'InstanceGroups') && groups.some(({ exists }) => exists)
    && !groups.some(group => group.mayHoldMore && group.exists);
}

function isSlurmConfigured(cluster: ClusterModel): boolean {
  return cluster.writtenGroups.some(group => hasSlurmConfig(group) && group.exists);
}

function hasController(cluster: ClusterModel): boolean {
  return cluster.writtenGroups.some(group => isOfNodeType(group, 'Controller') && group.exists);
}

function areNodeTypesKnown(cluster: ClusterModel): boolean {
  return areGroupsSpelledOut(cluster, 'InstanceGroups') && !cluster.writtenGroups.some(group => isNodeTypeUnknown(group) && group.exists);
}
