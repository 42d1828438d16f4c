import { Case, eks, expectFindings, propertyFindings, slurm } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0f0f0f0f-0000-0000-0000-000000000000';
const ENCRYPTED = { instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: KEY } }] };
const FLEXIBLE = { instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.m5.xlarge'] } };
const AUTO_SCALING = { autoScaling: { mode: 'Enable' }, clusterRole: 'arn:aws:iam::111122223333:role/karpenter' };

test.each<[string, Case[1], Case[1], string]>([
  ['flexible instance types', eks(FLEXIBLE), eks(FLEXIBLE, CONTINUOUS), 'instance group "workers" has InstanceRequirements'],
  ['a minimum count', eks({ minInstanceCount: 1 }), eks({ minInstanceCount: 1 }, CONTINUOUS), 'instance group "workers" has MinInstanceCount'],
  ['Spot capacity', eks({ capacityRequirements: { spot: {} } }), eks({ capacityRequirements: { spot: {} } }, CONTINUOUS), 'has CapacityRequirements.Spot'],
  ['keys of volumes', eks(ENCRYPTED), eks(ENCRYPTED, CONTINUOUS), 'has InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId'],
])('%s: a warning that quotes what AWS says of the default, unless the mode is set', (_, without, withMode, says) => {
  expectFindings(without, ['warning ContinuousProvisioning[workers]'], [
    says, '"Continuous provisioning is the default for new clusters"', '"If the parameter is omitted, uses the standard scaling approach in previous release"',
  ]);
  expectFindings(withMode, []);
});

test.each<Case>([
  ['a minimum count of 0, which is the default', eks({ minInstanceCount: 0 }), []],
  ['On-Demand capacity', eks({ capacityRequirements: { onDemand: {} } }), []],
  ['a volume without a key', slurm({ instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb: 100 } }] }), []],
  ['autoscaling', eks({}, AUTO_SCALING), ['warning ContinuousProvisioning'], ['The cluster has AutoScaling']],
  ['autoscaling that is disabled', eks({}, { autoScaling: { mode: 'Disable' } }), []],
  [
    'several at once', eks({ minInstanceCount: 1, capacityRequirements: { spot: {} } }, AUTO_SCALING),
    ['warning ContinuousProvisioning', 'warning ContinuousProvisioning[workers]'], ['has MinInstanceCount and CapacityRequirements.Spot'],
  ],
  [
    // CDK's own validation does not know AccountingDatabase yet.
    'an accounting database', slurm({}, {
      orchestrator: {
        slurm: {
          accountingDatabase: {
            endpoint: 'db.example.com', secretArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:slurm-a1b2c3',
          },
        } as any,
      },
    }),
    ['warning ContinuousProvisioning'], ['The cluster has Orchestrator.Slurm.AccountingDatabase'], { withoutValidation: true },
  ],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding tells what to set', () => {
  expect(propertyFindings(eks({}, AUTO_SCALING))[0].locations).toEqual(['Properties.AutoScaling', 'Properties.NodeProvisioningMode']);
  expect(propertyFindings(eks(ENCRYPTED))[0].locations)
    .toEqual(['Properties.InstanceGroups.0.InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId']);
});
