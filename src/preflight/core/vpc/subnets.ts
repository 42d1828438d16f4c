import type { CfnResource, Stack } from 'aws-cdk-lib';
import { knownProperty, propertyOf, resourceWithId } from './app-resources';
import type { ClusterModel } from '../cluster-model';
import { type Ipv4Range, ipv4Range } from './ipv4';
import { type Vpc, vpcOf } from './vpcs';
import { regionOf } from '../../../template/environment';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import type { Ternary } from '../../../template/ternary';

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
  for (const property of ['AvailabilityZone', 'AvailabilityZoneId']) {
    const json = propertyOf(cluster, resource, property);
    if (json !== undefined) { return selectedZone(cluster, json, resource.stack) ?? namedZone(cluster, json, resource.stack, property); }
  }
  return undefined;
}

export function isSameZone(one: AvailabilityZone | undefined, other: AvailabilityZone | undefined): Ternary {
  if (!one || !other) { return 'unknown'; }
  if (one.naming === other.naming && one.name === other.name) { return 'yes'; }
  return one.naming !== undefined && one.naming === other.naming ? 'no' : 'unknown';
}

/** Is each zone certainly another than each of the others? */
export function areZonesApart(zones: readonly (AvailabilityZone | undefined)[], others: readonly (AvailabilityZone | undefined)[]): boolean {
  return zones.every(one => others.every(other => isSameZone(one, other) === 'no'));
}

/** The addresses of a subnet that are known at synth. */
export function addressRange(cluster: ClusterModel, { resource }: Subnet): Ipv4Range | undefined {
  return ipv4Range(knownProperty(cluster, resource, 'CidrBlock') ?? '');
}

/** Does a subnet give public addresses to the interfaces of instances? */
export function assignsPublicAddresses(cluster: ClusterModel, { resource }: Subnet): boolean {
  return knownProperty(cluster, resource, 'MapPublicIpOnLaunch')?.toLowerCase() === 'true';
}

/**
 * A zone by its place in what `Fn::GetAZs` gives for a Region: no two places hold the same one
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html).
 */
function selectedZone({ symbolizer }: ClusterModel, json: any, stack: Stack): AvailabilityZone | undefined {
  const [index, zones] = Array.isArray(json['Fn::Select']) ? json['Fn::Select'] : [];
  if (zones?.['Fn::GetAZs'] === undefined || !/^\d+$/.test(String(index))) { return undefined; }
  const region = symbolizer.string(zones['Fn::GetAZs'], stack);
  const known = region === undefined || region.literal === '' ? regionOf(stack.region) : region;
  return { naming: `Fn::GetAZs ${known.key}`, name: String(Number(index)), label: `no. ${index} of the Region's zones` };
}

function namedZone({ symbolizer }: ClusterModel, json: any, stack: Stack, property: string): AvailabilityZone | undefined {
  const name = symbolizer.string(json, stack);
  return name && { naming: name.literal === undefined ? undefined : property, name: name.key, label: `${name}` };
}
