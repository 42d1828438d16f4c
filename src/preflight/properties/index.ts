import { autoScaling } from './auto-scaling';
import { capacityRequirements } from './capacity-requirements';
import { clusterName } from './cluster-name';
import { continuousProvisioning } from './continuous-provisioning';
import { customImageLifecycle } from './custom-image-lifecycle';
import { deepHealthCheckTaints } from './deep-health-check-taints';
import { deepHealthCheckTypes } from './deep-health-check-types';
import { efaInterfaceType } from './efa-interface-type';
import { eksClusterLocation } from './eks-cluster-location';
import { eksLifecycleConfig } from './eks-lifecycle-config';
import { eksVpc } from './eks-vpc';
import { flexibleInstanceTypes } from './flexible-instance-types';
import { instanceGroupNames } from './instance-group-names';
import { instanceTypeOrRequirements } from './instance-type-or-requirements';
import { lifecycleConfig } from './lifecycle-config';
import { minInstanceCount } from './min-instance-count';
import { orchestratorFeatures } from './orchestrator-features';
import { overrideVpcConfig } from './override-vpc-config';
import { quotas } from './quotas';
import { repeatedNetworkIds } from './repeated-network-ids';
import { reservedKubernetesKeys } from './reserved-kubernetes-keys';
import { restrictedFileSystems } from './restricted-file-systems';
import { sharedEnvironment } from './shared-environment';
import { threadsPerCore } from './threads-per-core';
import { tieredStorageAllocation } from './tiered-storage-allocation';
import { trainingPlanLocation } from './training-plan-location';
import type { Rule } from '../findings/rule';

/** The rules about what instance groups are made of, in the order of their findings. */
export const INSTANCE_GROUP_RULES: readonly Rule[] = [
  orchestratorFeatures,
  clusterName,
  instanceGroupNames,
  instanceTypeOrRequirements,
  flexibleInstanceTypes,
  minInstanceCount,
  capacityRequirements,
  continuousProvisioning,
  lifecycleConfig,
  eksLifecycleConfig,
  customImageLifecycle,
];

/** The rules about where the cluster says that its nodes are, in the order of their findings. */
export const VPC_PROPERTY_RULES: readonly Rule[] = [
  eksVpc,
  eksClusterLocation,
  overrideVpcConfig,
  repeatedNetworkIds,
];

/** The rules about features of the cluster and of its instance types, in the order of their findings. */
export const FEATURE_RULES: readonly Rule[] = [
  autoScaling,
  threadsPerCore,
  efaInterfaceType,
  deepHealthCheckTypes,
  deepHealthCheckTaints,
  trainingPlanLocation,
  reservedKubernetesKeys,
  tieredStorageAllocation,
  sharedEnvironment,
  restrictedFileSystems,
];

/** The rules about what AWS alone knows, in the order of their findings. */
export const QUOTA_RULES: readonly Rule[] = [
  quotas,
];
