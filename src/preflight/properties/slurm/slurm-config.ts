import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { hasSlurmConfig } from '../../core/slurm';
import { about } from '../../findings/about';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmConfig: Rule = {
  id: 'HyperPod-SlurmConfig',
  title: 'Every instance group of a Slurm cluster has its part in Slurm, or none has',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Slurm is configured either from the SlurmConfig of the groups, or by lifecycle scripts that read provisioning_parameters.json. A group '
    + 'without SlurmConfig among others has no part in Slurm. Continuous provisioning requires "that Slurm provisioning parameters (node types, '
    + 'partition names) are provided via the API payload in each instance group\'s SlurmConfig field".',
  fix: 'Give every instance group a SlurmConfig with NodeType, and compute groups a partition.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html',
  ],
  checkGroup: (cluster, group) => {
    const config = group.at('SlurmConfig');
    if (group.kind !== 'InstanceGroups' || !group.isSpelledOut || config.isGiven || orchestratorOf(cluster) !== 'Slurm') { return []; }
    if (nodeProvisioning(cluster) === 'Continuous') {
      return [about(group, 'error', groups =>
        `The cluster provisions its nodes continuously, but ${namedGroups(groups)} ${has(groups)} no SlurmConfig. Continuous provisioning does `
        + 'not read provisioning_parameters.json.\nGive every instance group a SlurmConfig.', config)];
    }
    if (!cluster.writtenGroups.some(other => hasSlurmConfig(other) && other.exists)) { return []; }
    return [about(group, 'warning', groups =>
      `The ${namedGroups(groups)} ${has(groups)} no SlurmConfig, though other groups of the cluster have one: the nodes get no part in Slurm.\n`
      + 'Give every instance group a SlurmConfig, or none.', config)];
  },
};

function has(groups: readonly unknown[]): string {
  return groups.length === 1 ? 'has' : 'have';
}
