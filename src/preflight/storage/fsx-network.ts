import { type MountedFileSystem, mountedFileSystems, subnetsOf } from './file-systems';
import type { ClusterModel } from '../core/cluster-model';
import type { Property } from '../core/property';
import { areZonesApart, availabilityZoneOf } from '../core/vpc/subnets';
import { definedSubnets, vpcConfigOf, type VpcConfigModel } from '../core/vpc/vpc-configs';
import { isSameVpc, mayBeConnected, namedVpc } from '../core/vpc/vpcs';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Level } from '../findings/observation';
import type { Rule } from '../findings/rule';

export const fsxNetwork: Rule = {
  id: 'HyperPod-FsxNetwork',
  title: 'File systems are in the VPC of the nodes, and in their availability zone',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Nodes mount a file system over its network interface in a VPC. "If you want to use Amazon FSx as the main file system for storage, you must configure '
    + 'SageMaker HyperPod clusters with your VPC." Between zones, "there might be communication and network overhead", which costs money, too.',
  fix: 'Make the file system in a subnet of the cluster\'s VPC and of the zone that the nodes are in.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html',
  ],
  checkGroup: (cluster, group) => {
    const mounts = mountedFileSystems(cluster, group);
    const config = mounts.length > 0 ? vpcConfigOf(cluster, group) : undefined;
    const wrong = config ? mounts.flatMap(mounted => mistakesIn(cluster, mounted, config)) : [];
    return wrong.length === 0 ? [] : [about(group, wrong.some(({ level }) => level === 'error') ? 'error' : 'warning',
      `The ${namedGroups([group])} mounts file systems from elsewhere:\n${wrong.map(({ text }) => text).join('\n')}\n`
      + 'Make them in the VPC and the availability zone of the nodes.', ...wrong.map(({ property }) => property))];
  },
};

interface Mistake {
  readonly level: Level;
  readonly text: string;
  readonly property: Property;
}

function mistakesIn(cluster: ClusterModel, mounted: MountedFileSystem, config: VpcConfigModel): Mistake[] {
  const theirs = definedSubnets({ subnets: subnetsOf(cluster, mounted) });
  const ours = definedSubnets(config);
  if (theirs.length === 0 || ours.length === 0) { return []; }
  const { resource: { node: { path } }, config: property } = mounted;
  if (ours.every(one => theirs.every(other => isSameVpc(one.vpc, other.vpc) === 'no'))) {
    return [{
      level: mayBeConnected(cluster, ours[0].vpc, theirs[0].vpc) ? 'warning' : 'error',
      property,
      text: `${path} is in ${namedVpc(theirs[0].vpc)}, the nodes are in ${namedVpc(ours[0].vpc)}.`,
    }];
  }
  const [theirZones, ourZones] = [theirs, ours].map(subnets => subnets.map(subnet => availabilityZoneOf(cluster, subnet)));
  const labels = (zones: typeof ourZones) => [...new Set(zones.map(zone => zone!.label))].join(', ');
  return areZonesApart(theirZones, ourZones)
    ? [{ level: 'warning', property, text: `${path} is in availability zone ${labels(theirZones)}, the nodes are in ${labels(ourZones)}.` }] : [];
}
