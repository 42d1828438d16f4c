import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const customImageLifecycle: Rule = {
  id: 'HyperPod-CustomImageLifecycle',
  title: 'A custom image can set up its nodes without lifecycle scripts',
  levels: ['warning'],
  prevents: ['LifeCycleConfig is optional but requires a compatible AMI...'],
  why: 'Without LifeCycleConfig the image itself sets the node up, which only images built on a recent HyperPod AMI can do.',
  fix: 'Build the image on a HyperPod AMI that can do without LifeCycleConfig, or give the group a LifeCycleConfig.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/hyperpod-custom-ami-how-to.html',
  ],
  checkGroup: (cluster, group) => {
    const [image, config] = [group.at('ImageId'), group.at('LifeCycleConfig')];
    if (group.kind !== 'InstanceGroups' || config.isGiven || !image.text?.startsWith('ami-') || orchestratorOf(cluster) !== 'Slurm') { return []; }
    return [about(group, 'warning',
      `The ${namedGroups([group])} has no LifeCycleConfig, and it is not known whether its image ${image.text} can set up nodes without.\n`
      + 'To settle it, give a LifeCycleConfig, or acknowledge this finding if the image was built on a HyperPod AMI that can.', image, config)];
  },
};
