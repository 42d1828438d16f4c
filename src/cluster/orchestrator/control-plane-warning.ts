import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HyperPodClusterProps } from '../hyperpod-cluster-props';
import type { Orchestrator } from './orchestrator';

/**
 * Warns if nodes on EKS are in a security group that the cluster makes, and nothing lets them and the control plane talk to each other.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html
 * https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function warnOfUnknownControlPlane(scope: Construct, orchestrator: Orchestrator, { securityGroups }: HyperPodClusterProps): void {
  if (orchestrator._kind !== 'eks' || securityGroups !== undefined || orchestrator._peers(scope).length > 0) { return; }
  Validations.of(scope).addWarning('HyperPod-EksSecurityGroupUnknown', [
    `the security group of EKS cluster "${orchestrator._eksCluster!.node.path}" is not known, so it and the nodes are not let talk to each other;`,
    'give Orchestrator.eks() the securityGroup of the control plane, import the EKS cluster with its clusterSecurityGroupId,',
    'or give the HyperPod cluster securityGroups that the control plane admits',
  ].join('\n'));
}
