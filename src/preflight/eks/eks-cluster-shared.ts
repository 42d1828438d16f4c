import { othersOnEksCluster } from '../core/eks';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const eksClusterShared: Rule = {
  id: 'HyperPod-EksClusterShared',
  title: 'An EKS cluster orchestrates one HyperPod cluster',
  levels: ['error'],
  prevents: [],
  why: 'AWS maps each EKS cluster to one HyperPod cluster, and each HyperPod cluster to one EKS cluster.',
  fix: 'Make the nodes instance groups of one HyperPod cluster, or give each HyperPod cluster an EKS cluster of its own.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks.html'],
  check: cluster => {
    const others = othersOnEksCluster(cluster);
    return others.length === 0 ? [] : [about(cluster, 'error',
      `The EKS cluster also orchestrates ${others.map(({ node }) => node.path).join(', ')}; it can orchestrate one HyperPod cluster only.\n`
      + 'Make them instance groups of one cluster, or give each an EKS cluster of its own.', cluster.at('Orchestrator', 'Eks', 'ClusterArn'))];
  },
};
