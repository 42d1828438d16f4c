import { aboutAttached } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { orchestratorOf } from '../core/orchestrator';
import { wayOutOf } from '../core/vpc/routes';
import { namedSecurityGroup } from '../core/vpc/security-groups';
import type { Subnet } from '../core/vpc/subnets';
import { closedPorts, ELSEWHERE, letsNothingOut } from '../core/vpc/traffic';
import { type VpcConfigModel, vpcConfigOf } from '../core/vpc/vpc-configs';
import { hasS3Endpoint, HTTPS, obstructedEndpoints } from '../core/vpc/vpc-endpoints';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';
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
  fix: 'Add a gateway endpoint for S3 to the route tables of the subnets (`vpc.addGatewayEndpoint` of CDK), or a route to a NAT gateway. Security groups of the '
    + 'nodes have to let connections out on TCP port 443; those of an interface endpoint have to let them in, and it needs private DNS.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
  ],
  checkGroup: (cluster, group) => {
    const config = group.at('LifeCycleConfig').isGiven || orchestratorOf(cluster) === 'Eks' ? vpcConfigOf(cluster, group) : undefined;
    return config ? [...isolation(cluster, config, group), ...closure(cluster, config, group)] : [];
  },
};

/** Subnets from which neither a route nor an endpoint leads to S3. */
function isolation(cluster: ClusterModel, config: VpcConfigModel, group: InstanceGroupModel): readonly Observation[] {
  const isolated = isolatedSubnets(cluster, config);
  const obstacles = new Set(isolated.flatMap(subnet => obstructedEndpoints(cluster, config, subnet, 's3')));
  // HyperPod chooses one of the subnets.
  return isolated.length === 0 ? [] : [aboutAttached(config, group, isolated.length === config.subnets.length ? 'error' : 'warning', groups =>
    `From ${isolated.map(({ resource }) => resource.node.path).join(', ')}, the nodes of ${namedGroups(groups)} have no way to S3, where their `
    + 'lifecycle scripts are: no route leaves the VPC, and no endpoint for S3 is in reach.\n'
    + [...obstacles].map(obstacle => `${obstacle}\n`).join('')
    + 'Add a gateway endpoint for S3 to the route tables of the subnets, or a route to a NAT gateway.', 'Subnets')];
}

/** Many groups may attach here. */
function isolatedSubnets(cluster: ClusterModel, config: VpcConfigModel): readonly Subnet[] {
  return cluster.symbolizer.remember(config, 'isolated subnets', () => config.subnets.flatMap(subnet =>
    subnet && wayOutOf(cluster, subnet) === 'none' && hasS3Endpoint(cluster, config, subnet) === 'no' ? [subnet] : []));
}

/** Security groups that let nodes out of every subnet nowhere where S3 is. */
function closure(cluster: ClusterModel, config: VpcConfigModel, group: InstanceGroupModel): readonly Observation[] {
  const isClosed = cluster.symbolizer.remember(config, 'is closed', () => isolatedSubnets(cluster, config).length === 0
    && letsNothingOut(cluster, config, HTTPS) && config.subnets.every(subnet => subnet ? hasS3Endpoint(cluster, config, subnet) === 'no'
    : closedPorts(cluster, config, 'Egress', ELSEWHERE, [HTTPS]).length > 0));
  return !isClosed ? [] : [aboutAttached(config, group, 'error', groups =>
    `The nodes of ${namedGroups(groups)} have no way to S3, where their lifecycle scripts are: their security groups let no connection out to it.\n`
    + `${config.securityGroups.map(({ resource }) => resource && `${namedSecurityGroup(resource)} has no rule for TCP port ${HTTPS} to public addresses.`).join('\n')}\n`
    + `Let connections out on TCP port ${HTTPS}, to 0.0.0.0/0 or to the prefix list of S3.`, 'SecurityGroupIds')];
}
