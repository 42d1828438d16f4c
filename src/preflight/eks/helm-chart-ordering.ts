import type { CfnResource } from 'aws-cdk-lib';
import type { ClusterModel } from '../core/cluster-model';
import { belongsToEksCluster } from '../core/eks';
import { propertyOf, resourcesWhere } from '../core/vpc/app-resources';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

/** What `aws-eks` and `aws-eks-v2` of CDK put into the template for a Helm chart. */
const HELM_CHART = 'Custom::AWSCDK-EKS-HelmChart';

export const helmChartOrdering: Rule = {
  id: 'HyperPod-HelmChartOrdering',
  title: 'The cluster waits for HyperPod\'s Helm chart',
  levels: ['warning'],
  prevents: [],
  why: 'HyperPod\'s Helm chart has to be in the EKS cluster before the HyperPod cluster is created: it makes the namespace aws-hyperpod, and runs on the '
    + 'nodes what HyperPod watches them with. Nothing in the template says so to CloudFormation.',
  fix: 'Let the cluster depend on the chart: `cluster.node.addDependency(chart)`.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-install-packages-using-helm-chart.html',
  ],
  check: cluster => hyperPodCharts(cluster, chart => !cluster.waitsFor(chart) && !cluster.isWaitedForBy(chart)).map(chart => about(cluster, 'warning',
    `The cluster does not wait for the Helm chart ${chart.node.path}, which HyperPod needs in the EKS cluster first.\n`
    + 'Add: cluster.node.addDependency(chart)', cluster.at('Orchestrator', 'Eks'))),
};

/** The charts for the cluster's EKS cluster that are HyperPod's, by their own name or by that of the release in AWS's instructions, and that are as asked for. */
function hyperPodCharts(cluster: ClusterModel, isAskedFor: (chart: CfnResource) => boolean): readonly CfnResource[] {
  return resourcesWhere(cluster, HELM_CHART, chart => isHyperPods(cluster, chart) && belongsToEksCluster(cluster, chart) === 'yes' && isAskedFor(chart));
}

function isHyperPods(cluster: ClusterModel, chart: CfnResource): boolean {
  return /hyperpod/i.test(propertyOf(cluster, chart, 'Chart').text ?? '') || propertyOf(cluster, chart, 'Release').text === 'hyperpod-dependencies';
}
