import { CfnParameter } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { slurmProvisioningParameters } from '../../../src/preflight/scripts/slurm-provisioning-parameters';
import { VPC_CONFIG } from '../private/cluster-properties';
import { isYes, optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, PackageOptions } from '../private/script-packages';

const PARAMETERS = {
  version: '1.0.0',
  workload_manager: 'slurm',
  controller_group: 'controller',
  login_group: 'login',
  worker_groups: [{ instance_group_name: 'workers', partition_name: 'gpu' }],
};
const NAMES = ['controller', 'login', 'workers'];
const GROUPS = NAMES.map(instanceGroupName => ({ instanceGroupName }));
const SLURM_CONFIGS = [
  { nodeType: 'Controller' }, { nodeType: 'Login' }, { nodeType: 'Compute', partitionNames: ['gpu'] },
];
const CONFIGURED = GROUPS.map((group, index) => ({ ...group, slurmConfig: SLURM_CONFIGS[index] }));
const EKS = { orchestrator: { eks: { clusterArn: 'arn:aws:eks:eu-west-1:123456789012:cluster/training' } }, vpcConfig: VPC_CONFIG };
const SOURCES = NAMES.map((_, index) => `InstanceGroups.${index}.LifeCycleConfig.SourceS3Uri`);
const NO_CONTROLLER = { ...PARAMETERS, controller_group: 'x' };

const withFile = (parameters: object, options: PackageOptions = {}) =>
  clusterOn({ 'on_create.sh': '#!/bin/bash\n', 'provisioning_parameters.json': JSON.stringify(parameters, undefined, 1) }, { groups: GROUPS, ...options });

