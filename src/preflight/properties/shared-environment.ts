import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const sharedEnvironment: Rule = {
  id: 'HyperPod-SharedEnvironment',
  title: 'The shared environment of restricted groups has a file system',
  levels: ['warning'],
  prevents: [],
  why: 'AWS\'s documents contradict each other about FSxLustreConfig of a SharedEnvironmentConfig: the API requires it, CloudFormation\'s schema does not.',
  fix: 'Give FSxLustreConfig with SizeInGiB and PerUnitStorageThroughput.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterSharedEnvironmentConfig.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-sharedenvironmentconfig.html',
  ],
  check: cluster => {
    const shared = cluster.at('RestrictedInstanceGroupsConfig', 'SharedEnvironmentConfig');
    const fileSystem = shared.at('FSxLustreConfig');
    return !shared.isSpelledOut || fileSystem.isGiven ? [] : [about(cluster, 'warning',
      'The shared environment of the restricted instance groups has no FSxLustreConfig. AWS\'s documents contradict each other about it: the API '
      + 'requires it, CloudFormation\'s schema does not.\nGive it.', fileSystem)];
  },
};
