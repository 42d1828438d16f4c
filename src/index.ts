export { ClusterAutoScaling, type KarpenterOptions } from './cluster/auto-scaling';
export { HyperPodCluster } from './cluster/hyperpod-cluster';
export type { HyperPodClusterAttributes, IHyperPodCluster } from './cluster/hyperpod-cluster-base';
export { HyperPodClusterEvents } from './cluster/hyperpod-cluster-events';
export { HyperPodClusterGrants } from './cluster/hyperpod-cluster-grants';
export { HyperPodClusterLogGroup } from './cluster/hyperpod-cluster-log-group';
export { HyperPodClusterMetrics } from './cluster/hyperpod-cluster-metrics';
export { type HyperPodClusterProps, NodeProvisioningMode, NodeRecovery } from './cluster/hyperpod-cluster-props';
export { InstanceCapacity } from './cluster/instance-capacity';
export type { InstanceGroupOptions } from './cluster/instance-group';
export { HyperPodInstanceType } from './cluster/instance-type';
export { HyperPodAcceleratorKind, type HyperPodInstanceTypeFacts } from './cluster/instance-type-facts';
export { type KubernetesTaint, KubernetesTaintEffect } from './cluster/kubernetes-taint';
export { DeepHealthCheck, NetworkInterfaceType } from './cluster/node-features';
export { type EksOrchestratorOptions, Orchestrator, SlurmConfigStrategy, type SlurmOrchestratorOptions } from './cluster/orchestrator';
export {
  type RestrictedFileSystem, RestrictedFileSystemDeletionPolicy, type RestrictedInstanceGroupOptions, type RestrictedSharedEnvironment,
} from './cluster/restricted-instance-group';
export type { SlurmAccountingDatabase } from './cluster/slurm-accounting';
export { SlurmNode } from './cluster/slurm-node';
export { type AutoPatch, PatchingStrategy, type RollingUpdateOptions, type ScheduledUpdate, UpdateBatchSize } from './cluster/software-update';
export { TieredStorage, type TieredStorageOptions } from './cluster/tiered-storage';
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
