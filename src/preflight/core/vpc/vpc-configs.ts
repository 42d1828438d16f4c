import type { ClusterModel } from '../cluster-model';
import type { InstanceGroupModel } from '../instance-group-model';
import type { Property } from '../property';
import { type SecurityGroup, securityGroupWithId } from './security-groups';
import { type Subnet, subnetWithId } from './subnets';

const GROUP_KINDS = ['InstanceGroups', 'RestrictedInstanceGroups'] as const;

/** Where nodes attach: the cluster's `VpcConfig`, or the `OverrideVpcConfig` of a group. */
export class VpcConfigModel {
  /** @param overriddenBy the group whose override it is; undefined for that of the cluster */
  constructor(private readonly cluster: ClusterModel, private readonly root: Property, readonly overriddenBy?: InstanceGroupModel) {}

  at(name: 'Subnets' | 'SecurityGroupIds'): Property {
    return this.root.at(name);
  }

  /** Undefined: one that the app does not define. */
  get subnets(): readonly (Subnet | undefined)[] {
    return this.cluster.symbolizer.remember(this, 'subnets', () =>
      (this.at('Subnets').values ?? [undefined]).map(id => subnetWithId(this.cluster, id)));
  }

  get securityGroups(): readonly SecurityGroup[] {
    return this.cluster.symbolizer.remember(this, 'security groups', () =>
      (this.at('SecurityGroupIds').values ?? [undefined]).map(id => securityGroupWithId(this.cluster, id)));
  }

  /** Do the nodes of a group attach here, if there are any? */
  isThatOf(group: InstanceGroupModel): boolean {
    return this.overriddenBy ? group === this.overriddenBy : group.isSpelledOut && !group.at('OverrideVpcConfig').isGiven;
  }

  /** May nodes attach here? Not if every group has a configuration of its own; a cluster without groups may get some. */
  get mayBeUsed(): boolean {
    const { cluster } = this;
    const areListed = GROUP_KINDS.every(kind => !cluster.at(kind).isGiven || cluster.at(kind).isList);
    return this.overriddenBy !== undefined || cluster.writtenGroups.length === 0 || !areListed
      || cluster.hasGroup(group => !group.isSpelledOut || !group.at('OverrideVpcConfig').isGiven);
  }

  /** The groups that there are, whose nodes attach here, and that are as required. */
  groupsWhere(isAsRequired: (group: InstanceGroupModel) => boolean): readonly InstanceGroupModel[] {
    return this.cluster.groupsWhere(group => this.isThatOf(group) && isAsRequired(group));
  }

  /** Is there a group whose nodes attach here, and that is as required? */
  hasGroup(isAsRequired: (group: InstanceGroupModel) => boolean): boolean {
    return this.cluster.hasGroup(group => this.isThatOf(group) && isAsRequired(group));
  }
}

/** The VPC configuration of the cluster, if the template spells it out. */
export function clusterVpcConfig(cluster: ClusterModel): VpcConfigModel | undefined {
  const config = cluster.at('VpcConfig');
  return config.isSpelledOut ? cluster.symbolizer.remember(cluster, 'VpcConfig', () => new VpcConfigModel(cluster, config)) : undefined;
}

/** The VPC configuration that a group has of its own, if the template spells it out. */
export function groupVpcConfig(cluster: ClusterModel, group: InstanceGroupModel): VpcConfigModel | undefined {
  const config = group.at('OverrideVpcConfig');
  return config.isSpelledOut ? cluster.symbolizer.remember(group, 'OverrideVpcConfig', () => new VpcConfigModel(cluster, config, group)) : undefined;
}

/** The configuration with which the nodes of a group attach. */
export function vpcConfigOf(cluster: ClusterModel, group: InstanceGroupModel): VpcConfigModel | undefined {
  if (!group.isSpelledOut) { return undefined; }
  return group.at('OverrideVpcConfig').isGiven ? groupVpcConfig(cluster, group) : clusterVpcConfig(cluster);
}

/** The subnets of a configuration, if the app defines every one of them. */
export function definedSubnets({ subnets }: Pick<VpcConfigModel, 'subnets'>): readonly Subnet[] {
  return subnets.every(subnet => subnet !== undefined) ? subnets : [];
}
