import { authenticationModeOf, eksCluster } from '../core/eks';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const eksAuthenticationMode: Rule = {
  id: 'HyperPod-EksAuthenticationMode',
  title: 'The EKS cluster accepts access entries',
  levels: ['error'],
  prevents: ['The cluster\'s authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.'],
  why: 'HyperPod lets its nodes into the EKS cluster by access entries, which the authentication mode CONFIG_MAP does not know. '
    + 'CONFIG_MAP is what CloudFormation, and `Cluster` of aws-eks, take if nothing is said.',
  fix: 'Set the authentication mode of the EKS cluster: `authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP`, or `API`.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-accessconfig.html',
  ],
  check: cluster => {
    const eks = eksCluster(cluster);
    return !eks || authenticationModeOf(eks) !== 'CONFIG_MAP' ? [] : [about(cluster, 'error',
      `The EKS cluster ${eks.resource.node.path} has the authentication mode CONFIG_MAP, which HyperPod does not support.\n`
      + 'Set API_AND_CONFIG_MAP or API.', cluster.at('Orchestrator', 'Eks', 'ClusterArn'))];
  },
};
