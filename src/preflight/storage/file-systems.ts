import type { CfnResource } from 'aws-cdk-lib';
import { FILE_SYSTEM_TYPES, type FileSystemProperty, type FileSystemType } from '../../service/file-systems';
import { sameValue } from '../../template/symbolic/same-value';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { storageConfigs } from '../core/storage';
import { propertyOf, resourcesWhere } from '../core/vpc/app-resources';
import { type SecurityGroup, securityGroupWithId } from '../core/vpc/security-groups';
import { type Subnet, subnetWithId } from '../core/vpc/subnets';

/** A file system that a group mounts, and that the app defines. */
export interface MountedFileSystem {
  readonly config: Property;
  /** The type that it is mounted as. */
  readonly type: FileSystemType;
  /** What its DNS name is that of. */
  readonly resource: CfnResource;
}

/** The mounts of a group whose DNS names are those of file systems of the app. */
export function mountedFileSystems(cluster: ClusterModel, group: InstanceGroupModel): readonly MountedFileSystem[] {
  if (group.kind !== 'InstanceGroups') { return []; }
  return (Object.keys(FILE_SYSTEM_TYPES) as FileSystemProperty[]).flatMap(kind => storageConfigs(group, kind).flatMap(config => {
    const { value } = config.at('DnsName');
    const resource = value && resourcesWhere(cluster, 'AWS::FSx::FileSystem', one => isDnsName(cluster, value, one))[0];
    return resource ? [{ config, type: FILE_SYSTEM_TYPES[kind], resource }] : [];
  }));
}

/** The file system of the app whose mount name a value is. */
export function fileSystemWithMountName(cluster: ClusterModel, { value }: Property): CfnResource | undefined {
  return value && resourcesWhere(cluster, 'AWS::FSx::FileSystem', one => cluster.symbolizer.attributeOf(one, 'LustreMountName').equals(value))[0];
}

/** The type of a file system, as `LUSTRE`. */
export function fileSystemTypeOf(cluster: ClusterModel, { resource }: MountedFileSystem): string | undefined {
  return propertyOf(cluster, resource, 'FileSystemType').text;
}

/** Where the interfaces of a file system are. Undefined: in a subnet that the app does not define. */
export function subnetsOf(cluster: ClusterModel, { resource }: MountedFileSystem): readonly (Subnet | undefined)[] {
  const ids = propertyOf(cluster, resource, 'SubnetIds').values ?? [undefined];
  return ids.map(id => subnetWithId(cluster, id));
}

/** The security groups of a file system; without any, FSx takes the default one of the VPC (see `SecurityGroupIds` of the resource). */
export function securityGroupsOf(cluster: ClusterModel, mounted: MountedFileSystem): readonly SecurityGroup[] {
  const ids = propertyOf(cluster, mounted.resource, 'SecurityGroupIds').values ?? [undefined];
  if (ids.length > 0) { return ids.map(id => securityGroupWithId(cluster, id)); }
  const vpc = subnetsOf(cluster, mounted)[0]?.vpc.resource;
  return [vpc ? securityGroupWithId(cluster, cluster.symbolizer.attributeOf(vpc, 'DefaultSecurityGroup')) : {}];
}

/** The attribute, or what CDK makes of the id: `${FileSystem}.fsx.${AWS::Region}.amazonaws.com`. */
function isDnsName({ symbolizer }: ClusterModel, name: SymbolicString, fileSystem: CfnResource): boolean {
  return symbolizer.attributeOf(fileSystem, 'DNSName').equals(name)
    || sameValue(name.splitOnce('.fsx.')?.[0], symbolizer.attributeOf(fileSystem, 'Ref'));
}
