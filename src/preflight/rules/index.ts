import { accountingSecretAccess } from './accounting-secret-access';
import { autoScaling } from './auto-scaling';
import { capacityRequirements } from './capacity-requirements';
import { clusterName } from './cluster-name';
import { clusterRoleAccess } from './cluster-role-access';
import { clusterRoleTrust } from './cluster-role-trust';
import { continuousProvisioning } from './continuous-provisioning';
import { customImageLifecycle } from './custom-image-lifecycle';
import { deepHealthCheckTaints } from './deep-health-check-taints';
import { deepHealthCheckTypes } from './deep-health-check-types';
import { ebsVolumes } from './ebs-volumes';
import { efaAvailabilityZones } from './efa-availability-zones';
import { efaInterfaceType } from './efa-interface-type';
import { efaSecurityGroups } from './efa-security-groups';
import { eksAuthenticationMode } from './eks-authentication-mode';
import { eksClusterLocation } from './eks-cluster-location';
import { eksClusterShared } from './eks-cluster-shared';
import { eksEndpoints } from './eks-endpoints';
import { eksKubernetesVersion } from './eks-kubernetes-version';
import { eksLifecycleConfig } from './eks-lifecycle-config';
import { eksPermissions } from './eks-permissions';
import { eksVpc } from './eks-vpc';
import { entryScriptMissing } from './entry-script-missing';
import { entryScriptShebang } from './entry-script-shebang';
import { executionRoleBaseline } from './execution-role-baseline';
import { executionRoleOnEksNodes } from './execution-role-on-eks-nodes';
import { executionRoleOverBroad } from './execution-role-over-broad';
import { executionRolePath } from './execution-role-path';
import { executionRoleTrust } from './execution-role-trust';
import { flexibleInstanceTypes } from './flexible-instance-types';
import { fsxController } from './fsx-controller';
import { fsxMountName } from './fsx-mount-name';
import { fsxMounts } from './fsx-mounts';
import { fsxNetwork } from './fsx-network';
import { fsxSecurityGroups } from './fsx-security-groups';
import { fsxVpc } from './fsx-vpc';
import { helmChartOrdering } from './helm-chart-ordering';
import { instanceGroupNames } from './instance-group-names';
import { instanceTypeOrRequirements } from './instance-type-or-requirements';
import { lifecycleBucketAccess } from './lifecycle-bucket-access';
import { lifecycleBucketWritable } from './lifecycle-bucket-writable';
import { lifecycleConfig } from './lifecycle-config';
import { managedPoliciesPerRole } from './managed-policies-per-role';
import { minInstanceCount } from './min-instance-count';
import { mountS3Bucket } from './mount-s3-bucket';
import { oneVpc } from './one-vpc';
import { orchestratorFeatures } from './orchestrator-features';
import { overrideVpcConfig } from './override-vpc-config';
import { policyOrdering } from './policy-ordering';
import { publicSubnets } from './public-subnets';
import { quotas } from './quotas';
import { referencedScriptMissing } from './referenced-script-missing';
import { repeatedNetworkIds } from './repeated-network-ids';
import { reservedKubernetesKeys } from './reserved-kubernetes-keys';
import { restrictedFileSystems } from './restricted-file-systems';
import { rollbackAlarmAccess } from './rollback-alarm-access';
import { s3Connectivity } from './s3-connectivity';
import { scriptByteOrderMark } from './script-byte-order-mark';
import { scriptJson } from './script-json';
import { scriptLineEndings } from './script-line-endings';
import { scriptOrdering } from './script-ordering';
import { scriptPackageSize } from './script-package-size';
import { scriptPlaceholders } from './script-placeholders';
import { sharedEnvironment } from './shared-environment';
import { slurmConfig } from './slurm-config';
import { slurmConfigStrategy } from './slurm-config-strategy';
import { slurmController } from './slurm-controller';
import { slurmControllerCount } from './slurm-controller-count';
import { slurmLogin } from './slurm-login';
import { slurmPartitions } from './slurm-partitions';
import { slurmProvisioningParameters } from './slurm-provisioning-parameters';
import { subnetAddresses } from './subnet-addresses';
import { threadsPerCore } from './threads-per-core';
import { tieredStorageAllocation } from './tiered-storage-allocation';
import { trainingPlanLocation } from './training-plan-location';
import { volumeKeyAccess } from './volume-key-access';
import { vpcDns } from './vpc-dns';
import { vpcPermissions } from './vpc-permissions';
import type { Rule } from '../rule';

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  lifecycleBucketAccess,
  lifecycleBucketWritable,
  policyOrdering,
  scriptOrdering,
  entryScriptMissing,
  entryScriptShebang,
  referencedScriptMissing,
  scriptLineEndings,
  scriptByteOrderMark,
  scriptJson,
  scriptPlaceholders,
  slurmProvisioningParameters,
  mountS3Bucket,
  scriptPackageSize,
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
  slurmConfig,
  slurmController,
  slurmControllerCount,
  slurmLogin,
  slurmPartitions,
  slurmConfigStrategy,
  eksVpc,
  eksClusterLocation,
  overrideVpcConfig,
  repeatedNetworkIds,
  ebsVolumes,
  fsxVpc,
  fsxController,
  fsxMounts,
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
  executionRoleTrust,
  executionRoleBaseline,
  vpcPermissions,
  eksPermissions,
  volumeKeyAccess,
  rollbackAlarmAccess,
  accountingSecretAccess,
  executionRoleOverBroad,
  managedPoliciesPerRole,
  executionRoleOnEksNodes,
  executionRolePath,
  clusterRoleTrust,
  clusterRoleAccess,
  eksAuthenticationMode,
  eksKubernetesVersion,
  eksClusterShared,
  helmChartOrdering,
  oneVpc,
  publicSubnets,
  s3Connectivity,
  eksEndpoints,
  vpcDns,
  subnetAddresses,
  efaSecurityGroups,
  efaAvailabilityZones,
  fsxMountName,
  fsxNetwork,
  fsxSecurityGroups,
  quotas,
];
