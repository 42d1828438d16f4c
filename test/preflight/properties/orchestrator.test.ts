import { CfnParameter, Fn } from 'aws-cdk-lib';
import { autoScaling } from '../../../src/preflight/properties/auto-scaling';
import { eksClusterLocation } from '../../../src/preflight/properties/eks-cluster-location';
import { orchestratorFeatures } from '../../../src/preflight/properties/orchestrator-features';
import { tieredStorageAllocation } from '../../../src/preflight/properties/tiered-storage-allocation';
import { eks, group, restrictedGroup, slurm, VPC_CONFIG } from '../private/cluster-properties';
import { conditions } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const EKS_ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/team';
const ENABLED = { mode: 'Enable' };
const CLUSTER_ROLE = 'arn:aws:iam::111122223333:role/karpenter';
const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };
const PATCHED = { kubernetesConfig: { labels: { team: 'a' } }, autoPatchConfig: { patchingStrategy: 'WhenIdle' } };
const UNCHECKED = { withoutValidation: true };

testRule(orchestratorFeatures, {
  silent: [
    ['no orchestrator', slurm()],
    // CDK's own validation rejects a cluster with two orchestrators; which rules it falls under is not known.
    ['both orchestrators', slurm({ kubernetesConfig: {}, slurmConfig: { nodeType: 'Login' } }, { orchestrator: { eks: { clusterArn: EKS_ARN }, slurm: {} } }), UNCHECKED],
    ['labels and automatic patching on EKS', eks(PATCHED)],
    ['restricted groups on EKS', { ...eks(), instanceGroups: undefined, restrictedInstanceGroups: [restrictedGroup('nova')] }],
    ['disabled autoscaling and tiered storage', slurm({}, { autoScaling: { mode: 'Disable' }, tieredStorageConfig: { mode: 'Disable' } })],
    // CDK's own validation does not know ImageReleaseVersion yet.
    ['an AMI version on EKS', eks({ imageReleaseVersion: '1.2.3' }), UNCHECKED],
  ],
  finds: [
    [
      'labels and automatic patching on Slurm', slurm(PATCHED), 'error', ['workers'],
      'has KubernetesConfig and AutoPatchConfig, which only EKS clusters have, but Slurm orchestrates the cluster',
      ['InstanceGroups.0.KubernetesConfig', 'InstanceGroups.0.AutoPatchConfig'],
    ],
    [
      'a part in Slurm on EKS', eks(CONTROLLER), 'error', ['workers'], 'has SlurmConfig, which only Slurm clusters have, but EKS orchestrates the cluster',
      ['InstanceGroups.0.SlurmConfig'],
    ],
    [
      'an AMI version on Slurm', slurm({ imageReleaseVersion: '1.2.3' }), 'error', ['workers'], 'has ImageReleaseVersion',
      ['InstanceGroups.0.ImageReleaseVersion'], UNCHECKED,
    ],
    [
      'restricted groups on Slurm', { restrictedInstanceGroups: [restrictedGroup('nova')] }, 'warning', ['nova'],
      'AWS describes restricted instance groups for EKS clusters only', ['RestrictedInstanceGroups.0.InstanceGroupName'],
    ],
    [
      'autoscaling and tiered storage on Slurm', slurm(CONTROLLER, { autoScaling: ENABLED, tieredStorageConfig: ENABLED, ...CONTINUOUS }), 'error', [],
      'enables AutoScaling and TieredStorageConfig, which only EKS has', ['AutoScaling', 'TieredStorageConfig'],
    ],
  ],
  tokens: [
    ['a mode that only the deployment knows', stack => slurm({}, { autoScaling: { mode: new CfnParameter(stack, 'Mode').valueAsString } }), UNCHECKED],
    ['an orchestrator under a condition', stack => {
      const [condition] = conditions(stack, 1);
      return eks(PATCHED, { orchestrator: Fn.conditionIf(condition, { Eks: { ClusterArn: EKS_ARN } }, Fn.ref('AWS::NoValue')) });
    }, 'warning', ['workers'], ['which only EKS clusters have', 'This is so when P0 is not yes.'],
    ['InstanceGroups.0.KubernetesConfig', 'InstanceGroups.0.AutoPatchConfig']],
  ],
  findsSeveral: [
    [
      'a topology on EKS', {
        ...eks({}, CONTINUOUS),
        instanceGroups: [
          ...['a', 'b'].map(name => group(name, { slurmConfig: { nodeType: 'Login' } })),
          group('head', { slurmConfig: { nodeType: 'Controller', partitionNames: ['gpu'] }, instanceCount: 2 }),
        ],
      }, ['error OrchestratorFeatures[a]', 'error OrchestratorFeatures[b]', 'error OrchestratorFeatures[head]'],
    ],
    [
      'each group of the other orchestrator', slurm({}, {
        instanceGroups: [group('a', { kubernetesConfig: {} }), group('b'), group('c', { kubernetesConfig: {} })], vpcConfig: VPC_CONFIG,
      }), ['error OrchestratorFeatures[a]', 'error OrchestratorFeatures[c]'],
    ],
  ],
});

