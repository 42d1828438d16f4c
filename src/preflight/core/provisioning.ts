import type { ClusterModel } from './cluster-model';
import { knownText } from './literals';

/** Where the two statements about an omitted `NodeProvisioningMode` stand. */
export const PROVISIONING_SOURCES: readonly string[] = [
  'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html',
  'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html',
];

/** What AWS says of a cluster without `NodeProvisioningMode`, which it has no other value for. */
export const PROVISIONING_CONTRADICTION = 'AWS\'s documents contradict each other about a cluster without NodeProvisioningMode: the SageMaker '
  + 'guide says "Continuous provisioning is the default for new clusters", CloudFormation\'s reference says "If the parameter is omitted, '
  + 'uses the standard scaling approach in previous release".';

/** How the cluster provisions its nodes. Undefined, if only the deployment knows. */
export function nodeProvisioning(cluster: ClusterModel): 'Continuous' | 'omitted' | undefined {
  const { NodeProvisioningMode } = cluster.properties;
  if (NodeProvisioningMode === undefined) { return 'omitted'; }
  return knownText(cluster, NodeProvisioningMode) === 'Continuous' ? 'Continuous' : undefined;
}
