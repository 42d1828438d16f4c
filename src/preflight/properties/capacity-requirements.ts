import { spelledOutGroups } from '../core/groups';
import { spelledOut } from '../core/spelled-out';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const capacityRequirements: Rule = {
  id: 'HyperPod-CapacityRequirements',
  title: 'A group takes its nodes from one kind of capacity',
  levels: ['warning'],
  prevents: [],
  why: 'A training plan is capacity reserved and paid for, Spot capacity can be reclaimed at any time: a group of both, or of Spot and On-Demand, gets what '
    + 'AWS does not say. CapacityRequirements cannot be changed later.',
  fix: 'Choose one for the group, and make another group for the other.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-spot.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html',
  ],
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const { Spot, OnDemand } = spelledOut(group.properties.CapacityRequirements) ?? {};
    if (Spot === undefined) { return []; }
    const kinds = [
      'CapacityRequirements.Spot',
      ...OnDemand === undefined ? [] : ['CapacityRequirements.OnDemand'],
      ...group.properties.TrainingPlanArn === undefined ? [] : ['TrainingPlanArn'],
    ];
    return kinds.length === 1 ? [] : [aboutGroup(group, 'warning',
      `The ${namedGroups([group])} has ${kinds.join(' and ')}, which are different kinds of capacity.\nLeave one.`, ...kinds)];
  }),
};
