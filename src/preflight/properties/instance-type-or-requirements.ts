import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const instanceTypeOrRequirements: Rule = {
  id: 'HyperPod-InstanceTypeOrRequirements',
  title: 'An instance group has either an instance type or a list of them',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod takes the nodes\' type from InstanceType, or chooses one from InstanceRequirements: "you can specify one or the other, but not both".',
  fix: 'Give each instance group either InstanceType or InstanceRequirements.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html',
  ],
  checkGroup: (_, group) => {
    const [type, requirements] = [group.at('InstanceType'), group.at('InstanceRequirements')];
    if (group.kind !== 'InstanceGroups' || !group.isSpelledOut || type.isGiven !== requirements.isGiven) { return []; }
    const [has, and] = type.isGiven ? ['both', 'and'] : ['neither', 'nor'];
    return [about(group, 'error',
      `The ${namedGroups([group])} has ${has} InstanceType ${and} InstanceRequirements.\nGive it one of the two.`, type, requirements)];
  },
};