testRule(autoScaling, {
  silent: [
    ['autoscaling with all that it needs', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, nodeRecovery: 'Automatic', ...CONTINUOUS })],
    ['autoscaling with the service\'s node recovery', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, ...CONTINUOUS })],
    ['neither autoscaling nor node recovery', eks({}, { autoScaling: { mode: 'Disable' }, nodeRecovery: 'None' })],
    ['autoscaling on Slurm, which another rule is about', slurm(CONTROLLER, { autoScaling: ENABLED, nodeRecovery: 'None', ...CONTINUOUS })],
  ],
  finds: [
    ['autoscaling without a role', eks({}, { autoScaling: ENABLED, ...CONTINUOUS }), 'error', [], 'it has no ClusterRole; set it', ['ClusterRole']],
    [
      'autoscaling without node recovery', eks({}, { autoScaling: ENABLED, clusterRole: CLUSTER_ROLE, nodeRecovery: 'None', ...CONTINUOUS }), 'error', [],
      'its NodeRecovery is "None"; set it to "Automatic"', ['NodeRecovery'],
    ],
  ],
  tokens: [['a role and a recovery that only the deployment knows', stack => eks({}, {
    autoScaling: ENABLED, clusterRole: new CfnParameter(stack, 'Role').valueAsString, nodeRecovery: new CfnParameter(stack, 'Recovery').valueAsString, ...CONTINUOUS,
  }), UNCHECKED]],
});

const PERCENTAGE = ['TieredStorageConfig.InstanceMemoryAllocationPercentage'];

testRule(tieredStorageAllocation, {
  silent: [
    ['a fifth of the memory', eks({}, { tieredStorageConfig: { ...ENABLED, instanceMemoryAllocationPercentage: 20 } })],
    ['less that is disabled', eks({}, { tieredStorageConfig: { mode: 'Disable', instanceMemoryAllocationPercentage: 19 } })],
  ],
  finds: [[
    'less', eks({}, { tieredStorageConfig: { ...ENABLED, instanceMemoryAllocationPercentage: 19 } }), 'warning', [],
    ['InstanceMemoryAllocationPercentage 19', '"The range is 20-100"', '"Minimum value of 0. Maximum value of 100."'], PERCENTAGE,
  ]],
  tokens: [['a percentage that only the deployment knows', stack => eks({}, {
    tieredStorageConfig: { ...ENABLED, instanceMemoryAllocationPercentage: new CfnParameter(stack, 'Percentage', { type: 'Number' }).valueAsNumber },
  })]],
});

const CLUSTER_ARN = ['Orchestrator.Eks.ClusterArn'];

testRule(eksClusterLocation, {
  silent: [
    ['an EKS cluster of the same Region and account', eks(), { env: { account: '111122223333', region: 'us-west-2' } }],
    ['an EKS cluster, where it is not known where the stack is deployed', eks()],
  ],
  finds: [
    [
      'an EKS cluster of another Region', eks(), 'error', [], 'is of the Region us-west-2, the HyperPod cluster of eu-west-1', CLUSTER_ARN,
      { env: { account: '111122223333', region: 'eu-west-1' } },
    ],
    [
      'an EKS cluster of another account', eks(), 'warning', [], 'is of the account 111122223333, the HyperPod cluster of 444455556666', CLUSTER_ARN,
      { env: { account: '444455556666', region: 'us-west-2' } },
    ],
  ],
  tokens: [['an EKS cluster that only the deployment knows', stack =>
    eks({}, { orchestrator: { eks: { clusterArn: new CfnParameter(stack, 'Eks').valueAsString } } }), { env: { account: '444455556666', region: 'eu-west-1' } }]],
});
