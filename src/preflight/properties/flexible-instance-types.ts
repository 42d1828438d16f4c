import { instanceTypesOf } from '../core/instance-types';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const flexibleInstanceTypes: Rule = {
  id: 'HyperPod-FlexibleInstanceTypes',
  title: 'A flexible group names each instance type once',
  levels: ['warning'],
  prevents: [],
  why: 'The order of the list is the order in which HyperPod tries the types, so that a type cannot stand at two places.',
  fix: 'Leave each instance type where it comes first.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceRequirements.html'],
  checkGroup: (_, group) => {
    if (group.kind !== 'InstanceGroups') { return []; }
    const names = instanceTypesOf(group).map(({ name }) => name);
    const repeated = [...new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) !== index))];
    return repeated.length === 0 ? [] : [about(group, 'warning',
      `The InstanceRequirements of ${namedGroups([group])} name ${repeated.join(', ')} more than once.\nLeave each instance type where it comes first.`,
      group.at('InstanceRequirements', 'InstanceTypes'))];
  },
};
