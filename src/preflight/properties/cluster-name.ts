import { type CfnResource, Token } from 'aws-cdk-lib';
import { accountOf, regionOf } from '../../template/environment';
import { sameValue } from '../../template/symbolic/same-value';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import { CLUSTER_TYPE } from '../core/cluster-resource';
import { resourcesWhere } from '../core/vpc/app-resources';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

export const clusterName: Rule = {
  id: 'HyperPod-ClusterName',
  title: 'The clusters of an account and Region have different names',
  levels: ['error', 'warning'],
  prevents: ['Cluster with name … already exists. Choose a different name.'],
  why: 'A cluster\'s name is taken in its account and Region. The second cluster that asks for it fails to be created.',
  fix: 'Give each cluster a name of its own, or none: CloudFormation then generates one.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCluster.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html',
  ],
  check: cluster => {
    const name = cluster.at('ClusterName');
    const namesakes = clustersOfSameName(cluster, name.value);
    // Stacks without an environment are mostly deployed to one, but may be deployed each to its own.
    const level = [cluster.stack.account, cluster.stack.region].some(Token.isUnresolved) ? 'warning' : 'error';
    return namesakes.length === 0 ? [] : [about(cluster, level,
      `${namesakes.map(({ node }) => node.path).join(', ')} has the same name, ${name.value}.\n`
      + 'Give each a name of its own, or leave it to CloudFormation.', name)];
  },
};

/** The other clusters of the app that go by the cluster's name in its account and Region. */
function clustersOfSameName(cluster: ClusterModel, name: SymbolicString | undefined): readonly CfnResource[] {
  const { resource, symbolizer, stack: { account, region } } = cluster;
  return name === undefined ? [] : resourcesWhere(cluster, CLUSTER_TYPE, other => other !== resource
    && accountOf(other.stack.account).equals(accountOf(account)) && regionOf(other.stack.region).equals(regionOf(region))
    && sameValue(symbolizer.property(other, 'ClusterName'), name));
}
