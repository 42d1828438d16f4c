import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { knownBoolean } from '../core/literals';
import { type StorageConfigJson as StorageConfig, storageConfigsAsJson as storageConfigs } from '../core/storage';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

/** Something wrong with a group's volumes, and which of its properties are to be changed. */
interface Mistake {
  readonly sentence: string;
  readonly locations: readonly string[];
}

export const ebsVolumes: Rule = {
  id: 'HyperPod-EbsVolumes',
  title: 'The configurations of root and secondary volumes are complete',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod sizes the root volume itself: its configuration, with RootVolume true, says nothing but the key. Every other configuration is that of the '
    + 'secondary volume, and needs a size. A group has at most one of each. "Restricted instance groups don\'t support customer managed keys."',
  fix: 'For the root volume give RootVolume and VolumeKmsKeyId, for the secondary one VolumeSizeInGB and, if wanted, VolumeKmsKeyId.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterEbsVolumeConfig.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html',
  ],
  check: cluster => spelledOutGroups(cluster).flatMap(group => {
    const mistakes = mistakesIn(cluster, group);
    return mistakes.length === 0 ? [] : [aboutGroup(group, 'error',
      [`The EBS volumes of ${namedGroups([group])} are not as HyperPod needs them.`, ...mistakes.map(({ sentence }) => sentence)].join('\n'),
      ...mistakes.flatMap(({ locations }) => locations))];
  }),
};

function mistakesIn(cluster: ClusterModel, group: InstanceGroupModel): Mistake[] {
  const volumes = storageConfigs(group, 'EbsVolumeConfig');
  const roots = volumes.filter(volume => isRoot(cluster, volume) === true);
  const secondaries = volumes.filter(volume => isRoot(cluster, volume) === false);
  const keyed = group.kind === 'RestrictedInstanceGroups' ? volumes.filter(({ properties }) => properties.VolumeKmsKeyId !== undefined) : [];
  return [
    ...several(roots, 'root volume'),
    ...several(secondaries, 'secondary volume'),
    ...roots.flatMap(({ properties, location }) => [
      ...properties.VolumeKmsKeyId !== undefined ? []
        : [{ sentence: 'The root volume has no VolumeKmsKeyId: give it, or remove the configuration.', locations: [`${location}.VolumeKmsKeyId`] }],
      ...properties.VolumeSizeInGB === undefined ? []
        : [{ sentence: 'The root volume has a VolumeSizeInGB, which HyperPod decides: remove it.', locations: [`${location}.VolumeSizeInGB`] }],
    ]),
    ...secondaries.filter(({ properties }) => properties.VolumeSizeInGB === undefined)
      .map(({ location }) => ({ sentence: 'The secondary volume has no VolumeSizeInGB: give it.', locations: [`${location}.VolumeSizeInGB`] })),
    ...keyed.map(({ location }) => ({
      sentence: 'The volume has a VolumeKmsKeyId, which restricted instance groups do not support: remove it.', locations: [`${location}.VolumeKmsKeyId`],
    })),
  ];
}

function isRoot(cluster: ClusterModel, { properties: { RootVolume } }: StorageConfig): boolean | undefined {
  return RootVolume === undefined ? false : knownBoolean(cluster, RootVolume);
}

function several(volumes: readonly StorageConfig[], what: string): Mistake[] {
  return volumes.length < 2 ? []
    : [{ sentence: `There are ${volumes.length} configurations of a ${what}: leave one.`, locations: volumes.map(({ location }) => location) }];
}
