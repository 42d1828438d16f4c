import { checkVpcConfigs } from './about-vpc-config';
import { endpointFindings } from './missing-endpoints';
import { SLURM_NODE_SERVICES } from '../../service/vpc-endpoints';
import { orchestratorOf } from '../core/orchestrator';
import type { Rule } from '../findings/rule';

export const slurmEndpoints: Rule = {
  id: 'HyperPod-SlurmEndpoints',
  title: 'Nodes on Slurm without internet access reach the services that they need by VPC endpoints',
  levels: ['warning'],
  prevents: ['Instance bootstrap failed likely because of customer network misconfiguration'],
  why: 'Without a NAT gateway, nodes get credentials (sts), write logs and metrics (logs, monitoring) and can be reached (ssm, ssmmessages) only by interface '
    + 'endpoints. Scripts may call more: ecr.api and ecr.dkr for containers, fsx and secretsmanager if used.',
  fix: 'Add the interface endpoints (`vpc.addInterfaceEndpoint` of CDK), or a route to a NAT gateway.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://github.com/awslabs/awsome-distributed-ai',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html',
  ],
  ...checkVpcConfigs((cluster, config) => orchestratorOf(cluster) !== 'Slurm' ? []
    : endpointFindings(cluster, config, SLURM_NODE_SERVICES, 'nodes on Slurm')),
};
