import { eksAuthenticationMode } from './eks-authentication-mode';
import { eksClusterShared } from './eks-cluster-shared';
import { eksKubernetesVersion } from './eks-kubernetes-version';
import { helmChartOrdering } from './helm-chart-ordering';
import type { Rule } from '../findings/rule';

/** The rules about the EKS cluster that orchestrates, in the order of their findings. */
export const EKS_RULES: readonly Rule[] = [
  eksAuthenticationMode,
  eksKubernetesVersion,
  eksClusterShared,
  helmChartOrdering,
];
