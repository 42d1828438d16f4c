import { CfnParameter, type Stack } from 'aws-cdk-lib';
import type { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { slurmConfig } from '../../../../src/preflight/properties/slurm/slurm-config';
import { slurmConfigStrategy } from '../../../../src/preflight/properties/slurm/slurm-config-strategy';
import { slurmController } from '../../../../src/preflight/properties/slurm/slurm-controller';
import { slurmControllerCount } from '../../../../src/preflight/properties/slurm/slurm-controller-count';
import { slurmLogin } from '../../../../src/preflight/properties/slurm/slurm-login';
import { slurmPartitions } from '../../../../src/preflight/properties/slurm/slurm-partitions';
import { eks, type Group, group } from '../../private/cluster-properties';
import { conditions, groupUnder } from '../../private/conditions';
import { testRule } from '../../private/rule-tester';

const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };
const LOGIN = { slurmConfig: { nodeType: 'Login' } };
const COMPUTE = { slurmConfig: { nodeType: 'Compute', partitionNames: ['gpu'] } };
const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const ALL = { head: CONTROLLER, login: LOGIN, a: COMPUTE, b: COMPUTE };

/** A Slurm cluster of the groups that are given. */
function cluster(groups: Record<string, Partial<Group>>, props: CfnClusterProps = {}): CfnClusterProps {
  return { instanceGroups: Object.entries(groups).map(([name, one]) => group(name, one)), ...props };
}

/** A Slurm cluster with a group and nine others, each under a condition of its own. */
function withNine(stack: Stack, first: Partial<Group>, other: Partial<Group>, props: CfnClusterProps = {}): CfnClusterProps {
  return { instanceGroups: [group('a', first), ...conditions(stack, 9).map((one, index) => groupUnder(one, group(`b${index}`, other)))], ...props };
}

const at = (property: string, ...groups: number[]) => groups.map(index => `InstanceGroups.${index}.${property}`);
const nodeType = (stack: Stack) => ({ slurmConfig: { nodeType: new CfnParameter(stack, 'NodeType').valueAsString } });

/** What a macro adds beside the properties that are written. */
const MACRO = { Name: 'AWS::Include', Parameters: { Location: 's3://templates/slurm.yaml' } };

testRule(slurmConfig, {
  silent: [
    ['a topology of all node types', cluster(ALL)],
    ['the same with continuous provisioning', cluster(ALL, CONTINUOUS)],
    ['no topology', cluster({ head: {}, a: {} })],
    ['no topology, in groups under nine conditions', stack => withNine(stack, {}, {})],
  ],
  finds: [
    [
      'no topology with continuous provisioning', cluster({ head: {}, a: {} }, CONTINUOUS), 'error', ['head', 'a'],
      'instance groups "head", "a" have no SlurmConfig', at('SlurmConfig', 0, 1),
    ],
    [
      'a group that is left out of the topology', cluster({ head: CONTROLLER, a: COMPUTE, b: {} }), 'warning', ['b'],
      'instance group "b" has no SlurmConfig, though other groups of the cluster have one', at('SlurmConfig', 2),
    ],
    [
      'the same with continuous provisioning', cluster({ head: CONTROLLER, a: COMPUTE, b: {} }, CONTINUOUS), 'error', ['b'],
      'instance group "b" has no SlurmConfig', at('SlurmConfig', 2),
    ],
  ],
  tokens: [
    ['a part in Slurm that only the deployment knows', stack => cluster({ a: nodeType(stack) }, CONTINUOUS)],
    ['a topology that any of nine conditions makes', stack => withNine(stack, {}, LOGIN), 'warning', ['a'],
      ['This is so when P0 is yes, or when P1 is yes', 'or when P8 is yes.'], at('SlurmConfig', 0)],
  ],
});

