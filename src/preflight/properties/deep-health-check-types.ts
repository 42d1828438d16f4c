import { instanceTypesOf, namedTypes } from '../core/instance-types';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const deepHealthCheckTypes: Rule = {
  id: 'HyperPod-DeepHealthCheckTypes',
  title: 'Deep health checks run on GPUs and Trainium',
  levels: ['warning'],
  prevents: [],
  why: 'Deep health checks test accelerators and the network between them: "at least one instance type in the flexible instance group must support deep '
    + 'health checks".',
  fix: 'Remove OnStartDeepHealthChecks, or choose instance types with GPUs or Trainium.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-resiliency-deep-health-checks.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html',
  ],
  checkGroup: (_, group) => {
    const checks = group.at('OnStartDeepHealthChecks');
    if (!checks.items?.length) { return []; }
    const types = instanceTypesOf(group);
    const areIncapable = types.length > 0 && types.every(({ facts }) => facts?.deepHealthChecksSupported === false);
    return !areIncapable ? [] : [about(group, 'warning',
      `The ${namedGroups([group])} has OnStartDeepHealthChecks, but ${namedTypes(types)} has neither GPUs nor Trainium, which these check.\n`
      + 'Remove OnStartDeepHealthChecks, or change the instance type.', checks)];
  },
};
