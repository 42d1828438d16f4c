import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { storageConfigs } from '../core/storage';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

/** Something wrong with a group's volumes, and which of its properties are to be changed. */
interface Mistake {
  readonly sentence: string;
  readonly properties: readonly Property[];
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
  checkGroup: (_, group) => {
    const mistakes = mistakesIn(group);
    return mistakes.length === 0 ? [] : [about(group, 'error',
      [`The EBS volumes of ${namedGroups([group])} are not as HyperPod needs them.`, ...mistakes.map(({ sentence }) => sentence)].join('\n'),
      ...mistakes.flatMap(({ properties }) => properties))];
  },
};

function mistakesIn(group: InstanceGroupModel): Mistake[] {
  const volumes = storageConfigs(group, 'EbsVolumeConfig');
  const roots = volumes.filter(volume => isRoot(volume) === true);
  const secondaries = volumes.filter(volume => isRoot(volume) === false);
  const restricted = group.kind === 'RestrictedInstanceGroups' ? volumes : [];
  const missing = (volume: Property, name: string, sentence: string) => volume.at(name).isGiven ? [] : [{ sentence, properties: [volume.at(name)] }];
  const unwanted = (volume: Property, name: string, sentence: string) => volume.at(name).isGiven ? [{ sentence, properties: [volume.at(name)] }] : [];
  return [
    ...several(roots, 'root volume'),
    ...several(secondaries, 'secondary volume'),
    ...roots.flatMap(volume => [
      ...missing(volume, 'VolumeKmsKeyId', 'The root volume has no VolumeKmsKeyId: give it, or remove the configuration.'),
      ...unwanted(volume, 'VolumeSizeInGB', 'The root volume has a VolumeSizeInGB, which HyperPod decides: remove it.'),
    ]),
    ...secondaries.flatMap(volume => missing(volume, 'VolumeSizeInGB', 'The secondary volume has no VolumeSizeInGB: give it.')),
    ...restricted.flatMap(volume =>
      unwanted(volume, 'VolumeKmsKeyId', 'The volume has a VolumeKmsKeyId, which restricted instance groups do not support: remove it.')),
  ];
}

function isRoot(volume: Property): boolean | undefined {
  const root = volume.at('RootVolume');
  return root.isGiven ? root.boolean : false;
}

function several(volumes: readonly Property[], what: string): Mistake[] {
  return volumes.length < 2 ? [] : [{ sentence: `There are ${volumes.length} configurations of a ${what}: leave one.`, properties: volumes }];
}
