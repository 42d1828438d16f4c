import type { CfnResource } from 'aws-cdk-lib';
import { isIdOfResource, propertyOf, resourcesWhere, resourceWithId } from './app-resources';
import type { ClusterModel } from '../cluster-model';
import { routeTableOf } from './routes';
import type { Subnet } from './subnets';
import { isSameVpc, vpcOf } from './vpcs';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import { any, type Ternary } from '../../../template/ternary';

/** Does an interface endpoint of the subnet's VPC lead to a service, as `ecr.api`? */
export function hasInterfaceEndpoint(cluster: ClusterModel, subnet: Subnet, service: string): Ternary {
  return any(endpointsIn(cluster, subnet).filter(endpoint => typeOf(cluster, endpoint) !== 'Gateway').map(endpoint => isFor(cluster, endpoint, service)));
}

/** Does an endpoint lead from a subnet to S3: a gateway endpoint by the subnet's routes, or an interface endpoint? */
export function hasS3Endpoint(cluster: ClusterModel, subnet: Subnet): Ternary {
  const gateways = endpointsIn(cluster, subnet).filter(endpoint => typeOf(cluster, endpoint) === 'Gateway' && isFor(cluster, endpoint, 's3') !== 'no');
  return any([hasInterfaceEndpoint(cluster, subnet, 's3'), ...gateways.map(endpoint => isRoutedTo(cluster, endpoint, subnet))]);
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
