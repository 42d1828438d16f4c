import { fileSystemTypeOf, fileSystemWithMountName, type MountedFileSystem, mountsByGroup } from './file-systems';
import type { ClusterModel } from '../core/cluster-model';
import { aboutGroup } from '../findings/about-group';
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
  check: cluster => mountsByGroup(cluster).flatMap(mounts => {
    const wrong = mounts.flatMap(mounted => mistakesIn(cluster, mounted).map(text => ({ text, location: mounted.config.location })));
    return wrong.length === 0 ? [] : [aboutGroup(mounts[0].group, 'error',
      `The ${namedGroups([mounts[0].group])} cannot mount its file systems:\n${wrong.map(({ text }) => text).join('\n')}\n`
      + 'Take DnsName and MountName from one file system, in the configuration for its type.',
      ...new Set(wrong.map(({ location }) => location)))];
  }),
};

function mistakesIn(cluster: ClusterModel, mounted: MountedFileSystem): string[] {
  const { config: { properties, location }, resource, type } = mounted;
  const actual = fileSystemTypeOf(cluster, mounted);
  const named = type === 'LUSTRE' ? fileSystemWithMountName(cluster, properties.MountName) : undefined;
  return [
    ...actual === undefined || actual === type ? [] : [`${location} names ${resource.node.path}, which is of `
      + `FileSystemType ${JSON.stringify(actual)}, not ${JSON.stringify(type)}.`],
    ...named === undefined || named === resource ? [] : [`${location}.DnsName is that of ${resource.node.path}, MountName that of ${named.node.path}.`],
  ];
}
