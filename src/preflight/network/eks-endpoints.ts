import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import { EKS_NODE_SERVICES } from '../../service/vpc-endpoints';
import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import { wayOutOf } from '../core/vpc/routes';
import type { Subnet } from '../core/vpc/subnets';
import { hasInterfaceEndpoint } from '../core/vpc/vpc-endpoints';
import type { Rule } from '../findings/rule';

export const eksEndpoints: Rule = {
  id: 'HyperPod-EksEndpoints',
  title: 'Nodes on EKS without internet access reach the services that they need by VPC endpoints',
  levels: ['warning'],
  prevents: ['Instance bootstrap failed likely because of customer network misconfiguration'],
  why: 'Without a NAT gateway, nodes pull images (ecr.api, ecr.dkr), set up the network of pods (ec2), get credentials (sts), write logs (logs) and can be '
    + 'reached (ssm, ssmmessages) only by interface endpoints. Which ones a cluster can do without depends on its images and add-ons; EKS Pod Identity '
    + 'needs eks-auth in addition.',
  fix: 'Add the interface endpoints (`vpc.addInterfaceEndpoint` of CDK), or a route to a NAT gateway.',
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html',
  ],
  ...checkVpcConfigs((cluster, config) => {
    if (orchestratorOf(cluster) !== 'Eks') { return []; }
    const lacking = config.subnets.flatMap(subnet => subnet ? lacks(cluster, subnet) : []);
    return lacking.length === 0 ? [] : [aboutVpcConfig(cluster, config, 'warning',
      `The ${namedVpcConfig(config)} names subnets without a route that leaves the VPC, from which nodes on EKS reach services only by interface endpoints:\n`
      + `${lacking.join('\n')}\nAdd the endpoints, or a route to a NAT gateway.`, 'Subnets')];
  }),
};

function lacks(cluster: ClusterModel, subnet: Subnet): readonly string[] {
  const missing = wayOutOf(cluster, subnet) === 'none' ? EKS_NODE_SERVICES.filter(service => hasInterfaceEndpoint(cluster, subnet, service) === 'no') : [];
  return missing.length === 0 ? [] : [`${subnet.resource.node.path} has no endpoint for ${missing.join(', ')}.`];
}
