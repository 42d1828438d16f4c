import { type MountedFileSystem, mountedFileSystems, securityGroupsOf, subnetsOf } from './file-systems';
import { FILE_SYSTEM_PORTS } from '../../service/file-systems';
import type { ClusterModel } from '../core/cluster-model';
import type { Property } from '../core/property';
import { closedPorts } from '../core/vpc/traffic';
import { vpcConfigOf, type VpcConfigModel } from '../core/vpc/vpc-configs';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Level } from '../findings/observation';
import type { Rule } from '../findings/rule';

export const fsxSecurityGroups: Rule = {
  id: 'HyperPod-FsxSecurityGroups',
  title: 'The security groups of file systems admit the nodes that mount them',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'FSx for Lustre takes connections of its clients on TCP ports 988 and 1018 to 1023, FSx for OpenZFS on 111, 2049 and 20001 to 20003. A file system '
    + 'without SecurityGroupIds has the default group of its VPC, which admits its own members only.',
  fix: 'Admit the nodes in the security groups of the file system (`fileSystem.connections.allowDefaultPortFrom(cluster)` of CDK), and let their own groups '
    + 'pass the connections.',
  sources: [
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html',
    'https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/limit-access-security-groups.html',
  ],
  checkGroup: (cluster, group) => {
    const mounts = mountedFileSystems(cluster, group);
    const config = mounts.length > 0 ? vpcConfigOf(cluster, group) : undefined;
    const wrong = config ? mounts.flatMap(mounted => mistakesIn(cluster, mounted, config)) : [];
    return wrong.length === 0 ? [] : [about(group, wrong.some(({ level }) => level === 'error') ? 'error' : 'warning',
      `Security groups do not let the nodes of ${namedGroups([group])} reach the file systems that they mount:\n${wrong.map(({ text }) => text).join('\n')}\n`
      + 'Add rules for these ports to the security groups.', ...wrong.map(({ property }) => property))];
  },
};

interface Mistake {
  readonly level: Level;
  readonly text: string;
  readonly property: Property;
}

function mistakesIn(cluster: ClusterModel, mounted: MountedFileSystem, nodes: VpcConfigModel): Mistake[] {
  const { type, resource: { node: { path } }, config: property } = mounted;
  const fileSystem = { securityGroups: securityGroupsOf(cluster, mounted), subnets: subnetsOf(cluster, mounted) };
  const [first] = FILE_SYSTEM_PORTS[type];
  const closed = closedPorts(cluster, fileSystem, 'Ingress', nodes, FILE_SYSTEM_PORTS[type]);
  return [
    ...closed.length === 0 ? [] : [{
      level: closed.includes(first) ? 'error' as const : 'warning' as const,
      property,
      text: `${path} does not admit the nodes on TCP port${closed.length > 1 ? 's' : ''} ${closed.join(', ')}.`,
    }],
    ...closedPorts(cluster, nodes, 'Egress', fileSystem, [first]).length === 0 ? [] : [{
      level: 'error' as const, property, text: `The security groups of the nodes do not let them connect to ${path} on TCP port ${first}.`,
    }],
  ];
}
