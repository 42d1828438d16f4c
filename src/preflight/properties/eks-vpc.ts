import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const eksVpc: Rule = {
  id: 'HyperPod-EksVpc',
  title: 'A cluster on EKS has a VPC',
  levels: ['error'],
  prevents: [],
  why: 'The nodes join the EKS cluster over its VPC: "VPC configuration is mandatory for Amazon EKS orchestration."',
  fix: 'Set VpcConfig to private subnets and security groups of the EKS cluster\'s VPC.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html'],
  check: cluster => {
    const config = cluster.at('VpcConfig');
    return config.isGiven || orchestratorOf(cluster) !== 'Eks' ? [] : [about(cluster, 'error',
      'EKS orchestrates the cluster, but it has no VpcConfig, which EKS clusters need.\nSet VpcConfig, in the VPC of the EKS cluster.', config)];
  },
};
