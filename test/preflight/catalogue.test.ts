import { RULES } from '../../src/preflight/rules';

/**
 * The rules are a contract: users acknowledge findings by their ids, and pipelines stop at their levels. To add, drop or change one is to
 * change this list, and the changelog.
 */
const CATALOGUE = [
  'HyperPod-LifecycleBucketAccess: error, warning',
  'HyperPod-LifecycleBucketWritable: warning',
  'HyperPod-PolicyOrdering: error, warning',
  'HyperPod-ScriptOrdering: warning',
  'HyperPod-EntryScriptMissing: error, warning',
  'HyperPod-EntryScriptShebang: warning',
  'HyperPod-ReferencedScriptMissing: error, warning',
  'HyperPod-ProvisioningParametersMissing: error, warning',
  'HyperPod-ScriptLineEndings: error, warning',
  'HyperPod-ScriptByteOrderMark: warning',
  'HyperPod-ScriptJson: error, warning',
  'HyperPod-ScriptPlaceholders: warning',
  'HyperPod-SlurmProvisioningParameters: error, warning',
  'HyperPod-MountS3Bucket: warning',
  'HyperPod-OnCreateWithoutSlurm: warning',
  'HyperPod-ScriptPackageSize: warning',
  'HyperPod-ScriptsPruned: error, warning',
  'HyperPod-OrchestratorFeatures: error, warning',
  'HyperPod-ClusterName: error, warning',
  'HyperPod-InstanceGroupNames: error',
  'HyperPod-InstanceTypeOrRequirements: error',
  'HyperPod-FlexibleInstanceTypes: warning',
  'HyperPod-MinInstanceCount: error',
  'HyperPod-CapacityRequirements: warning',
  'HyperPod-ContinuousProvisioning: warning',
  'HyperPod-LifecycleConfig: error',
  'HyperPod-EksLifecycleConfig: error',
  'HyperPod-CustomImageLifecycle: warning',
  'HyperPod-SlurmConfig: error, warning',
  'HyperPod-SlurmController: error, warning',
  'HyperPod-SlurmControllerCount: error, warning',
  'HyperPod-SlurmLogin: error',
  'HyperPod-SlurmPartitions: error, warning',
  'HyperPod-SlurmConfigStrategy: error',
  'HyperPod-EksVpc: error',
  'HyperPod-EksClusterLocation: error, warning',
  'HyperPod-OverrideVpcConfig: error',
  'HyperPod-RepeatedNetworkIds: warning',
  'HyperPod-EbsVolumes: error',
  'HyperPod-FsxVpc: error',
  'HyperPod-FsxController: error',
  'HyperPod-FsxMounts: error, warning',
  'HyperPod-AutoScaling: error',
  'HyperPod-ThreadsPerCore: warning',
  'HyperPod-EfaInterfaceType: warning',
  'HyperPod-DeepHealthCheckTypes: warning',
  'HyperPod-DeepHealthCheckTaints: warning',
  'HyperPod-TrainingPlanLocation: error, warning',
  'HyperPod-ReservedKubernetesKeys: warning',
  'HyperPod-TieredStorageAllocation: warning',
  'HyperPod-SharedEnvironment: warning',
  'HyperPod-RestrictedFileSystems: warning',
  'HyperPod-ExecutionRoleTrust: error',
  'HyperPod-ExecutionRoleBaseline: warning',
  'HyperPod-VpcPermissions: error, warning',
  'HyperPod-EksPermissions: error, warning',
  'HyperPod-VolumeKeyAccess: error, warning',
  'HyperPod-RollbackAlarmAccess: warning',
  'HyperPod-AccountingSecretAccess: warning',
  'HyperPod-ExecutionRoleOverBroad: warning',
  'HyperPod-ManagedPoliciesPerRole: warning',
  'HyperPod-ExecutionRoleOnEksNodes: error, warning',
  'HyperPod-ExecutionRolePath: warning',
  'HyperPod-ClusterRoleTrust: error',
  'HyperPod-ClusterRoleAccess: error, warning',
  'HyperPod-EksAuthenticationMode: error',
  'HyperPod-EksKubernetesVersion: warning',
  'HyperPod-EksClusterShared: error',
  'HyperPod-HelmChartOrdering: warning',
  'HyperPod-OneVpc: error',
  'HyperPod-PublicSubnets: error, warning',
  'HyperPod-S3Connectivity: error, warning',
  'HyperPod-EksEndpoints: warning',
  'HyperPod-SlurmEndpoints: warning',
  'HyperPod-VpcDns: error, warning',
  'HyperPod-SubnetAddresses: warning',
  'HyperPod-SubnetZoneLocation: error',
  'HyperPod-EfaSecurityGroups: error, warning',
  'HyperPod-EfaAvailabilityZones: warning',
  'HyperPod-FsxMountName: error',
  'HyperPod-FsxNetwork: error, warning',
  'HyperPod-FsxSecurityGroups: error, warning',
  'HyperPod-Quotas: info',
  'HyperPod-SampledDeployments: warning',
];

test('ids and levels are these', () => {
  expect(RULES.map(({ id, levels }) => `${id}: ${levels.join(', ')}`)).toEqual(CATALOGUE);
});

test.each(RULES.map(rule => ({ ...rule })))('$id says what it is about, why, what to do, and where that is written', ({ id, title, why, fix, sources }) => {
  expect(id).toMatch(/^HyperPod-([A-Z][a-z0-9]+|[A-Z]\d[A-Z]?[a-z]+)+$/);
  // In RULES.md, a full stop follows.
  expect(title).toMatch(/^\w.*[^.]$/);
  expect(why).toMatch(/[.)"]$/);
  expect(fix).toMatch(/[.)]$/);
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.filter(source => new URL(source).protocol !== 'https:')).toEqual([]);
});
