import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const minInstanceCount: Rule = {
  id: 'HyperPod-MinInstanceCount',
  title: 'A group\'s minimum count is not above its count',
  levels: ['error'],
  prevents: [],
  why: 'The group is in service once MinInstanceCount of its InstanceCount nodes are: "MinInstanceCount must be between 0 and InstanceCount (inclusive)".',
  fix: 'Lower MinInstanceCount, or raise InstanceCount.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html',
  ],
  checkGroup: (_, group) => {
    const minimum = group.at('MinInstanceCount');
    const count = group.at('InstanceCount');
    if (minimum.number === undefined || count.number === undefined || minimum.number <= count.number) { return []; }
    return [about(group, 'error',
      `The ${namedGroups([group])} has MinInstanceCount ${minimum.number}, but InstanceCount ${count.number}.\nThe minimum may be at most ${count.number}.`,
      minimum, count)];
  },
};
