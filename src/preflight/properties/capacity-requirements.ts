import { about } from '../findings/about';
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
  checkGroup: (_, group) => {
    if (group.kind !== 'InstanceGroups') { return []; }
    const spot = group.at('CapacityRequirements', 'Spot');
    const others = [group.at('CapacityRequirements', 'OnDemand'), group.at('TrainingPlanArn')];
    const kinds = spot.isGiven ? [spot, ...others.filter(({ isGiven }) => isGiven)] : [];
    return kinds.length < 2 ? [] : [about(group, 'warning',
      `The ${namedGroups([group])} has ${kinds.map(({ name }) => name).join(' and ')}, which are different kinds of capacity.\nLeave one.`, ...kinds)];
  },
};
