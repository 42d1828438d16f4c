import type { ClusterModel } from '../cluster-model';
import { spelledOutGroups } from '../groups';
import type { InstanceGroupModel } from '../instance-group-model';
import { type SecurityGroup, securityGroupWithId } from './security-groups';
import { spelledOut } from '../spelled-out';
import { type Subnet, subnetWithId } from './subnets';

/** Where nodes attach: the cluster's `VpcConfig`, or the `OverrideVpcConfig` of a group. */
export interface VpcConfigModel {
  /** The group whose override it is. Undefined for that of the cluster. */
  readonly overriddenBy?: InstanceGroupModel;
  /** The groups whose nodes attach here. */
  readonly groups: readonly InstanceGroupModel[];
  /** Undefined: one that the app does not define. */
  readonly subnets: readonly (Subnet | undefined)[];
  readonly securityGroups: readonly SecurityGroup[];
}

/** The VPC configurations that the template spells out, that of the cluster first. */
export function vpcConfigs(cluster: ClusterModel): readonly VpcConfigModel[] {
  const groups = spelledOutGroups(cluster);
  const inherit = groups.filter(({ properties }) => properties.OverrideVpcConfig === undefined);
  return [
    ...vpcConfig(cluster, cluster.properties.VpcConfig, inherit),
    ...groups.flatMap(group => vpcConfig(cluster, group.properties.OverrideVpcConfig, [group], group)),
  ];
}

/** The configuration with which the nodes of a group attach. */
export function vpcConfigOf(cluster: ClusterModel, group: InstanceGroupModel): VpcConfigModel | undefined {
  return vpcConfigs(cluster).find(({ groups }) => groups.some(({ location }) => location === group.location));
}

function vpcConfig(
  cluster: ClusterModel, json: any, groups: readonly InstanceGroupModel[], overriddenBy?: InstanceGroupModel,
): readonly VpcConfigModel[] {
  const properties = spelledOut(json);
  if (!properties) { return []; }
  const ids = (name: string) => cluster.symbolizer.list(properties[name], cluster.stack) ?? [undefined];
  return [{
    overriddenBy,
    groups,
    subnets: ids('Subnets').map(id => subnetWithId(cluster, id)),
    securityGroups: ids('SecurityGroupIds').map(id => securityGroupWithId(cluster, id)),
  }];
}

/** The subnets of a configuration, if the app defines every one of them. */
export function definedSubnets({ subnets }: Pick<VpcConfigModel, 'subnets'>): readonly Subnet[] {
  return subnets.every(subnet => subnet !== undefined) ? subnets : [];
}
