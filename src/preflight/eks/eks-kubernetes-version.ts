import { eksCluster } from '../core/eks';
import { about } from '../findings/about';
import type { Rule } from '../findings/rule';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html, of 2026. The list moves on with EKS. */
const DOCUMENTED_VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35'];

export const eksKubernetesVersion: Rule = {
  id: 'HyperPod-EksKubernetesVersion',
  title: 'HyperPod supports the Kubernetes version of the EKS cluster',
  levels: ['warning'],
  prevents: [],
  why: 'HyperPod nodes run images of AWS that are made for certain versions of Kubernetes; older ones are dropped, and new ones follow EKS '
    + `with some delay. Documented when this rule was written: ${DOCUMENTED_VERSIONS.join(', ')}.`,
  fix: 'Choose a version that the page lists today; if it lists the version, acknowledge the finding.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html'],
  check: cluster => {
    const eks = eksCluster(cluster);
    const version = eks?.version.text;
    return !eks || version === undefined || DOCUMENTED_VERSIONS.includes(version) ? [] : [about(cluster, 'warning',
      `The EKS cluster ${eks.resource.node.path} has Kubernetes ${version}, which is not among the versions that HyperPod is documented to support: `
      + `${DOCUMENTED_VERSIONS.join(', ')}.\nCheck the current list, and choose one of its versions.`, cluster.at('Orchestrator', 'Eks', 'ClusterArn'))];
  },
};
