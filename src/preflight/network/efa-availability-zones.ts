import { aboutVpcConfig } from './about-vpc-config';
import { efaTypesOf } from './efa';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { areZonesApart, type AvailabilityZone, availabilityZoneOf, isSameZone } from '../core/vpc/subnets';
import { definedSubnets, type VpcConfigModel, vpcConfigOf } from '../core/vpc/vpc-configs';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';

export const efaAvailabilityZones: Rule = {
  id: 'HyperPod-EfaAvailabilityZones',
  title: 'Nodes with EFA are in one availability zone',
  levels: ['warning'],
  prevents: [],
  why: '"Elastic Fabric Adapter (EFA) traffic cannot cross AZs or VPCs." Of the VpcConfig of a cluster, HyperPod selects one subnet, whose zone every group '
    + 'without OverrideVpcConfig inherits; for the subnets of an override, AWS does not say so.',
  fix: 'Give groups that train together subnets of one availability zone, or acknowledge the finding if no job spans the zones.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html',
  ],
  check: apart,
  checkGroup: spread,
};

interface PlacedGroup {
  readonly group: InstanceGroupModel;
  readonly types: readonly string[];
  readonly zones: readonly (AvailabilityZone | undefined)[];
  readonly config: VpcConfigModel;
}

/** A group with EFA, if the app defines its subnets. */
function placedGroup(cluster: ClusterModel, group: InstanceGroupModel): readonly PlacedGroup[] {
  const types = efaTypesOf(group);
  const config = types.length > 0 ? vpcConfigOf(cluster, group) : undefined;
  const zones = config ? definedSubnets(config).map(subnet => availabilityZoneOf(cluster, subnet)) : [];
  return config && zones.length > 0 ? [{ group, types, zones, config }] : [];
}

/** A group whose own subnets lie in several zones. */
function spread(cluster: ClusterModel, group: InstanceGroupModel): Observation[] {
  return placedGroup(cluster, group).filter(({ config }) => config.overriddenBy).flatMap(({ zones: [first, ...others], types, config }) => {
    const isOneNode = (group.at('InstanceCount').number ?? Infinity) <= 1;
    return isOneNode || others.every(other => isSameZone(first, other) !== 'no') ? [] : [aboutVpcConfig(cluster, config, 'warning',
      `The ${namedGroups([group])} (${types.join(', ')}) has Elastic Fabric Adapters, whose traffic cannot cross availability zones, but its OverrideVpcConfig `
      + `has subnets in several: ${labels([first, ...others])}.\nLeave the subnets of one zone.`, 'Subnets')];
  });
}

/** Groups of one instance type that are certainly in different zones: where they differ in type, no job is likely to span them. */
function apart(cluster: ClusterModel): Observation[] {
  // Which groups there are matters only of those that would be apart.
  const written = apartFromOthers(cluster.writtenGroups.flatMap(group => placedGroup(cluster, group)));
  const found = apartFromOthers(written.filter(({ group }) => group.exists));
  const groups = found.map(({ group }) => group);
  const message = `The ${namedGroups(groups)} have Elastic Fabric Adapters and instance types in common, but lie in different availability zones, `
    + `which EFA traffic cannot cross: ${found.map(({ group, zones }) => `"${group.label}" in ${labels(zones)}`).join('; ')}.\n`
    + 'Give groups that train together subnets of one zone, or acknowledge this if no job spans the zones.';
  return groups.length === 0 ? [] : [about(groups, 'warning', message, ...found.map(({ config }) => config.at('Subnets')))];
}

function apartFromOthers(placed: readonly PlacedGroup[]): readonly PlacedGroup[] {
  const isApart = (one: PlacedGroup, other: PlacedGroup) =>
    one.types.some(type => other.types.includes(type)) && areZonesApart(one.zones, other.zones);
  return placed.filter(one => placed.some(other => isApart(one, other)));
}

function labels(zones: readonly (AvailabilityZone | undefined)[]): string {
  return [...new Set(zones.flatMap(zone => zone?.label ?? []))].join(', ');
}
