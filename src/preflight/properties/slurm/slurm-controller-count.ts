import { orchestratorOf } from '../../core/orchestrator';
import { nodeProvisioning } from '../../core/provisioning';
import { isOfNodeType } from '../../core/slurm';
import { about } from '../../findings/about';
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
  checkGroup: (cluster, group) => {
    const count = group.at('InstanceCount');
    if (!isOfNodeType(group, 'Controller') || count.number === undefined || count.number === 1 || orchestratorOf(cluster) !== 'Slurm') { return []; }
    if (count.number === 0) {
      return [about(group, 'warning',
        `The controller ${namedGroups([group])} has InstanceCount 0, and no node can work without a controller.\nSet it to 1.`, count)];
    }
    return nodeProvisioning(cluster) !== 'Continuous' ? [] : [about(group, 'error',
      `The controller ${namedGroups([group])} has InstanceCount ${count.number}, but continuous provisioning supports one controller node.\nSet it to 1.`,
      count)];
  },
};