testRule(slurmController, {
  silent: [
    ['a topology of all node types', cluster(ALL)],
    ['no topology', cluster({ head: {}, a: {} })],
    ['two controllers on EKS, which have no part in Slurm there', eks({}, { instanceGroups: [group('a', CONTROLLER), group('b', CONTROLLER)] })],
    ['one controller for each branch of a condition', stack => {
      const [condition] = conditions(stack, 1);
      return { instanceGroups: [groupUnder(condition, group('head', CONTROLLER), group('other', CONTROLLER)), group('a', COMPUTE)] };
    }],
    ['compute groups under nine conditions', stack => withNine(stack, CONTROLLER, COMPUTE)],
    ['Orchestrator.Slurm, and a topology of all node types', cluster(ALL, { orchestrator: { slurm: {} } })],
    ['Orchestrator.Slurm without topology under continuous provisioning, where the groups are found', cluster({ a: {} }, { ...CONTINUOUS, orchestrator: { slurm: {} } })],
    ['Orchestrator.Slurm and no groups', { orchestrator: { slurm: {} } }],
    ['no topology on EKS', eks({})],
  ],
  finds: [
    ['Orchestrator.Slurm without topology', cluster({ head: {}, a: {} }, { orchestrator: { slurm: {} } }), 'warning', [],
      ['no instance group has a SlurmConfig', '"Cluster … has no InstanceGroup with Controller node type."'], ['Orchestrator.Slurm']],
    ['a strategy without topology', cluster({ head: {}, a: {} }, { orchestrator: { slurm: { slurmConfigStrategy: 'Merge' } } }), 'warning', [],
      'no instance group has a SlurmConfig', ['Orchestrator.Slurm']],
    ['no controller', cluster({ login: LOGIN, a: COMPUTE }), 'error', [], 'none is of NodeType Controller', at('SlurmConfig.NodeType', 0, 1)],
    [
      'two controllers', cluster({ head: CONTROLLER, other: CONTROLLER, a: COMPUTE }), 'error', ['head', 'other'],
      'The instance groups "head", "other" are all of NodeType Controller, but a cluster has exactly one controller group.', at('SlurmConfig.NodeType', 0, 1),
    ],
    ['no controller, with groups under nine conditions', stack => withNine(stack, LOGIN, COMPUTE), 'error', [], 'none is of NodeType Controller',
      at('SlurmConfig.NodeType', ...Array(10).keys())],
  ],
  tokens: [
    ['a node type that only the deployment knows', stack => cluster({ a: nodeType(stack) })],
    ['Orchestrator.Slurm, and a node type that only the deployment knows', stack => cluster({ a: nodeType(stack) }, { orchestrator: { slurm: {} } })],
    ['Orchestrator.Slurm, and a SlurmConfig that a macro may add', cluster({ a: {} }, { orchestrator: { slurm: {} } }),
      { overrides: { 'InstanceGroups.0.Fn::Transform': MACRO }, withoutValidation: true }],
    ['Orchestrator.Slurm, and a controller under a condition', stack => {
      const [condition] = conditions(stack, 1);
      return { instanceGroups: [groupUnder(condition, group('head', CONTROLLER)), group('a')], orchestrator: { slurm: {} } };
    }, 'warning', [], ['no instance group has a SlurmConfig', 'This is so when P0 is not yes.'], ['Orchestrator.Slurm']],
    ['two controllers, one under a condition', stack => {
      const [condition] = conditions(stack, 1);
      return { instanceGroups: [group('head', CONTROLLER), groupUnder(condition, group('other', CONTROLLER))] };
    }, 'warning', ['head', 'other'], ['instance groups "head", "other" are all of NodeType Controller', 'This is so when P0 is yes.'],
    at('SlurmConfig.NodeType', 0, 1)],
  ],
  findsSeveral: [[
    'a controller, and nine others under conditions', stack => withNine(stack, CONTROLLER, CONTROLLER),
    ['a', ...Array.from({ length: 9 }, (_, index) => `b${index}`)].map(name => `warning SlurmController[${name}]`),
  ]],
});

testRule(slurmLogin, {
  silent: [
    ['a topology of all node types', cluster(ALL)],
    ['groups under nine conditions', stack => withNine(stack, LOGIN, COMPUTE)],
  ],
  finds: [[
    'two login groups', cluster({ head: CONTROLLER, a: LOGIN, b: LOGIN }), 'error', ['a', 'b'],
    'instance groups "a", "b" are all of NodeType Login, but a cluster has at most one login group', at('SlurmConfig.NodeType', 1, 2),
  ]],
  tokens: [['a node type that only the deployment knows', stack => cluster({ a: nodeType(stack), b: LOGIN })]],
  findsSeveral: [[
    'a login group, and two others under conditions', stack => {
      const [first, second] = conditions(stack, 2);
      return { instanceGroups: [group('a', LOGIN), groupUnder(first, group('b', LOGIN)), groupUnder(second, group('c', LOGIN))] };
    }, ['warning SlurmLogin[a]', 'warning SlurmLogin[b]', 'warning SlurmLogin[c]'],
  ]],
});

