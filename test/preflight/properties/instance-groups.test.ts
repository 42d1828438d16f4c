import { CfnParameter, Fn } from 'aws-cdk-lib';
import { capacityRequirements } from '../../../src/preflight/properties/capacity-requirements';
import { flexibleInstanceTypes } from '../../../src/preflight/properties/flexible-instance-types';
import { instanceGroupNames } from '../../../src/preflight/properties/instance-group-names';
import { instanceTypeOrRequirements } from '../../../src/preflight/properties/instance-type-or-requirements';
import { eks, group, restrictedGroup, slurm } from '../private/cluster-properties';
import { conditions, groupUnder } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const flexible = (...instanceTypes: string[]) => ({ instanceType: undefined, instanceRequirements: { instanceTypes } });
const PLAN = 'arn:aws:sagemaker:us-west-2:111122223333:training-plan/spring-training';
const NAMES = ['InstanceGroups.0.InstanceGroupName', 'InstanceGroups.1.InstanceGroupName'];

testRule(instanceTypeOrRequirements, {
  silent: [
    ['one instance type', eks()],
    ['a list of instance types', eks(flexible('ml.m5.xlarge', 'ml.m5.2xlarge'), CONTINUOUS)],
  ],
  finds: [
    [
      'neither a type nor a list', eks({ instanceType: undefined }), 'error', ['workers'],
      'instance group "workers" has neither InstanceType nor InstanceRequirements', ['InstanceGroups.0.InstanceType', 'InstanceGroups.0.InstanceRequirements'],
    ],
    [
      'both a type and a list', eks({ ...flexible('ml.m5.xlarge'), instanceType: 'ml.m5.xlarge' }, CONTINUOUS), 'error', ['workers'],
      'instance group "workers" has both InstanceType and InstanceRequirements', ['InstanceGroups.0.InstanceType', 'InstanceGroups.0.InstanceRequirements'],
    ],
  ],
  tokens: [
    ['a type that only the deployment knows', stack => eks({ instanceType: new CfnParameter(stack, 'Type').valueAsString })],
    ['a type that one of many conditions takes away', stack => {
      const [first, ...others] = conditions(stack, 9);
      return {
        ...eks(),
        instanceGroups: [
          group('a', { instanceType: Fn.conditionIf(first, 'ml.m5.xlarge', Fn.ref('AWS::NoValue')).toString() }),
          ...others.map((condition, index) => groupUnder(condition, group(`b${index}`))),
        ],
      };
    }, 'warning', ['a'], 'This is so when P0 is not yes.', ['InstanceGroups.0.InstanceType', 'InstanceGroups.0.InstanceRequirements']],
  ],
});

testRule(flexibleInstanceTypes, {
  silent: [['types that differ', eks(flexible('ml.m5.xlarge', 'ml.m5.2xlarge'), CONTINUOUS)]],
  finds: [[
    'a type twice in the list', eks(flexible('ml.m5.xlarge', 'ml.m5.2xlarge', 'ml.m5.xlarge'), CONTINUOUS), 'warning', ['workers'],
    'name ml.m5.xlarge more than once', ['InstanceGroups.0.InstanceRequirements.InstanceTypes'],
  ]],
  tokens: [
    ['a list that only the deployment knows', stack => eks({
      instanceType: undefined, instanceRequirements: { instanceTypes: new CfnParameter(stack, 'Types', { type: 'CommaDelimitedList' }).valueAsList },
    }, CONTINUOUS)],
    ['two types that only the deployment knows', stack =>
      eks(flexible(...['A', 'B'].map(id => new CfnParameter(stack, id).valueAsString)), CONTINUOUS)],
  ],
});

