import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { storageConfigs } from '../core/storage';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
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
  check: cluster => {
    const { code, limit } = INSTANCES_PER_CLUSTER;
    const { count, isExact } = mostInstances(cluster, limit);
    return count <= limit ? [] : [about(cluster, 'info',
      `The cluster has ${isExact ? '' : 'up to '}${count} instances. Many accounts have a quota of ${limit} in a HyperPod cluster (${code}): see that yours is `
      + 'high enough, and that of each instance type "for cluster usage".', ...cluster.writtenGroups.map(group => group.at('InstanceCount')))];
  },
  checkGroup: (_, group) => {
    const { code, limit } = VOLUME_SIZE_IN_GB;
    const large = storageConfigs(group, 'EbsVolumeConfig').map(volume => volume.at('VolumeSizeInGB')).filter(({ number }) => (number ?? 0) > limit);
    return large.length === 0 ? [] : [about(group, 'info',
      `The nodes of ${namedGroups([group])} have a volume of ${large[0].number} GB. Many accounts have a quota of ${limit} GB (${code}): `
      + 'see that yours is high enough.', ...large)];
  },
};

/** How many groups may double the worlds to look at. Of the others, the most instances that they may have are counted. */
const MOST_ASKED = 6;

/** The instances of all groups, or the most that there may be. If even those are within the limit, no condition is asked. */
function mostInstances({ writtenGroups, symbolizer }: ClusterModel, limit: number): { readonly count: number; readonly isExact: boolean } {
  const groups = writtenGroups.map(group => {
    const most = Math.max(...group.possible('InstanceCount').map(one => symbolizer.certainly(() => one.number ?? 0) ?? Infinity));
    return { group, most, actual: symbolizer.certainly(() => instancesOf(group)) };
  });
  const certain = groups.reduce((sum, { actual = 0 }) => sum + actual, 0);
  const open = groups.filter(({ actual, most }) => actual === undefined && most > 0).sort((one, other) => other.most - one.most);
  const isAsked = ({ most }: { most: number }, index: number) => index < MOST_ASKED || most === Infinity;
  const asked = open.filter(isAsked);
  const left = open.filter((one, index) => !isAsked(one, index)).reduce((sum, { most }) => sum + most, 0);
  const most = asked.reduce((sum, one) => sum + one.most, certain + left);
  const count = most <= limit ? most : asked.reduce((sum, { group }) => sum + instancesOf(group), certain + left);
  return { count, isExact: left === 0 };
}

function instancesOf(group: InstanceGroupModel): number {
  const { number = 0 } = group.at('InstanceCount');
  return number > 0 && group.exists ? number : 0;
}
