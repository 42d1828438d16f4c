import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { Case, expectFindings, Group, group, propertyFindings } from '../../private/cluster-properties';

const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };
const LOGIN = { slurmConfig: { nodeType: 'Login' } };
const COMPUTE = { slurmConfig: { nodeType: 'Compute', partitionNames: ['gpu'] } };
const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };

/** A Slurm cluster of the groups that are given. */
function cluster(groups: Record<string, Partial<Group>>, props: CfnClusterProps = {}): CfnClusterProps {
  return { instanceGroups: Object.entries(groups).map(([name, one]) => group(name, one)), ...props };
}

test.each<Case>([
  ['a topology of all node types', cluster({ head: CONTROLLER, login: LOGIN, a: COMPUTE, b: COMPUTE }), []],
  ['the same with continuous provisioning', cluster({ head: CONTROLLER, login: LOGIN, a: COMPUTE, b: COMPUTE }, CONTINUOUS), []],
  ['no topology', cluster({ head: {}, a: {} }), []],
  [
    'no topology with continuous provisioning', cluster({ head: {}, a: {} }, CONTINUOUS),
    ['error SlurmConfig[head,a]'], ['instance groups "head", "a" have no SlurmConfig'],
  ],
  [
    'a group that is left out of the topology', cluster({ head: CONTROLLER, a: COMPUTE, b: {} }),
    ['warning SlurmConfig[b]'], ['instance group "b" has no SlurmConfig, though other groups of the cluster have one'],
  ],
  [
    'the same with continuous provisioning', cluster({ head: CONTROLLER, a: COMPUTE, b: {} }, CONTINUOUS),
    ['error SlurmConfig[b]'], ['instance group "b" has no SlurmConfig'],
  ],
  ['no controller', cluster({ login: LOGIN, a: COMPUTE }), ['error SlurmController'], ['none is of NodeType Controller']],
  ['two controllers', cluster({ head: CONTROLLER, other: CONTROLLER, a: COMPUTE }), ['error SlurmController[head,other]'], ['exactly one controller group']],
  ['two login groups', cluster({ head: CONTROLLER, a: LOGIN, b: LOGIN }), ['error SlurmLogin[a,b]'], ['at most one login group']],
  [
    'compute nodes without a partition', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute' } } }),
    ['error SlurmPartitions[a]'], ['instance group "a" of NodeType Compute has no partition'],
  ],
  [
    'compute nodes with an empty list of partitions', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute', partitionNames: [] } } }),
    ['error SlurmPartitions[a]'],
  ],
  [
    'a controller with a partition', cluster({ head: { slurmConfig: { nodeType: 'Controller', partitionNames: ['gpu'] } }, a: COMPUTE }),
    ['error SlurmPartitions[head]'], ['NodeType Controller has PartitionNames ["gpu"]'],
  ],
  [
    'login nodes with a partition', cluster({ head: CONTROLLER, login: { slurmConfig: { nodeType: 'Login', partitionNames: ['gpu'] } }, a: COMPUTE }),
    ['error SlurmPartitions[login]'], ['NodeType Login has PartitionNames ["gpu"]'],
  ],
  ['login nodes with an empty list of partitions', cluster({ head: CONTROLLER, login: { slurmConfig: { nodeType: 'Login', partitionNames: [] } } }), []],
  ['no login node, and several compute nodes', cluster({ head: CONTROLLER, login: { ...LOGIN, instanceCount: 0 }, a: { ...COMPUTE, instanceCount: 2 } }, CONTINUOUS), []],
  ['several controller nodes', cluster({ head: { ...CONTROLLER, instanceCount: 2 }, a: COMPUTE }), []],
  [
    'several controller nodes with continuous provisioning', cluster({ head: { ...CONTROLLER, instanceCount: 2 }, a: COMPUTE }, CONTINUOUS),
    ['error SlurmControllerCount[head]'], ['InstanceCount 2, but continuous provisioning supports one controller node'],
  ],
  [
    'no controller node', cluster({ head: { ...CONTROLLER, instanceCount: 0 }, a: COMPUTE }),
    ['warning SlurmControllerCount[head]'], ['InstanceCount 0, and no node can work without a controller'],
  ],
  [
    'a strategy and continuous provisioning',
    cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: { slurmConfigStrategy: 'Merge' } } }),
    ['error SlurmConfigStrategy'], ['SlurmConfigStrategy "Merge", which continuous provisioning does not accept'],
  ],
  [
    'a strategy and the provisioning that the service chooses',
    cluster({ head: CONTROLLER, a: COMPUTE }, { orchestrator: { slurm: { slurmConfigStrategy: 'Managed' } } }),
    ['warning SlurmConfigStrategy'],
    [
      'It is not known whether HyperPod accepts SlurmConfigStrategy "Managed"',
      '"Continuous provisioning is the default for new clusters"',
      '"If the parameter is omitted, uses the standard scaling approach in previous release"',
    ],
  ],
  [
    'a strategy that is not known, and continuous provisioning',
    stack => cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: { slurmConfigStrategy: stack.stackId } } }),
    ['error SlurmConfigStrategy'], ['a SlurmConfigStrategy, which continuous provisioning does not accept'], { withoutValidation: true },
  ],
  ['continuous provisioning without a strategy', cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: {} } }), []],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding tells where the topology stands', () => {
  expect(propertyFindings(cluster({ login: LOGIN, a: COMPUTE }))[0].locations)
    .toEqual(['Properties.InstanceGroups.0.SlurmConfig.NodeType', 'Properties.InstanceGroups.1.SlurmConfig.NodeType']);
});
