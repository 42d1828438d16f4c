import type { CfnResource } from 'aws-cdk-lib';
import { propertyOf, resourcesWhere, resourceWithId } from './app-resources';
import { writtenResourceWith } from '../../../template/lookup';
import type { ClusterModel } from '../cluster-model';
import { type Ipv4Range, ipv4Range } from './ipv4';
import { type Vpc, vpcOf } from './vpcs';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import { fromBoolean, type Ternary } from '../../../template/ternary';
import type { Property } from '../property';

/** A security group that something names. */
export interface SecurityGroup {
  /** Undefined, if it cannot be read. */
  readonly id?: SymbolicString;
  /** The group, or the VPC whose default group it is. Undefined, if the app defines neither. */
  readonly resource?: CfnResource;
}

export type Direction = 'Ingress' | 'Egress';

/** A rule that a security group has, or may have. */
export interface SecurityGroupRule {
  /** Does the group have it? */
  readonly applies: Ternary;
  /** `-1` for all. Undefined, as the ports, if only the deployment knows. */
  readonly protocol?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** The group on the other side, if the rule names one. */
  readonly peer?: SecurityGroup;
  /** The addresses on the other side. Undefined, if the rule does not name them, or they cannot be read. */
  readonly addresses?: Ipv4Range;
}

/** What `IpProtocol` is for all protocols and ports (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html). */
export const ALL_PROTOCOLS = '-1';

const EVERYWHERE: SecurityGroupRule = { applies: 'yes', protocol: ALL_PROTOCOLS, addresses: ipv4Range('0.0.0.0/0') };
const UNREADABLE: SecurityGroupRule = { applies: 'unknown', peer: {} };

export function securityGroupWithId(cluster: ClusterModel, id: SymbolicString | undefined): SecurityGroup {
  return { id, resource: resourceWithId(cluster, 'AWS::EC2::SecurityGroup', id) ?? vpcWith(cluster, 'DefaultSecurityGroup', id) };
}

/** The VPC of a security group that the app defines. */
export function vpcOfSecurityGroup(cluster: ClusterModel, resource: CfnResource): Vpc {
  return isDefaultOf(resource) ? { resource, isDefault: false } : vpcOf(cluster, resource);
}

/** A security group that the app defines, as a sentence names it. */
export function namedSecurityGroup(resource: CfnResource): string {
  const { path } = resource.node;
  return isDefaultOf(resource) ? `The default security group of ${path}` : path;
}

/** Are two security groups one? What the app makes has no id that is known at synth. */
export function isSameSecurityGroup(one: SecurityGroup, other: SecurityGroup): Ternary {
  if (one.resource && other.resource) { return fromBoolean(one.resource === other.resource); }
  if (!one.id || !other.id) { return 'unknown'; }
  if (one.id.equals(other.id)) { return 'yes'; }
  const isKnown = ({ id, resource }: SecurityGroup) => resource !== undefined || id?.literal !== undefined;
  return isKnown(one) && isKnown(other) ? 'no' : 'unknown';
}

/** The rules of a security group: its own, and those that are resources of their own. Undefined, if the app does not define the group. */
export function rulesOf(cluster: ClusterModel, group: SecurityGroup, direction: Direction): readonly SecurityGroupRule[] | undefined {
  const { resource } = group;
  return resource && [...isDefaultOf(resource) ? rulesOfDefault(group, direction) : ownRules(cluster, resource, direction),
    ...addedRules(cluster, group, direction)];
}

/** Is a resource a VPC, which stands for its default group? */
function isDefaultOf({ cfnResourceType }: CfnResource): boolean {
  return cfnResourceType === 'AWS::EC2::VPC';
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
function rulesOfDefault(group: SecurityGroup, direction: Direction): readonly SecurityGroupRule[] {
  return direction === 'Egress' ? [EVERYWHERE] : [{ applies: 'yes', protocol: ALL_PROTOCOLS, peer: group }];
}

function ownRules(cluster: ClusterModel, resource: CfnResource, direction: Direction): readonly SecurityGroupRule[] {
  const rules = propertyOf(cluster, resource, `SecurityGroup${direction}`);
  if (!rules.isGiven) {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
    return direction === 'Egress' ? [EVERYWHERE] : [];
  }
  return rules.items?.map(rule => readRule(cluster, rule, 'yes', direction)) ?? [UNREADABLE];
}

function addedRules(cluster: ClusterModel, group: SecurityGroup, direction: Direction): readonly SecurityGroupRule[] {
  const { symbolizer } = cluster;
  const type = `AWS::EC2::SecurityGroup${direction}`;
  // One by one: what the rules of all groups together depend on are more worlds than there are to look at.
  const groupOf = (rule: CfnResource) => symbolizer.remember(rule, 'group', () => securityGroupWithId(cluster, symbolizer.property(rule, 'GroupId')));
  const applies = (rule: CfnResource) => isSameSecurityGroup(groupOf(rule), group);
  return resourcesWhere(cluster, type, rule => applies(rule) !== 'no')
    .map(rule => readRule(cluster, propertyOf(cluster, rule), applies(rule), direction));
}

function readRule(cluster: ClusterModel, rule: Property, applies: Ternary, direction: Direction): SecurityGroupRule {
  if (!rule.isSpelledOut) { return UNREADABLE; }
  const id = rule.at(direction === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId');
  const name = rule.at('SourceSecurityGroupName');
  const namesPeer = id.isGiven || name.isGiven;
  return {
    applies,
    protocol: rule.at('IpProtocol').text,
    fromPort: rule.at('FromPort').number,
    toPort: rule.at('ToPort').number,
    // A group that is known by its name only cannot be told from others.
    peer: namesPeer ? securityGroupWithId(cluster, name.isGiven ? undefined : id.value) : undefined,
    addresses: namesPeer ? undefined : addressesOf(cluster, rule.at('CidrIp').value),
  };
}

/** The addresses of a CIDR block, that of a VPC of the app among them. */
function addressesOf(cluster: ClusterModel, cidr: SymbolicString | undefined): Ipv4Range | undefined {
  const vpc = vpcWith(cluster, 'CidrBlock', cidr);
  const block = vpc ? propertyOf(cluster, vpc, 'CidrBlock').text : cidr?.literal;
  return block === undefined ? undefined : ipv4Range(block);
}

/** The VPC of the app of which a value is an attribute. */
function vpcWith(cluster: ClusterModel, attribute: string, value: SymbolicString | undefined): CfnResource | undefined {
  return value && writtenResourceWith('AWS::EC2::VPC', attribute, value, cluster.symbolizer);
}