testRule(capacityRequirements, {
  silent: [
    ['Spot capacity', eks({ capacityRequirements: { spot: {} } }, CONTINUOUS)],
    ['On-Demand capacity of a training plan', eks({ capacityRequirements: { onDemand: {} }, trainingPlanArn: PLAN })],
  ],
  finds: [
    [
      'Spot capacity and a training plan', eks({ capacityRequirements: { spot: {} }, trainingPlanArn: PLAN }, CONTINUOUS), 'warning', ['workers'],
      'has CapacityRequirements.Spot and TrainingPlanArn', ['InstanceGroups.0.CapacityRequirements.Spot', 'InstanceGroups.0.TrainingPlanArn'],
    ],
    [
      'Spot and On-Demand capacity', eks({ capacityRequirements: { spot: {}, onDemand: {} } }, CONTINUOUS), 'warning', ['workers'],
      'has CapacityRequirements.Spot and CapacityRequirements.OnDemand',
      ['InstanceGroups.0.CapacityRequirements.Spot', 'InstanceGroups.0.CapacityRequirements.OnDemand'],
    ],
  ],
  tokens: [[
    'a training plan that only the deployment knows', stack =>
      eks({ capacityRequirements: { spot: {} }, trainingPlanArn: new CfnParameter(stack, 'Plan').valueAsString }, CONTINUOUS),
    'warning', ['workers'], 'TrainingPlanArn', ['InstanceGroups.0.CapacityRequirements.Spot', 'InstanceGroups.0.TrainingPlanArn'],
  ]],
});

testRule(instanceGroupNames, {
  silent: [
    ['names that differ', slurm({}, { instanceGroups: [group('a'), group('b')] })],
    ['a name for each branch of a condition', stack => {
      const [condition] = conditions(stack, 1);
      return { instanceGroups: [groupUnder(condition, group('a'), group('a', { instanceCount: 2 })), group('b')] };
    }],
    ['nine names under conditions of their own', stack => ({
      instanceGroups: [group('a'), ...conditions(stack, 9).map((condition, index) => groupUnder(condition, group(`b${index}`)))],
    })],
  ],
  finds: [
    [
      'a name twice', slurm({}, { instanceGroups: [group('a'), group('b'), group('a')] }), 'error', ['a'],
      '2 instance groups of the cluster are called "a".\nGive each a name of its own.',
      ['InstanceGroups.0.InstanceGroupName', 'InstanceGroups.2.InstanceGroupName'],
    ],
    [
      'a name three times', slurm({}, { instanceGroups: [group('a'), group('a'), group('a')] }), 'error', ['a'],
      '3 instance groups of the cluster are called "a"', [...NAMES, 'InstanceGroups.2.InstanceGroupName'],
    ],
    [
      'a name of a standard and of a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('workers')] }), 'error', ['workers'],
      '2 instance groups of the cluster are called "workers"', ['InstanceGroups.0.InstanceGroupName', 'RestrictedInstanceGroups.0.InstanceGroupName'],
    ],
  ],
  tokens: [
    ['two parameters', stack => ({ instanceGroups: ['A', 'B'].map(id => group(new CfnParameter(stack, id).valueAsString)) })],
    ['one parameter twice', stack => {
      const name = new CfnParameter(stack, 'Workers').valueAsString;
      return { instanceGroups: [group(name), group(name)] };
    }, 'error', ['${Workers}'], '2 instance groups of the cluster are called "${Workers}"', NAMES],
    ['a group of the same name under one of many conditions', stack => {
      const [first, ...others] = conditions(stack, 9);
      return { instanceGroups: [group('a'), groupUnder(first, group('a')), ...others.map((one, index) => groupUnder(one, group(`b${index}`)))] };
    }, 'warning', ['a'], ['2 instance groups of the cluster are called "a"', 'This is so when P0 is yes.'], NAMES],
  ],
  findsSeveral: [[
    'nine groups of one name, each under a condition', stack => ({ instanceGroups: [group('a'), ...conditions(stack, 9).map(one => groupUnder(one, group('a')))] }),
    Array(9).fill('warning InstanceGroupNames[a]'),
  ]],
});
