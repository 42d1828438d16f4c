import type { ClusterModel } from '../cluster-model';
import { containsRange, type Ipv4Range, isPrivateRange, rangesOverlap } from './ipv4';
import {
  ALL_PROTOCOLS, type Direction, isSameSecurityGroup, rulesOf, type SecurityGroup, type SecurityGroupRule,
} from './security-groups';
import { addressRange, type Subnet } from './subnets';
import { all, any, consensus, fromBoolean, type Ternary } from '../../../template/ternary';

/** One side of a connection. */
export interface Side {
  readonly securityGroups: readonly SecurityGroup[];
  /** Where its interfaces may be. Undefined: in a subnet that the app does not define. */
  readonly subnets: readonly (Subnet | undefined)[];
}

/** The TCP ports on which the security groups of one side certainly let nothing pass, from (`Ingress`) or to (`Egress`) the other side. */
export function closedPorts(cluster: ClusterModel, side: Side, direction: Direction, other: Side, ports: readonly number[]): readonly number[] {
  const rules = side.securityGroups.map(group => rulesOf(cluster, group, direction));
  if (rules.includes(undefined)) { return []; }
  const open = rules.flatMap(ofGroup => ofGroup!).map(rule => ({ rule, between: all([rule.applies, reaches(cluster, rule, other)]) }));
  return ports.filter(port => any(open.map(({ rule, between }) => all([between, isAbout(rule, port)]))) === 'no');
}

/** Somewhere that is neither a member of a security group of the app nor in a subnet of it. */
export const ELSEWHERE: Side = { securityGroups: [], subnets: [undefined] };

/** Do the security groups of one side certainly let it connect to no public address, such as those of AWS's services, on a TCP port? */
export function letsNothingOut(cluster: ClusterModel, side: Side, port: number): boolean {
  const rules = side.securityGroups.map(group => rulesOf(cluster, group, 'Egress'));
  if (rules.includes(undefined)) { return false; }
  const leadsOut = ({ peer, addresses }: SecurityGroupRule): Ternary => {
    if (peer) { return 'no'; }
    return addresses ? fromBoolean(!isPrivateRange(addresses)) : 'unknown';
  };
  return any(rules.flatMap(ofGroup => ofGroup!).map(rule => all([rule.applies, isAbout(rule, port), leadsOut(rule)]))) === 'no';
}

/** Does a security group have a rule for all traffic with its own members? A rule about addresses is none. */
export function letsAllPassBetweenMembers(cluster: ClusterModel, group: SecurityGroup, direction: Direction): Ternary {
  const rules = rulesOf(cluster, group, direction);
  return rules ? any(rules.map(rule => all([
    rule.applies,
    rule.protocol === undefined ? 'unknown' : fromBoolean(rule.protocol === ALL_PROTOCOLS),
    rule.peer ? isSameSecurityGroup(rule.peer, group) : 'no',
  ]))) : 'unknown';
}

function isAbout({ protocol, fromPort, toPort }: SecurityGroupRule, port: number): Ternary {
  if (protocol === undefined) { return 'unknown'; }
  if (protocol === ALL_PROTOCOLS) { return 'yes'; }
  if (protocol.toLowerCase() !== 'tcp' && protocol !== '6') { return 'no'; }
  return fromPort === undefined || toPort === undefined ? 'unknown' : fromBoolean(fromPort <= port && port <= toPort);
}

function reaches(cluster: ClusterModel, { peer, addresses }: SecurityGroupRule, other: Side): Ternary {
  if (peer) { return any(other.securityGroups.map(group => isSameSecurityGroup(group, peer))); }
  if (!addresses) { return 'unknown'; }
  return consensus(other.subnets.map(subnet => contains(addresses, subnet && addressRange(cluster, subnet))));
}

function contains(outer: Ipv4Range, inner: Ipv4Range | undefined): Ternary {
  if (outer.size === 2 ** 32) { return 'yes'; }
  if (!inner) { return 'unknown'; }
  if (containsRange(outer, inner)) { return 'yes'; }
  return rangesOverlap(outer, inner) ? 'unknown' : 'no';
}
