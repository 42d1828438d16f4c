import { spelledOutGroups } from '../core/groups';
import { knownNumber } from '../core/literals';
import { aboutGroup } from '../findings/about-group';
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
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const minimum = knownNumber(cluster, group.properties.MinInstanceCount);
    const count = knownNumber(cluster, group.properties.InstanceCount);
    if (minimum === undefined || count === undefined || minimum <= count) { return []; }
    return [aboutGroup(group, 'error',
      `The ${namedGroups([group])} has MinInstanceCount ${minimum}, but InstanceCount ${count}.\nThe minimum may be at most ${count}.`,
      'MinInstanceCount', 'InstanceCount')];
  }),
};
