import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import { wayOutOf } from '../core/vpc/routes';
import { assignsPublicAddresses, type Subnet } from '../core/vpc/subnets';
import type { VpcConfigModel } from '../core/vpc/vpc-configs';
import { hasS3Endpoint } from '../core/vpc/vpc-endpoints';
import type { Rule } from '../findings/rule';

export const publicSubnets: Rule = {
  id: 'HyperPod-PublicSubnets',
  title: 'Nodes attach to private subnets',
  levels: ['error', 'warning'],
  prevents: ['Instance bootstrap failed likely because of customer network misconfiguration'],
  why: 'The network interfaces of nodes get no public addresses, also where a subnet assigns them, so that nothing comes back through an internet gateway. On '
    + 'EKS: "The type of the subnet in your VPC must be private for HyperPod clusters."',
  fix: 'Use private subnets, whose route table leads to a NAT gateway or to VPC endpoints: `SubnetType.PRIVATE_WITH_EGRESS` of CDK.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types',
    'https://github.com/awslabs/awsome-distributed-ai/blob/main/1.architectures/5.sagemaker-hyperpod/validate-config.py',
  ],
  ...checkVpcConfigs((cluster, config) => {
    const found = config.subnets.flatMap(subnet => subnet && isPublic(cluster, subnet) ? [subnet] : []);
    if (found.length === 0) { return []; }
    // HyperPod chooses one of the subnets.
    const fails = found.length === config.subnets.length && found.every(subnet => cannotBoot(cluster, config, subnet));
    return [aboutVpcConfig(cluster, config, fails ? 'error' : 'warning',
      `The ${namedVpcConfig(config)} names ${found.length === config.subnets.length ? 'only public subnets' : 'public subnets'}: `
      + `${found.map(({ resource }) => resource.node.path).join(', ')}. Nodes have no public addresses, without which an internet gateway is of no use to them.\n`
      + 'Use private subnets.', 'Subnets')];
  }),
};

function isPublic(cluster: ClusterModel, subnet: Subnet): boolean {
  return wayOutOf(cluster, subnet) === 'internet gateway' || assignsPublicAddresses(cluster, subnet);
}

/** On Slurm, what AWS says of public subnets is that nodes have to reach S3; on EKS, they are ruled out. */
function cannotBoot(cluster: ClusterModel, config: VpcConfigModel, subnet: Subnet): boolean {
  return wayOutOf(cluster, subnet) === 'internet gateway' && (orchestratorOf(cluster) === 'Eks'
    || (hasS3Endpoint(cluster, config, subnet) === 'no' && config.hasGroup(group => group.at('LifeCycleConfig').isGiven)));
}
