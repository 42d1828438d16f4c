import { spelledOutGroups } from '../core/groups';
import { instanceTypesOf, namedTypes } from '../core/instance-types';
import { knownText } from '../core/literals';
import { spelledOut } from '../core/spelled-out';
import { aboutGroup } from '../findings/about-group';
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
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const interfaceType = knownText(cluster, spelledOut(group.properties.NetworkInterface)?.InterfaceType);
    const unfit = instanceTypesOf(group).filter(({ facts }) => facts?.efaSupported === false);
    return interfaceType === undefined || unfit.length === 0 ? [] : [aboutGroup(group, 'warning',
      `The ${namedGroups([group])} has NetworkInterface.InterfaceType ${JSON.stringify(interfaceType)}, but as far as is known ${namedTypes(unfit)} has no `
      + 'EFA.\nRemove NetworkInterface, or change the instance type.', 'NetworkInterface.InterfaceType')];
  }),
};
