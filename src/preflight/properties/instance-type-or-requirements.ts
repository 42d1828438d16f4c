import { spelledOutGroups } from '../core/groups';
import { aboutGroup } from '../findings/about-group';
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
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups')
    .filter(({ properties: { InstanceType, InstanceRequirements } }) => (InstanceType === undefined) === (InstanceRequirements === undefined))
    .map(group => aboutGroup(group, 'error',
      `The ${namedGroups([group])} has ${group.properties.InstanceType === undefined ? 'neither' : 'both'} `
      + `InstanceType ${group.properties.InstanceType === undefined ? 'nor' : 'and'} InstanceRequirements.\nGive it one of the two.`,
      'InstanceType', 'InstanceRequirements')),
};
