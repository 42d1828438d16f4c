import { spelledOutGroups } from '../core/groups';
import { knownText } from '../core/literals';
import type { Rule } from '../findings/rule';

export const instanceGroupNames: Rule = {
  id: 'HyperPod-InstanceGroupNames',
  title: 'Every instance group has a name of its own',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod knows instance groups by name, standard and restricted ones alike: updates, nodes and events refer to them so.',
  fix: 'Give each instance group another name.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html'],
  check: cluster => {
    const groups = spelledOutGroups(cluster)
      .map(({ properties, location }) => ({ name: knownText(cluster, properties.InstanceGroupName), location }));
    const names = groups.map(({ name }) => name);
    return [...new Set(names)].flatMap(name => {
      const namesakes = groups.filter(group => group.name === name);
      return name === undefined || namesakes.length === 1 ? [] : [{
        subjects: [name],
        level: 'error' as const,
        message: `${namesakes.length} instance groups of the cluster are called ${JSON.stringify(name)}.\nGive each a name of its own.`,
        locations: namesakes.map(({ location }) => `${location}.InstanceGroupName`),
      }];
    });
  },
};
