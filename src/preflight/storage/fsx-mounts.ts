import { DEFAULT_MOUNT_PATHS } from '../../service/file-systems';
import { storageConfigs } from '../core/storage';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

const KINDS = ['FsxLustreConfig', 'FsxOpenZfsConfig'] as const;

export const fsxMounts: Rule = {
  id: 'HyperPod-FsxMounts',
  title: 'A group mounts at most one Lustre and one OpenZFS file system, at different paths',
  levels: ['error', 'warning'],
  prevents: [],
  why: '"Each instance group can have at most one FsxLustreConfig and one FsxOpenZfsConfig." Of two file systems at one path, one would hide the other.',
  fix: 'Leave one file system of each kind, and mount the others in the lifecycle scripts; set MountPath where two paths are the same.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html'],
  checkGroup: (_, group) => {
    const repeated = KINDS.map(kind => storageConfigs(group, kind)).filter(configs => configs.length > 1).flat();
    if (repeated.length > 0) {
      return [about(group, 'error',
        `The ${namedGroups([group])} mounts several FSx file systems of one kind, but HyperPod mounts at most one Lustre and one OpenZFS file system `
        + 'for a group.\nLeave one of each kind.', ...repeated)];
    }
    const mounts = KINDS.flatMap(kind => storageConfigs(group, kind).map(config => {
      const property = config.at('MountPath');
      return { property, path: property.isGiven ? property.text : DEFAULT_MOUNT_PATHS[kind] };
    }));
    const [{ path }, second] = mounts.length === 2 ? mounts : [{ path: undefined }];
    if (path === undefined || path !== second?.path) { return []; }
    return [about(group, 'warning',
      `The ${namedGroups([group])} mounts two FSx file systems at ${JSON.stringify(path)}: one would hide the other.\nSet MountPath of one of them.`,
      ...mounts.map(({ property }) => property))];
  },
};