testRule(slurmProvisioningParameters, {
  namesFiles: true,
  silent: [
    ['a file that fits the cluster', withFile(PARAMETERS)],
    ['a file in a directory, which is another file', withFile({}, {
      sources: () => [Source.asset(directoryOf({ 'on_create.sh': '#!/bin/bash\n', 'samples/provisioning_parameters.json': '{}' }))],
    })],
    ['a cluster that EKS orchestrates', withFile({ controller_group: 'x' }, { cluster: EKS })],
    ['a group with its part in the file, and an image in some deployments only', withFile(PARAMETERS, {
      overrides: (stack, cluster) => cluster.addPropertyOverride('InstanceGroups.0.ImageId', {
        'Fn::If': [isYes(stack, 'Custom').logicalId, 'ami-0123456789abcdef0', { Ref: 'AWS::NoValue' }],
      }),
    })],
  ],
  finds: [
    ['a controller group that the cluster does not have', withFile({ ...PARAMETERS, controller_group: 'Controller' }), 'error', NAMES,
      'provisioning_parameters.json:4: controller_group "Controller" is no instance group of the cluster, which has "controller", "login", "workers"', SOURCES],
    ['a login group that it does not have', withFile({ ...PARAMETERS, login_group: 'logins' }), 'error', NAMES, ':5: login_group "logins" is no instance group', SOURCES],
    ['worker groups that it does not have', withFile({
      ...PARAMETERS, worker_groups: [...PARAMETERS.worker_groups, { instance_group_name: 'worker', partition_name: 'gpu' }],
    }), 'error', NAMES, ':12: worker_groups "worker" is no instance group', SOURCES],
    ['a group without a part', withFile({ ...PARAMETERS, login_group: undefined }), 'warning', NAMES, 'the instance group "login" has no part in it', SOURCES],
    ['no controller group', withFile({ ...PARAMETERS, controller_group: undefined }), 'error', NAMES, 'controller_group is missing', SOURCES],
    ['no partition', withFile({ ...PARAMETERS, worker_groups: [{ instance_group_name: 'workers' }] }), 'error', NAMES, ':8: partition_name is missing', SOURCES],
    ['no version', withFile({ ...PARAMETERS, version: undefined }), 'warning', NAMES, 'version is missing', SOURCES],
    ['no workload manager', withFile({ ...PARAMETERS, workload_manager: undefined }), 'warning', NAMES, 'workload_manager is missing', SOURCES],
    ['a SlurmConfig beside it', withFile(PARAMETERS, { groups: CONFIGURED }), 'error', NAMES, [
      'instance groups "controller", "login", "workers" have a SlurmConfig, which says the same in another place',
      'The LifeCycleConfig cannot include both a SLURM Orchestrator Config and a provisioning_parameters.json file simultaneously.',
    ], SOURCES],
    ['a SlurmConfig of one group beside it', withFile(PARAMETERS, { groups: [CONFIGURED[0], ...GROUPS.slice(1)] }), 'error', NAMES,
      'instance groups "controller" have a SlurmConfig', SOURCES],
    ['a SlurmConfig beside a file that is not JSON', clusterOn({ 'on_create.sh': '#!/bin/bash\n', 'provisioning_parameters.json': '{' }, { groups: CONFIGURED }),
      'error', NAMES, 'have a SlurmConfig', SOURCES],
    ['Slurm as the orchestrator beside it, without SlurmConfig', withFile(PARAMETERS, { groups: GROUPS, cluster: { orchestrator: { slurm: {} } } }), 'warning', NAMES,
      'The LifeCycleConfig cannot include both a SLURM Orchestrator Config', SOURCES],
    ['a SlurmConfig that contradicts it', withFile({ ...PARAMETERS, login_group: 'controller', controller_group: 'login' }, { groups: CONFIGURED }), 'error', NAMES,
      '"controller" is a Controller there and login_group here; "login" is a Login there and controller_group here', SOURCES],
    ['a SlurmConfig beside it, under continuous provisioning', withFile(PARAMETERS, { groups: CONFIGURED, cluster: { nodeProvisioningMode: 'Continuous' } }),
      'error', NAMES, 'have a SlurmConfig', SOURCES],
    ['a group that is there in some deployments only, and has no part', withFile({ ...PARAMETERS, login_group: undefined }, {
      overrides: (stack, cluster) => {
        const [controller, login, workers] = cluster.instanceGroups as CfnCluster.ClusterInstanceGroupProperty[];
        cluster.instanceGroups = [controller, optionalGroup(stack, 'Login', login), workers];
      },
    }), 'warning', NAMES, ['the instance group "login" has no part in it', 'This is so when Login is yes.'], SOURCES],
  ],
  tokens: [
    ['names that are known only at deployment', withFile({}, {
      sources: stack => [
        Source.asset(directoryOf({ 'on_create.sh': '#!/bin/bash\n' })),
        Source.jsonData('provisioning_parameters.json', { ...PARAMETERS, controller_group: new CfnParameter(stack, 'Controller').valueAsString }),
      ],
    })],
    ['what orchestrates is known only at deployment', withFile(NO_CONTROLLER, {
      overrides: (stack, cluster) => {
        const template = new CfnParameter(stack, 'Orchestrator').valueAsString;
        cluster.addPropertyOverride('Orchestrator', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: stack.resolve(template) } } });
      },
    }), { withoutValidation: true }],
    ['EKS orchestrates in some deployments', withFile(NO_CONTROLLER, {
      overrides: (stack, cluster) => {
        cluster.addPropertyOverride('VpcConfig', { Subnets: VPC_CONFIG.subnets, SecurityGroupIds: VPC_CONFIG.securityGroupIds });
        cluster.addPropertyOverride('Orchestrator', { 'Fn::If': [isYes(stack, 'Eks').logicalId, { Eks: { ClusterArn: EKS.orchestrator.eks.clusterArn } }, { Ref: 'AWS::NoValue' }] });
      },
    }), 'warning', NAMES, ['"x" is no instance group', 'This is so when Eks is no.'], SOURCES],
    ['a SlurmConfig beside it in some deployments', withFile(PARAMETERS, {
      overrides: (stack, cluster) => cluster.addPropertyOverride('InstanceGroups.0.SlurmConfig', {
        'Fn::If': [isYes(stack, 'Api').logicalId, { NodeType: 'Controller' }, { Ref: 'AWS::NoValue' }],
      }),
    }), 'warning', NAMES, ['have a SlurmConfig', 'This is so when Api is yes.'], SOURCES],
    ['a SlurmConfig beside it, with a provisioning mode that has one allowed value', withFile(PARAMETERS, {
      groups: CONFIGURED, cluster: stack => ({ nodeProvisioningMode: new CfnParameter(stack, 'Mode', { allowedValues: ['Continuous'] }).valueAsString }),
    }), 'error', NAMES, 'have a SlurmConfig', SOURCES],
  ],
});
