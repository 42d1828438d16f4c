import { instanceTypesOf, namedTypes } from '../core/instance-types';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const efaInterfaceType: Rule = {
  id: 'HyperPod-EfaInterfaceType',
  title: 'A group with an EFA interface type is of instance types with EFA',
  levels: ['warning'],
  prevents: [],
  why: 'NetworkInterface.InterfaceType chooses between kinds of Elastic Fabric Adapter, which only some instance types have.',
  fix: 'Remove NetworkInterface, or choose instance types with EFA.',
  sources: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusternetworkinterface.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html',
  ],
  checkGroup: (_, group) => {
    const interfaceType = group.at('NetworkInterface', 'InterfaceType');
    if (group.kind !== 'InstanceGroups' || interfaceType.text === undefined) { return []; }
    const unfit = instanceTypesOf(group).filter(({ facts }) => facts?.efaSupported === false);
    return unfit.length === 0 ? [] : [about(group, 'warning',
      `The ${namedGroups([group])} has NetworkInterface.InterfaceType ${JSON.stringify(interfaceType.text)}, but as far as is known ${namedTypes(unfit)} `
      + 'has no EFA.\nRemove NetworkInterface, or change the instance type.', interfaceType)];
  },
};
