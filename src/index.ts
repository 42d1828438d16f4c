export { ClusterAutoScaling, type KarpenterOptions } from './cluster/orchestrator/auto-scaling';
export { HyperPodCluster } from './cluster/hyperpod-cluster';
export type { HyperPodClusterAttributes, IHyperPodCluster } from './cluster/hyperpod-cluster-base';
export { HyperPodClusterEvents } from './cluster/operation/hyperpod-cluster-events';
export { HyperPodClusterGrants } from './cluster/operation/hyperpod-cluster-grants';
export { HyperPodClusterLogGroup } from './cluster/operation/hyperpod-cluster-log-group';
export { HyperPodClusterMetrics } from './cluster/operation/hyperpod-cluster-metrics';
export { type HyperPodClusterProps, NodeProvisioningMode, NodeRecovery } from './cluster/hyperpod-cluster-props';
export { InstanceCapacity } from './cluster/instance-group/instance-capacity';
export type { InstanceGroupOptions } from './cluster/instance-group/instance-group';
export { HyperPodInstanceType } from './cluster/instance-group/instance-type';
export { HyperPodAcceleratorKind, type HyperPodInstanceTypeFacts } from './service/instance-type-facts';
export { type KubernetesTaint, KubernetesTaintEffect } from './cluster/instance-group/kubernetes-taint';
export { DeepHealthCheck, NetworkInterfaceType } from './cluster/instance-group/node-features';
export { type EksOrchestratorOptions, Orchestrator, SlurmConfigStrategy, type SlurmOrchestratorOptions } from './cluster/orchestrator/orchestrator';
export {
  type RestrictedFileSystem, RestrictedFileSystemDeletionPolicy, type RestrictedInstanceGroupOptions, type RestrictedSharedEnvironment,
} from './cluster/instance-group/restricted-instance-group';
export type { SlurmAccountingDatabase } from './cluster/orchestrator/slurm-accounting';
export { SlurmNode } from './cluster/instance-group/slurm-node';
export { type AutoPatch, PatchingStrategy, type RollingUpdateOptions, type ScheduledUpdate, UpdateBatchSize } from './cluster/operation/software-update';
export { TieredStorage, type TieredStorageOptions } from './cluster/orchestrator/tiered-storage';
export {
  LifecycleScripts, type LifecycleScriptsAssetOptions, type LifecycleScriptsOptions, type UploadedLifecycleScriptsOptions,
} from './lifecycle/lifecycle-scripts';
export { SlurmProvisioningParameters, type SlurmProvisioningParametersOptions } from './lifecycle/slurm-provisioning-parameters';
export type { OverrideVpcConfig } from './network/override-vpc-config';
export { HyperPodChecks } from './preflight/hyperpod-checks';
export { HyperPodPreflight } from './preflight/hyperpod-preflight';
export {
  type EbsVolumeOptions, type FileSystemMountOptions, InstanceStorage, type LustreFileSystemAttributes, type OpenZfsFileSystemAttributes,
} from './storage/instance-storage';

export * as mixins from './mixins';
