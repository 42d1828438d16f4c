import type { CfnResource } from 'aws-cdk-lib';
import { isIdOfResource, propertyOf, resourcesWhere, resourceWithId } from './app-resources';
import type { ClusterModel } from '../cluster-model';
import { ipv4Range, isPrivateRange } from './ipv4';
import type { Subnet } from './subnets';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';

/** Where the routes of a subnet lead that leave the VPC; `elsewhere` for a NAT gateway, a transit gateway, an appliance… */
export type WayOut = 'none' | 'internet gateway' | 'elsewhere' | 'unknown';

/** The route table of a subnet: a resource of the app, the main one of a VPC of the app, which has local routes only, or one that is not known. */
export function routeTableOf(cluster: ClusterModel, subnet: Subnet): CfnResource | 'main' | 'unknown' {
  const { symbolizer } = cluster;
  const isOurs = (association: CfnResource) =>
    isIdOfResource(cluster, 'AWS::EC2::Subnet', symbolizer.property(association, 'SubnetId'), subnet.resource);
  const associations = resourcesWhere(cluster, 'AWS::EC2::SubnetRouteTableAssociation', association => isOurs(association) !== 'no');
  const ours = associations.find(association => isOurs(association) === 'yes');
  if (ours) { return resourceWithId(cluster, 'AWS::EC2::RouteTable', symbolizer.property(ours, 'RouteTableId')) ?? 'unknown'; }
  return subnet.vpc.resource && associations.length === 0 ? 'main' : 'unknown';
}

/** How packets leave the VPC from a subnet. */
export function wayOutOf(cluster: ClusterModel, subnet: Subnet): WayOut {
  const table = routeTableOf(cluster, subnet);
  if (typeof table === 'string') { return table === 'main' ? 'none' : 'unknown'; }
  const ways = [...routesOf(cluster, table), ...propagationsTo(cluster, table)];
  return (['elsewhere', 'unknown', 'internet gateway'] as const).find(way => ways.includes(way)) ?? 'none';
}

function routesOf(cluster: ClusterModel, table: CfnResource): readonly WayOut[] {
  const isOurs = (route: CfnResource) =>
    isIdOfResource(cluster, 'AWS::EC2::RouteTable', cluster.symbolizer.property(route, 'RouteTableId'), table);
  return resourcesWhere(cluster, 'AWS::EC2::Route', route => isOurs(route) !== 'no' && !leadsToPrivateAddresses(cluster, route))
    .map(route => isOurs(route) === 'yes' ? targetOf(cluster, route) : 'unknown');
}

/** A route to other networks of the owner, as those of a peered VPC, is no way to the services of AWS. */
function leadsToPrivateAddresses(cluster: ClusterModel, route: CfnResource): boolean {
  const destination = ipv4Range(propertyOf(cluster, route, 'DestinationCidrBlock').text ?? '');
  return destination !== undefined && isPrivateRange(destination);
}

function targetOf(cluster: ClusterModel, route: CfnResource): WayOut {
  const { isGiven, value: gateway } = propertyOf(cluster, route, 'GatewayId');
  if (!isGiven) { return 'elsewhere'; }
  if (isInternetGateway(cluster, gateway)) { return 'internet gateway'; }
  return gateway?.literal === undefined ? 'unknown' : 'elsewhere';
}

function isInternetGateway(cluster: ClusterModel, gateway: SymbolicString | undefined): boolean {
  return gateway?.literal?.startsWith('igw-') ?? resourceWithId(cluster, 'AWS::EC2::InternetGateway', gateway) !== undefined;
}

/** What a virtual private gateway tells a route table of, only the deployment knows. */
function propagationsTo(cluster: ClusterModel, table: CfnResource): readonly WayOut[] {
  const tables = (propagation: CfnResource) => propertyOf(cluster, propagation, 'RouteTableIds').values ?? [undefined];
  return resourcesWhere(cluster, 'AWS::EC2::VPNGatewayRoutePropagation', propagation => tables(propagation)
    .some(id => isIdOfResource(cluster, 'AWS::EC2::RouteTable', id, table) !== 'no')).map(() => 'unknown');
}
