import type { CfnResource } from 'aws-cdk-lib';
import { isIdOfResource, propertyOf, resourcesWhere, resourceWithId } from './app-resources';
import type { ClusterModel } from '../cluster-model';
import { routeTableOf } from './routes';
import { securityGroupWithId } from './security-groups';
import { type Subnet, subnetWithId } from './subnets';
import { closedPorts, letsNothingOut, type Side } from './traffic';
import { isSameVpc, vpcOf } from './vpcs';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import { any, both, type Ternary } from '../../../template/ternary';

/** The port of the services of AWS. */
export const HTTPS = 443;

/** Does an interface endpoint of the subnet's VPC lead nodes to a service, such as `ecr.api`? */
export function hasInterfaceEndpoint(cluster: ClusterModel, nodes: Side, subnet: Subnet, service: string): Ternary {
  return any(endpointsIn(cluster, subnet).filter(endpoint => typeOf(cluster, endpoint) !== 'Gateway' && isFor(cluster, endpoint, service) !== 'no')
    .map(endpoint => both(isFor(cluster, endpoint, service), obstaclesTo(cluster, endpoint, nodes).length === 0 ? 'yes' : 'no')));
}

/** Does an endpoint lead nodes from a subnet to S3: a gateway endpoint by the subnet's routes, or an interface endpoint? */
export function hasS3Endpoint(cluster: ClusterModel, nodes: Side, subnet: Subnet): Ternary {
  const gateways = endpointsIn(cluster, subnet).filter(endpoint => typeOf(cluster, endpoint) === 'Gateway' && isFor(cluster, endpoint, 's3') !== 'no');
  return any([hasInterfaceEndpoint(cluster, nodes, subnet, 's3'),
    ...letsNothingOut(cluster, nodes, HTTPS) ? [] : gateways.map(endpoint => isRoutedTo(cluster, endpoint, subnet))]);
}

/** The interface endpoints for a service that nodes certainly cannot use, each with what stands against it. */
export function obstructedEndpoints(cluster: ClusterModel, nodes: Side, subnet: Subnet, service: string): readonly string[] {
  return endpointsIn(cluster, subnet).filter(endpoint => typeOf(cluster, endpoint) === 'Interface' && isFor(cluster, endpoint, service) === 'yes')
    .flatMap(endpoint => obstaclesTo(cluster, endpoint, nodes));
}

/** What stands between nodes and an interface endpoint: certainly nothing, if only the deployment knows. */
function obstaclesTo(cluster: ClusterModel, endpoint: CfnResource, nodes: Side): readonly string[] {
  const side = sideOf(cluster, endpoint);
  const { path } = endpoint.node;
  return [
    ...isNamedOtherwise(cluster, endpoint) ? [`The endpoint ${path} has PrivateDnsEnabled false: the usual name of the service does not lead to it.`] : [],
    ...closedPorts(cluster, side, 'Ingress', nodes, [HTTPS]).length > 0 ? [`The endpoint ${path} does not admit the nodes on TCP port ${HTTPS}.`] : [],
    ...closedPorts(cluster, nodes, 'Egress', side, [HTTPS]).length > 0
      ? [`The security groups of the nodes do not let them connect to the endpoint ${path} on TCP port ${HTTPS}.`] : [],
  ];
}

/**
 * Does the usual name of a service certainly not lead to an endpoint? Without PrivateDnsEnabled, CloudFormation's reference says false and that of
 * EC2 true. A hosted zone of the app may stand for the private one.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
function isNamedOtherwise(cluster: ClusterModel, endpoint: CfnResource): boolean {
  return propertyOf(cluster, endpoint, 'PrivateDnsEnabled').boolean === false && resourcesWhere(cluster, 'AWS::Route53::HostedZone').length === 0;
}

/** Without security groups, an endpoint has the default one of its VPC (same page). */
function sideOf(cluster: ClusterModel, endpoint: CfnResource): Side {
  const groups = propertyOf(cluster, endpoint, 'SecurityGroupIds').values ?? [undefined];
  const vpc = vpcOf(cluster, endpoint).resource;
  const byDefault = vpc ? securityGroupWithId(cluster, cluster.symbolizer.attributeOf(vpc, 'DefaultSecurityGroup')) : {};
  const subnets = propertyOf(cluster, endpoint, 'SubnetIds').values ?? [undefined];
  return {
    securityGroups: groups.length > 0 ? groups.map(id => securityGroupWithId(cluster, id)) : [byDefault],
    subnets: subnets.length > 0 ? subnets.map(id => subnetWithId(cluster, id)) : [undefined],
  };
}

/** The endpoints that are, or may be, in the VPC of a subnet. */
function endpointsIn(cluster: ClusterModel, { vpc }: Subnet): readonly CfnResource[] {
  return resourcesWhere(cluster, 'AWS::EC2::VPCEndpoint', endpoint => isSameVpc(vpcOf(cluster, endpoint), vpc) !== 'no');
}

export function typeOf(cluster: ClusterModel, endpoint: CfnResource): string | undefined {
  const { isGiven, text } = propertyOf(cluster, endpoint, 'VpcEndpointType');
  return isGiven ? text : 'Gateway';
}

/** A service's name ends with what it is called, behind its Region, which may be known only at deployment. */
export function isFor({ symbolizer }: ClusterModel, endpoint: CfnResource, service: string): Ternary {
  const end = symbolizer.property(endpoint, 'ServiceName')?.pieces.at(-1);
  if (typeof end !== 'string') { return 'unknown'; }
  return end.endsWith(`.${service}`) ? 'yes' : 'no';
}

/** Do the routes of a subnet lead to a gateway endpoint? */
export function isRoutedTo(cluster: ClusterModel, endpoint: CfnResource, subnet: Subnet): Ternary {
  const tables = propertyOf(cluster, endpoint, 'RouteTableIds').values ?? [undefined];
  const table = routeTableOf(cluster, subnet);
  if (table === 'unknown') { return 'unknown'; }
  if (table === 'main') {
    const isAnother = (id?: SymbolicString) => id && (id.literal !== undefined || resourceWithId(cluster, 'AWS::EC2::RouteTable', id));
    return tables.every(isAnother) ? 'no' : 'unknown';
  }
  return any(tables.map(id => isIdOfResource(cluster, 'AWS::EC2::RouteTable', id, table)));
}
