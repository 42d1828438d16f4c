import { aboutAttached } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import { wayOutOf } from '../core/vpc/routes';
import type { Subnet } from '../core/vpc/subnets';
import { type VpcConfigModel, vpcConfigOf } from '../core/vpc/vpc-configs';
import { hasS3Endpoint } from '../core/vpc/vpc-endpoints';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const s3Connectivity: Rule = {
  id: 'HyperPod-S3Connectivity',
  title: 'Nodes that read lifecycle scripts have a way to S3',
  levels: ['error', 'warning'],
  prevents: [
    'Connect timeout on endpoint URL',
    'Lifecycle scripts did not run successfully. Ensure the scripts exist in provided S3 path, are accessible, and run without errors',
    'Instance bootstrap failed likely because of customer network misconfiguration',
  ],
  why: '"Without internet access, instance groups cannot store or retrieve lifecycle scripts, training data, or model artifacts." Nodes on EKS pull '
    + 'container images from Amazon ECR, which stores them in S3.',
  fix: 'Add a gateway endpoint for S3 to the route tables of the subnets (`vpc.addGatewayEndpoint` of CDK), or a route to a NAT gateway.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
  ],
  checkGroup: (cluster, group) => {
    const config = group.at('LifeCycleConfig').isGiven || orchestratorOf(cluster) === 'Eks' ? vpcConfigOf(cluster, group) : undefined;
    const isolated = config ? isolatedSubnets(cluster, config) : [];
    if (!config || isolated.length === 0) { return []; }
    // HyperPod chooses one of the subnets.
    return [aboutAttached(config, group, isolated.length === config.subnets.length ? 'error' : 'warning', groups =>
      `From ${isolated.map(({ resource }) => resource.node.path).join(', ')}, the nodes of ${namedGroups(groups)} have no way to S3, where their `
      + 'lifecycle scripts are: no route leaves the VPC, and no endpoint for S3 is in reach.\n'
      + 'Add a gateway endpoint for S3 to the route tables of the subnets, or a route to a NAT gateway.', 'Subnets')];
  },
};

/** Many groups may attach here. */
function isolatedSubnets(cluster: ClusterModel, config: VpcConfigModel): readonly Subnet[] {
  return cluster.symbolizer.remember(config, 'isolated subnets', () => config.subnets.flatMap(subnet =>
    subnet && wayOutOf(cluster, subnet) === 'none' && hasS3Endpoint(cluster, subnet) === 'no' ? [subnet] : []));
}
