import { sameValue } from '../../template/symbolic/same-value';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const instanceGroupNames: Rule = {
  id: 'HyperPod-InstanceGroupNames',
  title: 'Every instance group has a name of its own',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod knows instance groups by name, standard and restricted ones alike: updates, nodes and events refer to them so.',
  fix: 'Give each instance group another name.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html'],
  checkGroup: (cluster, group) => {
    const name = group.at('InstanceGroupName');
    const { value } = name;
    const before = cluster.writtenGroups.slice(0, cluster.writtenGroups.indexOf(group));
    const namesake = value && before.find(other => isCalled(other, value) && other.exists);
    return !namesake ? [] : [about(group, 'error', groups =>
      `${groups.length + 1} instance groups of the cluster are called "${value}".\nGive each a name of its own.`, namesake.at('InstanceGroupName'), name)];
  },
};

/** Does a group have this name? What decides between other names is not asked. */
function isCalled(group: InstanceGroupModel, name: SymbolicString): boolean {
  const { symbolizer } = group.cluster;
  const isIt = ({ value }: Property) => sameValue(value, name);
  return group.possible('InstanceGroupName').some(one => symbolizer.certainly(() => isIt(one)) ?? true) && isIt(group.at('InstanceGroupName'));
}
