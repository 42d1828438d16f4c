import { CfnParameter } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { PrintedFinding } from '../../corpus/private/harness';
import { directoryOf, findingsOn, PackageOptions } from '../private/script-packages';

const PARAMETERS = {
  version: '1.0.0',
  workload_manager: 'slurm',
  controller_group: 'controller',
  login_group: 'login',
  worker_groups: [{ instance_group_name: 'workers', partition_name: 'gpu' }],
};
const GROUPS = ['controller', 'login', 'workers'].map(instanceGroupName => ({ instanceGroupName }));
const SLURM_CONFIGS = [
  { nodeType: 'Controller' }, { nodeType: 'Login' }, { nodeType: 'Compute', partitionNames: ['gpu'] },
];

function findingsOnParameters(parameters: object, options: PackageOptions = {}): PrintedFinding[] {
  return findingsOn({ 'on_create.sh': '#!/bin/bash\n', 'provisioning_parameters.json': JSON.stringify(parameters, undefined, 1) }, { groups: GROUPS, ...options });
}

test('a file that fits the cluster has no findings', () => {
  expect(findingsOnParameters(PARAMETERS)).toEqual([]);
});

test.each<[string, 'error' | 'warning', object, string, PackageOptions?]>([
  [
    'a controller group that the cluster does not have', 'error', { ...PARAMETERS, controller_group: 'Controller' },
    'provisioning_parameters.json:4: controller_group "Controller" is no instance group of the cluster, which has "controller", "login", "workers"',
  ],
  ['a login group that it does not have', 'error', { ...PARAMETERS, login_group: 'logins' }, ':5: login_group "logins" is no instance group'],
  [
    'worker groups that it does not have', 'error',
    { ...PARAMETERS, worker_groups: [...PARAMETERS.worker_groups, { instance_group_name: 'worker', partition_name: 'gpu' }] },
    ':12: worker_groups "worker" is no instance group',
  ],
  ['a group without a part', 'warning', { ...PARAMETERS, login_group: undefined }, 'the instance group "login" has no part in it'],
  ['no controller group', 'error', { ...PARAMETERS, controller_group: undefined }, 'controller_group is missing'],
  ['no partition', 'error', { ...PARAMETERS, worker_groups: [{ instance_group_name: 'workers' }] }, ':8: partition_name is missing'],
  ['no version', 'warning', { ...PARAMETERS, version: undefined }, 'version is missing'],
  ['no workload manager', 'warning', { ...PARAMETERS, workload_manager: undefined }, 'workload_manager is missing'],
  [
    'a SlurmConfig beside it', 'warning', PARAMETERS, 'instance groups "controller", "login", "workers" have a SlurmConfig, which says the same in another place',
    { groups: GROUPS.map((group, index) => ({ ...group, slurmConfig: SLURM_CONFIGS[index] })) },
  ],
  [
    'a SlurmConfig that contradicts it', 'warning', { ...PARAMETERS, login_group: 'controller', controller_group: 'login' },
    '"controller" is a Controller there and login_group here; "login" is a Login there and controller_group here',
    { groups: GROUPS.map((group, index) => ({ ...group, slurmConfig: SLURM_CONFIGS[index] })) },
  ],
  [
    'a SlurmConfig beside it, under continuous provisioning', 'error', PARAMETERS, 'have a SlurmConfig',
    { groups: GROUPS.map((group, index) => ({ ...group, slurmConfig: SLURM_CONFIGS[index] })), cluster: { nodeProvisioningMode: 'Continuous' } },
  ],
])('%s: exactly one finding, as %s', (_, level, parameters, text, options = {}) => {
  const findings = findingsOnParameters(parameters, options);

  expect(findings).toEqual([expect.objectContaining({
    rule: 'HyperPod-SlurmProvisioningParameters', level, subjects: ['controller', 'login', 'workers'], message: expect.stringContaining(text),
  })]);
});

test.each<[string, object, PackageOptions]>([
  ['a file in a directory, which is another file', {}, {
    sources: () => [Source.asset(directoryOf({ 'on_create.sh': '#!/bin/bash\n', 'samples/provisioning_parameters.json': '{}' }))],
  }],
  ['names that are known only at deployment', {}, {
    sources: stack => [
      Source.asset(directoryOf({ 'on_create.sh': '#!/bin/bash\n' })),
      Source.jsonData('provisioning_parameters.json', { ...PARAMETERS, controller_group: new CfnParameter(stack, 'Controller').valueAsString }),
    ],
  }],
  ['a cluster that EKS orchestrates', { controller_group: 'x' }, {
    cluster: {
      orchestrator: { eks: { clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/training' } },
      vpcConfig: { subnets: ['subnet-11111111'], securityGroupIds: ['sg-11111111'] },
    },
  }],
])('nothing is said about %s', (_, parameters, options) => {
  expect(findingsOnParameters(parameters, options).map(({ rule }) => rule)).not.toContain('HyperPod-SlurmProvisioningParameters');
});
