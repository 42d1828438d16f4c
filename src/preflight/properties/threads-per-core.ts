import { instanceTypesOf, namedTypes } from '../core/instance-types';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const threadsPerCore: Rule = {
  id: 'HyperPod-ThreadsPerCore',
  title: 'The instance type has as many threads per core as the group asks for',
  levels: ['warning'],
  prevents: [],
  why: '"For instance types that doesn\'t support multithreading, specify 1." What is known of the types is that of the EC2 types of the same names.',
  fix: 'Set ThreadsPerCore to a value that the instance type has, or leave it out.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cpu-options-supported-instances-values.html',
  ],
  checkGroup: (_, group) => {
    const threads = group.at('ThreadsPerCore');
    const { number } = threads;
    if (number === undefined) { return []; }
    const unfit = instanceTypesOf(group).filter(({ facts }) => facts?.validThreadsPerCore && !facts.validThreadsPerCore.includes(number));
    const valid = [...new Set(unfit.flatMap(({ facts }) => facts!.validThreadsPerCore!))];
    return unfit.length === 0 ? [] : [about(group, 'warning',
      `The ${namedGroups([group])} has ThreadsPerCore ${number}, but EC2 gives ${namedTypes(unfit)} ${valid.join(' or ')} per core.\n`
      + `Set ThreadsPerCore to ${valid.join(' or ')}, or leave it out.`, threads)];
  },
};
