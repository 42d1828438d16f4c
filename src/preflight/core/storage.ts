import type { InstanceGroupModel } from './instance-group-model';
import type { Property } from './property';

/** The storage configurations of one kind that the template spells out for a group. */
export function storageConfigs(group: InstanceGroupModel, kind: 'EbsVolumeConfig' | 'FsxLustreConfig' | 'FsxOpenZfsConfig'): readonly Property[] {
  return (group.at('InstanceStorageConfigs').items ?? []).map(config => config.at(kind)).filter(config => config.isSpelledOut);
}

/** The FSx file systems that a group mounts. */
export function fsxConfigs(group: InstanceGroupModel): readonly Property[] {
  return [...storageConfigs(group, 'FsxLustreConfig'), ...storageConfigs(group, 'FsxOpenZfsConfig')];
}
