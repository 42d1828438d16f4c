import { spelledOutGroups } from '../../core/groups';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { aboutGroups } from '../../findings/about-group';
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
  check: cluster => {
    const groups = spelledOutGroups(cluster, 'InstanceGroups');
    const without = groups.filter(({ properties }) => properties.SlurmConfig === undefined);
    if (orchestratorOf(cluster) !== 'Slurm' || without.length === 0) { return []; }
    if (nodeProvisioning(cluster) === 'Continuous') {
      return [aboutGroups(without, 'error',
        `The cluster provisions its nodes continuously, but ${namedGroups(without)} ${has(without)} no SlurmConfig. Continuous provisioning does `
        + 'not read provisioning_parameters.json.\nGive every instance group a SlurmConfig.', 'SlurmConfig')];
    }
    if (without.length === groups.length) { return []; }
    return [aboutGroups(without, 'warning',
      `The ${namedGroups(without)} ${has(without)} no SlurmConfig, though other groups of the cluster have one: the nodes get no part in Slurm.\n`
      + 'Give every instance group a SlurmConfig, or none.', 'SlurmConfig')];
  },
};

function has(groups: readonly unknown[]): string {
  return groups.length === 1 ? 'has' : 'have';
}
