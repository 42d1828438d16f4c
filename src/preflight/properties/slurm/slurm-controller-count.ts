import { knownNumber } from '../../core/literals';
import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { slurmGroups, slurmNodeType } from '../../core/slurm';
import { aboutGroup } from '../../findings/about-group';
import { namedGroups } from '../../findings/group-names';
import type { Rule } from '../../findings/rule';

export const slurmControllerCount: Rule = {
  id: 'HyperPod-SlurmControllerCount',
  title: 'The controller group has a node, and only one under continuous provisioning',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Without a controller no other node can join. Several controllers are "not currently supported with continuous provisioning on Slurm '
    + 'clusters: multi-head node configuration via API-based Slurm topology".',
  fix: 'Set the InstanceCount of the controller group to 1.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
  ],
  check: cluster => orchestratorOf(cluster) !== 'Slurm' ? [] : slurmGroups(cluster)
    .filter(group => slurmNodeType(group) === 'Controller')
    .flatMap(group => {
      const count = knownNumber(cluster, group.properties.InstanceCount);
      if (count === 0) {
        return [aboutGroup(group, 'warning',
          `The controller ${namedGroups([group])} has InstanceCount 0, and no node can work without a controller.\nSet it to 1.`, 'InstanceCount')];
      }
      if (count === undefined || count <= 1 || nodeProvisioning(cluster) !== 'Continuous') { return []; }
      return [aboutGroup(group, 'error',
        `The controller ${namedGroups([group])} has InstanceCount ${count}, but continuous provisioning supports one controller node.\nSet it to 1.`,
        'InstanceCount')];
    }),
};
