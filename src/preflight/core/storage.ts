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

/** A storage configuration as JSON, with where it stands in the group. */
export interface StorageConfigJson {
  readonly properties: Readonly<Record<string, any>>;
  readonly location: string;
}

/** Storage configurations as JSON, for callers that do not read properties yet. */
export function storageConfigsAsJson(group: InstanceGroupModel, kind: Parameters<typeof storageConfigs>[1]): readonly StorageConfigJson[] {
  return storageConfigs(group, kind).map(config => ({ properties: JSON.parse(config.toString()), location: config.name }));
}
