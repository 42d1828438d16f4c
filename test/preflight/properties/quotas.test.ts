import { Case, eks, expectFindings, group, propertyFindings, restrictedGroup, slurm } from '../private/cluster-properties';

const volume = (volumeSizeInGb: number) => ({ instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb } }] });

test.each<Case>([
  ['as many instances as many accounts may have', slurm({ instanceCount: 20 }), []],
  ['one more', slurm({ instanceCount: 21 }), ['info Quotas'], ['21 instances', 'a quota of 20', 'L-2CE978FC']],
  [
    'one more, over groups of both kinds', eks({}, {
      instanceGroups: [group('a', { instanceCount: 10 })], restrictedInstanceGroups: [restrictedGroup('b', { instanceCount: 11 })],
    }), ['info Quotas'], ['21 instances'],
  ],
  ['a volume as large as many accounts may have', slurm(volume(1024)), []],
  ['a larger one', slurm(volume(1025)), ['info Quotas[workers]'], ['instance group "workers"', '1025 GB', 'a quota of 1024 GB', 'L-E13DF72A']],
])('%s', (_, ...expected) => expectFindings(...expected));

test('the finding tells where the counts stand', () => {
  expect(propertyFindings(slurm({ instanceCount: 21 }))[0].locations).toEqual(['Properties.InstanceGroups.0.InstanceCount']);
});
