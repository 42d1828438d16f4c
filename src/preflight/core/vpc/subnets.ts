import type { CfnResource, Stack } from 'aws-cdk-lib';
import { propertyOf, resourceWithId } from './app-resources';
import type { ClusterModel } from '../cluster-model';
import { type Ipv4Range, ipv4Range } from './ipv4';
import { type Vpc, vpcOf } from './vpcs';
import { regionOf } from '../../../template/environment';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import type { Ternary } from '../../../template/ternary';
import type { Property } from '../property';

/** A subnet that the app defines. */
export interface Subnet {
  readonly resource: CfnResource;
  readonly vpc: Vpc;
}

/** An availability zone, in one of the ways to name it: two zones that are named in one way are compared by name. */
export interface AvailabilityZone {
  /** Undefined, if the name is a value of the deployment, which may be that of any other. */
  readonly naming?: string;
  readonly name: string;
  /** What a message calls it. */
  readonly label: string;
}

/** The subnet whose id a value is, if the app defines it. */
export function subnetWithId(cluster: ClusterModel, id: SymbolicString | undefined): Subnet | undefined {
  const resource = resourceWithId(cluster, 'AWS::EC2::Subnet', id);
  return resource && { resource, vpc: vpcOf(cluster, resource) };
}

/** The zone that a subnet is put into. Undefined if the template leaves that to EC2. */
export function availabilityZoneOf(cluster: ClusterModel, { resource }: Subnet): AvailabilityZone | undefined {
  const zone = ['AvailabilityZone', 'AvailabilityZoneId'].map(name => propertyOf(cluster, resource, name)).find(({ isGiven }) => isGiven);
  return zone && (selectedZone(zone, resource.stack) ?? namedZone(zone));
}

export function isSameZone(one: AvailabilityZone | undefined, other: AvailabilityZone | undefined): Ternary {
  if (!one || !other) { return 'unknown'; }
  if (one.naming === other.naming && one.name === other.name) { return 'yes'; }
  return one.naming !== undefined && one.naming === other.naming ? 'no' : 'unknown';
}

/** Is a zone, by its name or id, certainly in another Region? */
export function isZoneOfAnotherRegion({ naming, label }: AvailabilityZone, region: string): boolean {
  if (naming === 'AvailabilityZone') { return /^[a-z]{2}(-[a-z]+)+-\d+([a-z]$|-)/.test(label) && !new RegExp(`^${region}([a-z]$|-)`).test(label); }
  return naming === 'AvailabilityZoneId' && /^[a-z]+\d+-/.test(label) && !label.startsWith(`${abbreviated(region)}-`);
}

/**
 * What ids of zones call a Region, such as `usw2` or `apne1`
 * (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html).
 */
function abbreviated(region: string): string {
  const [area, ...parts] = region.split('-');
  return area + parts.map(part => /^(north|south)(east|west)$/.exec(part)?.slice(1).map(([initial]) => initial).join('') ?? part[0]).join('');
}

/** Is each zone certainly another than each of the others? */
export function areZonesApart(zones: readonly (AvailabilityZone | undefined)[], others: readonly (AvailabilityZone | undefined)[]): boolean {
  return zones.every(one => others.every(other => isSameZone(one, other) === 'no'));
}

/** The addresses of a subnet that are known at synth. */
export function addressRange(cluster: ClusterModel, { resource }: Subnet): Ipv4Range | undefined {
  return ipv4Range(propertyOf(cluster, resource, 'CidrBlock').text ?? '');
}

/** Does a subnet give public addresses to the interfaces of instances? */
export function assignsPublicAddresses(cluster: ClusterModel, { resource }: Subnet): boolean {
  return propertyOf(cluster, resource, 'MapPublicIpOnLaunch').boolean === true;
}

/**
 * A zone by its place in what `Fn::GetAZs` gives for a Region: no two places hold the same one
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html).
 */
function selectedZone(zone: Property, stack: Stack): AvailabilityZone | undefined {
  const selection = zone.argumentOf('Fn::Select');
  const { number: index } = selection.at(0);
  const zones = selection.at(1).argumentOf('Fn::GetAZs');
  if (!zones.isGiven || index === undefined) { return undefined; }
  const region = zones.value;
  const known = region === undefined || region.literal === '' ? regionOf(stack.region) : region;
  return { naming: `Fn::GetAZs ${known.key}`, name: String(index), label: `no. ${index} of the Region's zones` };
}

function namedZone({ key, value }: Property): AvailabilityZone | undefined {
  return value && { naming: value.literal === undefined ? undefined : key, name: value.key, label: `${value}` };
}
