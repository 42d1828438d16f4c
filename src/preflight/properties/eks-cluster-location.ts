import { elsewhere } from './arn-location';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const eksClusterLocation: Rule = {
  id: 'HyperPod-EksClusterLocation',
  title: 'The EKS cluster is of the HyperPod cluster\'s Region and account',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'The nodes join the EKS cluster over one VPC: "Make sure that all resources are deployed in the same AWS Region as the SageMaker HyperPod cluster."',
  fix: 'Use an EKS cluster of the Region and account that the HyperPod cluster is deployed to.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html'],
  check: cluster => {
    const arn = cluster.at('Orchestrator', 'Eks', 'ClusterArn');
    const differences = elsewhere(cluster, arn);
    return differences.length === 0 ? [] : [about(cluster, differences.some(({ what }) => what === 'Region') ? 'error' : 'warning',
      [
        ...differences.map(({ what, theirs, ours }) => `The EKS cluster is of the ${what} ${theirs}, the HyperPod cluster of ${ours}.`),
        'Use an EKS cluster of the HyperPod cluster\'s Region and account.',
      ].join('\n'), arn)];
  },
};
