import type { ClusterModel } from './cluster-model';
import { knownText } from './literals';
import { CONTINUOUS } from '../../service/continuous-provisioning';

/** How the cluster provisions its nodes. Undefined, if only the deployment knows. */
export function nodeProvisioning(cluster: ClusterModel): typeof CONTINUOUS | 'omitted' | undefined {
  const { NodeProvisioningMode } = cluster.properties;
  if (NodeProvisioningMode === undefined) { return 'omitted'; }
  return knownText(cluster, NodeProvisioningMode) === CONTINUOUS ? CONTINUOUS : undefined;
}
