import { CfnParameter } from 'aws-cdk-lib';
import { quotas } from '../../../src/preflight/properties/quotas';
import { eks, group, restrictedGroup, slurm } from '../private/cluster-properties';
import { conditions, groupUnder } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const volume = (volumeSizeInGb: number) => ({ instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb } }] });
const countsOf = (groups: number) => Array.from({ length: groups }, (_, index) => `InstanceGroups.${index}.InstanceCount`);

testRule(quotas, {
  silent: [
    ['as many instances as many accounts may have', slurm({ instanceCount: 20 })],
    ['a volume as large as many accounts may have', slurm(volume(1024))],
    ['too many instances that are never there together', stack => {
      const [condition] = conditions(stack, 1);
      return { instanceGroups: [groupUnder(condition, group('a', { instanceCount: 15 }), group('b', { instanceCount: 15 }))] };
    }],
    ['as many under nine conditions', stack => ({
      instanceGroups: [group('a'), ...conditions(stack, 9).map((condition, index) => groupUnder(condition, group(`b${index}`)))],
    })],
  ],
  finds: [
    ['one instance more', slurm({ instanceCount: 21 }), 'info', [], ['The cluster has 21 instances', 'a quota of 20', 'L-2CE978FC'], countsOf(1)],
    [
      'one more, over groups of both kinds', eks({}, {
        instanceGroups: [group('a', { instanceCount: 10 })], restrictedInstanceGroups: [restrictedGroup('b', { instanceCount: 11 })],
      }), 'info', [], '21 instances', [...countsOf(1), 'RestrictedInstanceGroups.0.InstanceCount'],
    ],
    [
      'a larger volume', slurm(volume(1025)), 'info', ['workers'], ['instance group "workers"', '1025 GB', 'a quota of 1024 GB', 'L-E13DF72A'],
      ['InstanceGroups.0.InstanceStorageConfigs.0.EbsVolumeConfig.VolumeSizeInGB'],
    ],
    ['many under nine conditions, none of which matters', stack => ({
      instanceGroups: [group('a', { instanceCount: 30 }), ...conditions(stack, 9).map((one, index) => groupUnder(one, group(`b${index}`, { instanceCount: 0 })))],
    }), 'info', [], 'The cluster has 30 instances', countsOf(10)],
    ['one of two groups under conditions', stack => {
      const [first, second] = conditions(stack, 2);
      return { instanceGroups: [groupUnder(first, group('a', { instanceCount: 21 })), groupUnder(second, group('b', { instanceCount: 0 })), group('c', { instanceCount: 0 })] };
    }, 'info', [], ['The cluster has 21 instances', 'This is so when P0 is yes.'], countsOf(3)],
  ],
  tokens: [
    ['a count that only the deployment knows', stack => slurm({ instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber })],
    ['counts that are chosen from some and fit together', stack => ({
      instanceGroups: Array.from({ length: 4 }, (_, index) => group(`a${index}`, {
        instanceCount: new CfnParameter(stack, `Count${index}`, { type: 'Number', allowedValues: ['1', '5'], default: 1 }).valueAsNumber,
      })),
    })],
  ],
  findsSeveral: [[
    'nine groups under conditions, of which almost all have to be there', stack => ({
      instanceGroups: [group('a', { instanceCount: 3 }), ...conditions(stack, 9).map((one, index) => groupUnder(one, group(`b${index}`, { instanceCount: 2 })))],
    }), ['info Quotas'],
  ]],
});
