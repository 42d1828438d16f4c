import type { InstanceGroupModel } from './instance-group-model';
import { spelledOut, spelledOutList } from './spelled-out';

/** A storage configuration of an instance group that the template spells out, with where it stands in the group. */
export interface StorageConfig {
  readonly properties: Readonly<Record<string, any>>;
  readonly location: string;
}

/** The storage configurations of one kind that a group has. */
export function storageConfigs(
  group: InstanceGroupModel, kind: 'EbsVolumeConfig' | 'FsxLustreConfig' | 'FsxOpenZfsConfig',
): readonly StorageConfig[] {
  return (spelledOutList(group.properties.InstanceStorageConfigs) ?? []).flatMap((json, index) => {
    const properties = spelledOut(spelledOut(json)?.[kind]);
    return properties ? [{ properties, location: `InstanceStorageConfigs.${index}.${kind}` }] : [];
  });
}

/** The FSx file systems that a group mounts. */
export function fsxMounts(group: InstanceGroupModel): readonly StorageConfig[] {
  return [...storageConfigs(group, 'FsxLustreConfig'), ...storageConfigs(group, 'FsxOpenZfsConfig')];
}
