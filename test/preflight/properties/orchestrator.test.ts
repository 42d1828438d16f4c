import { Case, eks, expectFindings, group, propertyFindings, restrictedGroup, slurm, VPC_CONFIG } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const EKS_ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const ENABLED = { mode: 'Enable' };
const CLUSTER_ROLE = 'arn:aws:iam::111122223333:role/karpenter';
const HERE = { env: { account: '111122223333', region: 'us-west-2' } };

test.each<Case>([
  ['no orchestrator', slurm(), []],
  // CDK's own validation rejects a cluster with two orchestrators; which rules it falls under is not known.
  [
    'both orchestrators', slurm({ kubernetesConfig: {}, slurmConfig: { nodeType: 'Login' } }, { orchestrator: { eks: { clusterArn: EKS_ARN }, slurm: {} } }),
    [], [], { withoutValidation: true },
  ],

  ['labels and automatic patching on EKS', eks({ kubernetesConfig: { labels: { team: 'a' } }, autoPatchConfig: { patchingStrategy: 'WhenIdle' } }), []],
  [
    'labels and automatic patching on Slurm', slurm({ kubernetesConfig: { labels: { team: 'a' } }, autoPatchConfig: { patchingStrategy: 'WhenIdle' } }),
    ['error OrchestratorFeatures[workers]'], ['has KubernetesConfig and AutoPatchConfig, which only EKS clusters have, but Slurm orchestrates the cluster'],
  ],
  [
    'a part in Slurm on EKS', eks({ slurmConfig: { nodeType: 'Controller' } }),
    ['error OrchestratorFeatures[workers]'], ['has SlurmConfig, which only Slurm clusters have, but EKS orchestrates the cluster'],
  ],
  [
    'a topology on EKS that would be wrong on Slurm, too', {
      ...eks({}, CONTINUOUS),
      instanceGroups: [
        ...['a', 'b'].map(name => group(name, { slurmConfig: { nodeType: 'Login' } })),
        group('head', { slurmConfig: { nodeType: 'Controller', partitionNames: ['gpu'] }, instanceCount: 2 }),
      ],
    },
    ['error OrchestratorFeatures[a]', 'error OrchestratorFeatures[b]', 'error OrchestratorFeatures[head]'],
  ],
  [
    'autoscaling on Slurm, and what it needs on EKS', slurm({ slurmConfig: { nodeType: 'Controller' } }, { autoScaling: ENABLED, nodeRecovery: 'None', ...CONTINUOUS }),
    ['error OrchestratorFeatures'],
  ],
  [
    'restricted groups on Slurm', { restrictedInstanceGroups: [restrictedGroup('nova')] },
    ['warning OrchestratorFeatures[nova]'], ['AWS describes restricted instance groups for EKS clusters only'],
  ],
  ['restricted groups on EKS', { ...eks(), instanceGroups: undefined, restrictedInstanceGroups: [restrictedGroup('nova')] }, []],
  [
    'autoscaling and tiered storage on Slurm', slurm({ slurmConfig: { nodeType: 'Controller' } }, { autoScaling: ENABLED, tieredStorageConfig: ENABLED, ...CONTINUOUS }),
    ['error OrchestratorFeatures'], ['enables AutoScaling and TieredStorageConfig, which only EKS has'],
  ],
  ['the same disabled', slurm({}, { autoScaling: { mode: 'Disable' }, tieredStorageConfig: { mode: 'Disable' } }), []],

  ['autoscaling with all that it needs', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, nodeRecovery: 'Automatic', ...CONTINUOUS }), []],
  ['autoscaling with the service\'s node recovery', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, ...CONTINUOUS }), []],
  ['autoscaling without a role', eks({}, { autoScaling: ENABLED, ...CONTINUOUS }), ['error AutoScaling'], ['it has no ClusterRole; set it']],
  [
    'autoscaling without node recovery', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, nodeRecovery: 'None', ...CONTINUOUS }),
    ['error AutoScaling'], ['its NodeRecovery is "None"; set it to "Automatic"'],
  ],
  ['neither autoscaling nor node recovery', eks({}, { autoScaling: { mode: 'Disable' }, nodeRecovery: 'None' }), []],

  ['tiered storage of a fifth of the memory', eks({}, { tieredStorageConfig: { ...ENABLED, instanceMemoryAllocationPercentage: 20 } }), []],
  [
    'tiered storage of less', eks({}, { tieredStorageConfig: { ...ENABLED, instanceMemoryAllocationPercentage: 19 } }),
    ['warning TieredStorageAllocation'], ['InstanceMemoryAllocationPercentage 19', '"The range is 20-100"', '"Minimum value of 0. Maximum value of 100."'],
  ],
  ['tiered storage of less that is disabled', eks({}, { tieredStorageConfig: { mode: 'Disable', instanceMemoryAllocationPercentage: 19 } }), []],

  ['EKS without a VPC', eks({}, { vpcConfig: undefined }), ['error EksVpc'], ['it has no VpcConfig, which EKS clusters need']],
  ['Slurm without a VPC', slurm(), []],
  ['an EKS cluster of the same Region and account', eks(), [], [], HERE],
  ['an EKS cluster, where it is not known where the stack is deployed', eks(), []],
  [
    'an EKS cluster of another Region', eks(), ['error EksClusterLocation'], ['is of the Region us-west-2, the HyperPod cluster of eu-west-1'],
    { env: { account: '111122223333', region: 'eu-west-1' } },
  ],
  [
    'an EKS cluster of another account', eks(), ['warning EksClusterLocation'], ['is of the account 111122223333, the HyperPod cluster of 444455556666'],
    { env: { account: '444455556666', region: 'us-west-2' } },
  ],
])('%s', (_, ...expected) => expectFindings(...expected));

// CDK's own validation does not know ImageReleaseVersion yet.
test.each<Case>([
  ['an AMI version on EKS', eks({ imageReleaseVersion: '1.2.3' }), [], [], { withoutValidation: true }],
  ['an AMI version on Slurm', slurm({ imageReleaseVersion: '1.2.3' }), ['error OrchestratorFeatures[workers]'], ['has ImageReleaseVersion'], { withoutValidation: true }],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding names each group of the other orchestrator, and where', () => {
  const findings = propertyFindings(slurm({}, {
    instanceGroups: [group('a', { kubernetesConfig: {} }), group('b'), group('c', { kubernetesConfig: {} })], vpcConfig: VPC_CONFIG,
  }));
  expect(findings.map(({ summary, locations }) => [summary, ...locations])).toEqual([
    ['error OrchestratorFeatures[a]', 'Properties.InstanceGroups.0.KubernetesConfig'],
    ['error OrchestratorFeatures[c]', 'Properties.InstanceGroups.2.KubernetesConfig'],
  ]);
});
