import type { CfnResource } from 'aws-cdk-lib';
import { isIdOfResource, propertyOf, resourcesWhere, resourceWithId } from './app-resources';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import { fromBoolean, type Ternary } from '../../../template/ternary';
import type { ClusterModel } from '../cluster-model';

/** A VPC, as far as the app tells it from others. */
export interface Vpc {
  /** Undefined, if the app does not define it. */
  readonly resource?: CfnResource;
  /** Undefined, if it cannot be read. */
  readonly id?: SymbolicString;
  /** It is the default one of the account, for no other is named. */
  readonly isDefault: boolean;
}

/** The VPC that a resource names with `VpcId`. */
export function vpcOf(cluster: ClusterModel, resource: CfnResource): Vpc {
  const { value: id, isGiven } = propertyOf(cluster, resource, 'VpcId');
  return { id, resource: resourceWithId(cluster, 'AWS::EC2::VPC', id), isDefault: !isGiven };
}

/** Are two VPCs one? What the app makes is neither the default VPC nor one whose id is known at synth. */
export function isSameVpc(one: Vpc, other: Vpc): Ternary {
  if (one.resource && other.resource) { return fromBoolean(one.resource === other.resource); }
  if (one.resource || other.resource) { return isOlderThanTheApp(one.resource ? other : one) ? 'no' : 'unknown'; }
  if (one.isDefault && other.isDefault) { return 'yes'; }
  if (!one.id || !other.id) { return 'unknown'; }
  if (one.id.equals(other.id)) { return 'yes'; }
  return one.id.literal !== undefined && other.id.literal !== undefined ? 'no' : 'unknown';
}

function isOlderThanTheApp({ id, isDefault }: Vpc): boolean {
  return isDefault || id?.literal !== undefined;
}

/** What a message calls a VPC. */
export function namedVpc({ resource, id }: Vpc): string {
  return resource?.node.path ?? id?.literal ?? 'the default VPC';
}

/** What connects VPCs, so that one may be reached from another. */
const CONNECTIONS = ['AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'];

/** May a VPC be reached from another? Not from one that the app makes, if the app connects none. */
export function mayBeConnected(cluster: ClusterModel, one: Vpc, other: Vpc): boolean {
  return !(one.resource ?? other.resource) || CONNECTIONS.some(type => resourcesWhere(cluster, type).length > 0);
}

/** Can names be resolved? On unless it is said to be off (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html). */
export function hasDnsSupport(cluster: ClusterModel, vpc: CfnResource): Ternary {
  return isOn(cluster, vpc, 'EnableDnsSupport', 'yes');
}

/** Do interfaces have names? Off unless it is said to be on (same page). */
export function hasDnsHostnames(cluster: ClusterModel, vpc: CfnResource): Ternary {
  return isOn(cluster, vpc, 'EnableDnsHostnames', 'no');
}

/** Do instances in a VPC get the addresses of other DNS servers than Amazon's? */
export function isResolverReplaced(cluster: ClusterModel, vpc: CfnResource): boolean {
  const isAbout = (association: CfnResource) => isIdOfResource(cluster, 'AWS::EC2::VPC', cluster.symbolizer.property(association, 'VpcId'), vpc) !== 'no';
  return resourcesWhere(cluster, 'AWS::EC2::VPCDHCPOptionsAssociation', isAbout).length > 0;
}

function isOn(cluster: ClusterModel, vpc: CfnResource, name: string, otherwise: Ternary): Ternary {
  const { isGiven, text } = propertyOf(cluster, vpc, name);
  if (!isGiven) { return otherwise; }
  return text === undefined ? 'unknown' : fromBoolean(text.toLowerCase() === 'true');
}