testRule(slurmPartitions, {
  silent: [
    ['a topology of all node types', cluster(ALL)],
    ['login nodes with an empty list of partitions', cluster({ head: CONTROLLER, login: { slurmConfig: { nodeType: 'Login', partitionNames: [] } } })],
  ],
  finds: [
    [
      'compute nodes without a partition', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute' } } }), 'warning', ['a'],
      'instance group "a" of NodeType Compute has no partition', at('SlurmConfig.PartitionNames', 1),
    ],
    [
      'the same with continuous provisioning', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute' } } }, CONTINUOUS), 'error', ['a'],
      'instance group "a" of NodeType Compute has no partition', at('SlurmConfig.PartitionNames', 1),
    ],
    [
      'compute nodes with an empty list of partitions', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute', partitionNames: [] } } }), 'warning', ['a'],
      'has no partition', at('SlurmConfig.PartitionNames', 1),
    ],
    [
      'a controller with a partition', cluster({ head: { slurmConfig: { nodeType: 'Controller', partitionNames: ['gpu'] } }, a: COMPUTE }), 'error', ['head'],
      'NodeType Controller has PartitionNames ["gpu"]', at('SlurmConfig.PartitionNames', 0),
    ],
    [
      'login nodes with a partition', cluster({ head: CONTROLLER, login: { slurmConfig: { nodeType: 'Login', partitionNames: ['gpu'] } }, a: COMPUTE }),
      'error', ['login'], 'NodeType Login has PartitionNames ["gpu"]', at('SlurmConfig.PartitionNames', 1),
    ],
  ],
  tokens: [
    ['a list that only the deployment knows', stack => cluster({
      head: { slurmConfig: { nodeType: 'Controller', partitionNames: new CfnParameter(stack, 'Partitions', { type: 'CommaDelimitedList' }).valueAsList } },
    })],
    ['partitions that a macro may add', cluster({ head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute' } } }),
      { overrides: { 'InstanceGroups.1.SlurmConfig.Fn::Transform': MACRO }, withoutValidation: true }],
    ['compute nodes without a partition, and a mode that is not known', stack => cluster(
      { head: CONTROLLER, a: { slurmConfig: { nodeType: 'Compute' } } }, { nodeProvisioningMode: new CfnParameter(stack, 'Mode').valueAsString },
    ), 'warning', ['a'], 'has no partition', at('SlurmConfig.PartitionNames', 1)],
  ],
});

testRule(slurmControllerCount, {
  silent: [
    ['no login node, and several compute nodes', cluster({ head: CONTROLLER, login: { ...LOGIN, instanceCount: 0 }, a: { ...COMPUTE, instanceCount: 2 } }, CONTINUOUS)],
    ['several controller nodes', cluster({ head: { ...CONTROLLER, instanceCount: 2 }, a: COMPUTE })],
  ],
  finds: [
    [
      'several controller nodes with continuous provisioning', cluster({ head: { ...CONTROLLER, instanceCount: 2 }, a: COMPUTE }, CONTINUOUS), 'error', ['head'],
      'InstanceCount 2, but continuous provisioning supports one controller node', at('InstanceCount', 0),
    ],
    [
      'no controller node', cluster({ head: { ...CONTROLLER, instanceCount: 0 }, a: COMPUTE }), 'warning', ['head'],
      'InstanceCount 0, and no node can work without a controller', at('InstanceCount', 0),
    ],
  ],
  tokens: [['a count that only the deployment knows', stack =>
    cluster({ head: { ...CONTROLLER, instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber } }, CONTINUOUS)]],
});

const STRATEGY = ['Orchestrator.Slurm.SlurmConfigStrategy', 'NodeProvisioningMode'];

testRule(slurmConfigStrategy, {
  silent: [
    ['continuous provisioning without a strategy', cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: {} } })],
    ...['Managed', 'Merge', 'Overwrite'].map((strategy): [string, CfnClusterProps] =>
      [`${strategy} and no mode`, cluster({ head: CONTROLLER, a: COMPUTE }, { orchestrator: { slurm: { slurmConfigStrategy: strategy } } })]),
  ],
  finds: [
    [
      'a strategy and continuous provisioning',
      cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: { slurmConfigStrategy: 'Merge' } } }),
      'error', [], 'SlurmConfigStrategy "Merge", which continuous provisioning does not accept', STRATEGY,
    ],
  ],
  tokens: [[
    'a strategy, and a mode that is not known', stack => cluster({ head: CONTROLLER, a: COMPUTE }, {
      nodeProvisioningMode: new CfnParameter(stack, 'Mode').valueAsString, orchestrator: { slurm: { slurmConfigStrategy: 'Merge' } },
    }),
  ], [
    'a strategy that is not known, and continuous provisioning',
    stack => cluster({ head: CONTROLLER, a: COMPUTE }, { ...CONTINUOUS, orchestrator: { slurm: { slurmConfigStrategy: stack.stackId } } }),
    'error', [], 'a SlurmConfigStrategy, which continuous provisioning does not accept', STRATEGY, { withoutValidation: true },
  ]],
});
