import type { ClusterModel } from '../core/cluster-model';
import { knownNumber } from '../core/literals';
import { storageConfigsAsJson as storageConfigs } from '../core/storage';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';

/** Quotas of an account, which AWS raises on request: these values are common ones. */
const INSTANCES_PER_CLUSTER = { code: 'L-2CE978FC', limit: 20 };
const VOLUME_SIZE_IN_GB = { code: 'L-E13DF72A', limit: 1024 };

export const quotas: Rule = {
  id: 'HyperPod-Quotas',
  title: 'The cluster is within the quotas that accounts commonly have',
  levels: ['info'],
  prevents: ['ResourceLimitExceeded'],
  why: `Many accounts have a quota of ${INSTANCES_PER_CLUSTER.limit} instances in a HyperPod cluster and of ${VOLUME_SIZE_IN_GB.limit} GB in a volume of a node; `
    + 'there is one for each instance type besides, which for accelerators is often 0. No synth can see what yours are.',
  fix: 'Look the quotas up in Service Quotas, under Amazon SageMaker, and have them raised before you deploy. Acknowledge the finding once they are.',
  sources: [
    'https://docs.aws.amazon.com/general/latest/gr/sagemaker.html#limits_sagemaker',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
  ],
  check: cluster => [...instanceCount(cluster), ...volumeSizes(cluster)],
};

function instanceCount(cluster: ClusterModel): Observation[] {
  const { code, limit } = INSTANCES_PER_CLUSTER;
  const counts = cluster.instanceGroups.map(({ properties }) => knownNumber(cluster, properties.InstanceCount) ?? 0);
  const count = counts.reduce((sum, one) => sum + one, 0);
  return count <= limit ? [] : [{
    subjects: [],
    level: 'info',
    message: `The cluster has ${count} instances. Many accounts have a quota of ${limit} in a HyperPod cluster (${code}): see that yours is high enough, `
      + 'and that of each instance type "for cluster usage".',
    locations: cluster.instanceGroups.map(({ location }) => `${location}.InstanceCount`),
  }];
}

function volumeSizes(cluster: ClusterModel): Observation[] {
  const { code, limit } = VOLUME_SIZE_IN_GB;
  return cluster.instanceGroups.flatMap(group => {
    const large = storageConfigs(group, 'EbsVolumeConfig').filter(({ properties }) => (knownNumber(cluster, properties.VolumeSizeInGB) ?? 0) > limit);
    return large.length === 0 ? [] : [aboutGroup(group, 'info',
      `The nodes of ${namedGroups([group])} have a volume of ${large[0].properties.VolumeSizeInGB} GB. Many accounts have a quota of ${limit} GB (${code}): `
      + 'see that yours is high enough.', ...large.map(({ location }) => `${location}.VolumeSizeInGB`))];
  });
}
