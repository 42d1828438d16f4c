import { fileSystemTypeOf, fileSystemWithMountName, type MountedFileSystem, mountedFileSystems } from './file-systems';
import type { ClusterModel } from '../core/cluster-model';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const fsxMountName: Rule = {
  id: 'HyperPod-FsxMountName',
  title: 'DnsName and MountName are those of one file system, of the type that it is mounted as',
  levels: ['error'],
  prevents: [],
  why: 'A file system of FSx for Lustre is mounted by its DNS name and its mount name together, that of FSx for OpenZFS by its DNS name over NFS.',
  fix: 'Take DnsName and MountName from one file system, in FsxLustreConfig or FsxOpenZfsConfig as its type is.',
  sources: [
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/mounting-ec2-instance.html',
    'https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/attach-linux-client.html',
  ],
  checkGroup: (cluster, group) => {
    const wrong = mountedFileSystems(cluster, group).flatMap(mounted => mistakesIn(cluster, mounted).map(text => ({ text, config: mounted.config })));
    return wrong.length === 0 ? [] : [about(group, 'error',
      `The ${namedGroups([group])} cannot mount its file systems:\n${wrong.map(({ text }) => text).join('\n')}\n`
      + 'Take DnsName and MountName from one file system, in the configuration for its type.',
      ...wrong.map(({ config }) => config))];
  },
};

function mistakesIn(cluster: ClusterModel, mounted: MountedFileSystem): string[] {
  const { config, resource, type } = mounted;
  const actual = fileSystemTypeOf(cluster, mounted);
  const named = type === 'LUSTRE' ? fileSystemWithMountName(cluster, config.at('MountName')) : undefined;
  return [
    ...actual === undefined || actual === type ? [] : [`${config.name} names ${resource.node.path}, which is of `
      + `FileSystemType ${JSON.stringify(actual)}, not ${JSON.stringify(type)}.`],
    ...named === undefined || named === resource ? [] : [`${config.name}.DnsName is that of ${resource.node.path}, MountName that of ${named.node.path}.`],
  ];
}
