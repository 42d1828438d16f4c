import { CfnParameter, Fn } from 'aws-cdk-lib';
import { continuousProvisioning } from '../../../src/preflight/properties/continuous-provisioning';
import { eks, slurm } from '../private/cluster-properties';
import { conditions } from '../private/conditions';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0f0f0f0f-0000-0000-0000-000000000000';
const ENCRYPTED = { instanceStorageConfigs: [{ ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: KEY } }] };
const FLEXIBLE = { instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.m5.xlarge'] } };
const SPOT = { capacityRequirements: { spot: {} } };
const AUTO_SCALING = { autoScaling: { mode: 'Enable' }, clusterRole: 'arn:aws:iam::111122223333:role/karpenter' };
const ACCOUNTING = { endpoint: 'db.example.com', secretArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:slurm-a1b2c3' };
const CONTRADICTION = [
  '"Continuous provisioning is the default for new clusters"', '"If the parameter is omitted, uses the standard scaling approach in previous release"',
];
const VOLUME_KEY = 'InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId';

testRule(continuousProvisioning, {
  silent: [
    ['flexible instance types, with the mode', eks(FLEXIBLE, CONTINUOUS)],
    ['a minimum count, with the mode', eks({ minInstanceCount: 1 }, CONTINUOUS)],
    ['Spot capacity, with the mode', eks(SPOT, CONTINUOUS)],
    ['keys of volumes, with the mode', eks(ENCRYPTED, CONTINUOUS)],
    ['a minimum count of 0, which is the default', eks({ minInstanceCount: 0 })],
    ['On-Demand capacity', eks({ capacityRequirements: { onDemand: {} } })],
    ['a volume without a key', slurm({ instanceStorageConfigs: [{ ebsVolumeConfig: { volumeSizeInGb: 100 } }] })],
    ['autoscaling that is disabled', eks({}, { autoScaling: { mode: 'Disable' } })],
  ],
  finds: [
    [
      'flexible instance types', eks(FLEXIBLE), 'warning', ['workers'], ['instance group "workers" has InstanceRequirements', ...CONTRADICTION],
      ['InstanceGroups.0.InstanceRequirements'],
    ],
    [
      'a minimum count', eks({ minInstanceCount: 1 }), 'warning', ['workers'], ['instance group "workers" has MinInstanceCount', ...CONTRADICTION],
      ['InstanceGroups.0.MinInstanceCount'],
    ],
    [
      'Spot capacity', eks(SPOT), 'warning', ['workers'], ['has CapacityRequirements.Spot', ...CONTRADICTION],
      ['InstanceGroups.0.CapacityRequirements.Spot'],
    ],
    ['keys of volumes', eks(ENCRYPTED), 'warning', ['workers'], [`has ${VOLUME_KEY}`, ...CONTRADICTION], [`InstanceGroups.0.${VOLUME_KEY}`]],
    ['autoscaling', eks({}, AUTO_SCALING), 'warning', [], 'The cluster has AutoScaling', ['AutoScaling', 'NodeProvisioningMode']],
    [
      // CDK's own validation does not know AccountingDatabase yet.
      'an accounting database', slurm({}, { orchestrator: { slurm: { accountingDatabase: ACCOUNTING } as any } }), 'warning', [],
      'The cluster has Orchestrator.Slurm.AccountingDatabase', ['Orchestrator.Slurm.AccountingDatabase', 'NodeProvisioningMode'], { withoutValidation: true },
    ],
  ],
  tokens: [
    ['a mode that only the deployment knows', stack =>
      eks({ minInstanceCount: 1 }, { nodeProvisioningMode: new CfnParameter(stack, 'Mode').valueAsString }), { withoutValidation: true }],
    ['a mode that is left out under a condition', stack => {
      const [condition] = conditions(stack, 1);
      return eks({ minInstanceCount: 1 }, { nodeProvisioningMode: Fn.conditionIf(condition, 'Continuous', Fn.ref('AWS::NoValue')).toString() });
    }, 'warning', ['workers'], ['has MinInstanceCount', 'This is so when P0 is not yes.'], ['InstanceGroups.0.MinInstanceCount']],
  ],
  findsSeveral: [[
    'several at once', eks({ minInstanceCount: 1, ...SPOT }, AUTO_SCALING), ['warning ContinuousProvisioning', 'warning ContinuousProvisioning[workers]'],
  ]],
});
