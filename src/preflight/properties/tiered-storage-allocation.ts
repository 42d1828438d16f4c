import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

/** The least of the range that AWS's guide gives; the API reference allows 0. */
const LEAST_PERCENTAGE = 20;

export const tieredStorageAllocation: Rule = {
  id: 'HyperPod-TieredStorageAllocation',
  title: 'Tiered storage has a fifth of the memory or more',
  levels: ['warning'],
  prevents: [],
  why: 'AWS\'s documents contradict each other about InstanceMemoryAllocationPercentage: the SageMaker guide says "The range is 20-100", the API reference '
    + '"Minimum value of 0. Maximum value of 100."',
  fix: 'Set InstanceMemoryAllocationPercentage to 20 or more, or leave it out.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/managed-tier-checkpointing-setup.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterTieredStorageConfig.html',
  ],
  check: cluster => {
    const percentage = cluster.at('TieredStorageConfig', 'InstanceMemoryAllocationPercentage');
    if (percentage.number === undefined || percentage.number >= LEAST_PERCENTAGE || cluster.at('TieredStorageConfig', 'Mode').text !== 'Enable') { return []; }
    return [about(cluster, 'warning',
      `The TieredStorageConfig of the cluster has InstanceMemoryAllocationPercentage ${percentage.number}. AWS's documents contradict each other about it: `
      + 'the SageMaker guide says "The range is 20-100", the API reference "Minimum value of 0. Maximum value of 100."\n'
      + `Set it to ${LEAST_PERCENTAGE} or more.`, percentage)];
  },
};
