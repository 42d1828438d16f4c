import { elsewhere } from './arn-location';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const trainingPlanLocation: Rule = {
  id: 'HyperPod-TrainingPlanLocation',
  title: 'A training plan is of the cluster\'s Region and account',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'A training plan reserves instances in an Availability Zone, which only a cluster of the same Region can use.',
  fix: 'Use a training plan of the Region and account that the cluster is deployed to.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
  ],
  checkGroup: (cluster, group) => {
    const plan = group.at('TrainingPlanArn');
    const differences = elsewhere(cluster, plan);
    return differences.length === 0 ? [] : [about(group, differences.some(({ what }) => what === 'Region') ? 'error' : 'warning',
      [
        ...differences.map(({ what, theirs, ours }) => `The training plan of ${namedGroups([group])} is of the ${what} ${theirs}, the cluster of ${ours}.`),
        'Use a training plan of the cluster\'s Region and account.',
      ].join('\n'), plan)];
  },
};
