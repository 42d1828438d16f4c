import { aboutVpcConfig, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { wayOutOf } from '../core/vpc/routes';
import type { Subnet } from '../core/vpc/subnets';
import type { VpcConfigModel } from '../core/vpc/vpc-configs';
import { hasInterfaceEndpoint, obstructedEndpoints } from '../core/vpc/vpc-endpoints';
import type { Observation } from '../findings/observation';

/** What is found of subnets from which nodes reach services by interface endpoints only. */
export function endpointFindings(cluster: ClusterModel, config: VpcConfigModel, services: readonly string[], nodes: string): readonly Observation[] {
  const isolated = config.subnets.flatMap(subnet => subnet && wayOutOf(cluster, subnet) === 'none' ? [subnet] : []);
  const missing = (subnet: Subnet) => services.filter(service => hasInterfaceEndpoint(cluster, config, subnet, service) === 'no');
  const lacking = isolated.map(subnet => ({ subnet, missing: missing(subnet) })).filter(one => one.missing.length > 0);
  const obstacles = new Set(lacking.flatMap(one => one.missing.flatMap(service => obstructedEndpoints(cluster, config, one.subnet, service))));
  return lacking.length === 0 ? [] : [aboutVpcConfig(cluster, config, 'warning',
    `The ${namedVpcConfig(config)} names subnets without a route that leaves the VPC, from which ${nodes} reach services only by interface endpoints:\n`
    + [...lacking.map(one => `${one.subnet.resource.node.path} has no endpoint for ${one.missing.join(', ')}.`), ...obstacles].join('\n')
    + '\nAdd the endpoints, or a route to a NAT gateway.', 'Subnets')];
}
