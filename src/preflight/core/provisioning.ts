import type { ClusterModel } from './cluster-model';
import { CONTINUOUS } from '../../service/continuous-provisioning';

/** How the cluster provisions its nodes. Undefined, if only the deployment knows. */
export function nodeProvisioning(cluster: ClusterModel): typeof CONTINUOUS | 'omitted' | undefined {
  const mode = cluster.at('NodeProvisioningMode');
  if (!mode.isGiven) { return 'omitted'; }
  return mode.text === CONTINUOUS ? CONTINUOUS : undefined;
}
