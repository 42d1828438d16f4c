import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const overrideVpcConfig: Rule = {
  id: 'HyperPod-OverrideVpcConfig',
  title: 'Instance groups override only a VPC that the cluster has',
  levels: ['error'],
  prevents: [],
  why: 'On Slurm: "If no VpcConfig is specified at cluster level, OverrideVpcConfig cannot be used for any instance group."',
  fix: 'Set VpcConfig of the cluster, or remove OverrideVpcConfig from its instance groups.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html'],
  checkGroup: (cluster, group) => {
    const config = group.at('OverrideVpcConfig');
    if (!config.isGiven || cluster.at('VpcConfig').isGiven || orchestratorOf(cluster) !== 'Slurm') { return []; }
    return [about(group, 'error', groups =>
      `The OverrideVpcConfig of ${namedGroups(groups)} overrides nothing: the cluster has no VpcConfig, without which HyperPod refuses it.\n`
      + 'Set VpcConfig of the cluster, or remove OverrideVpcConfig.', config)];
  },
};
