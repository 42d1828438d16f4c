import { checkVpcConfigs } from './about-vpc-config';
import { endpointFindings } from './missing-endpoints';
import { EKS_NODE_SERVICES } from '../../service/vpc-endpoints';
import { orchestratorOf } from '../core/orchestrator';
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
  ...checkVpcConfigs((cluster, config) => orchestratorOf(cluster) !== 'Eks' ? []
    : endpointFindings(cluster, config, EKS_NODE_SERVICES, 'nodes on EKS')),
};
