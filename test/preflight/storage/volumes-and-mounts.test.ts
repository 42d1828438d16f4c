import { CfnParameter } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { ebsVolumes } from '../../../src/preflight/storage/ebs-volumes';
import { fsxController } from '../../../src/preflight/storage/fsx-controller';
import { fsxMounts } from '../../../src/preflight/storage/fsx-mounts';
import { fsxVpc } from '../../../src/preflight/storage/fsx-vpc';
import { eks, Group, group, restrictedGroup, slurm, VPC_CONFIG } from '../private/cluster-properties';
import { conditionalGroups, WITHOUT_VALIDATION } from '../private/network';
import { isYes, optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const IN_VPC = { vpcConfig: VPC_CONFIG };
const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0f0f0f0f-0000-0000-0000-000000000000';
const DNS = 'fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com';
const LUSTRE = { fsxLustreConfig: { dnsName: DNS, mountName: 'abcdefgh' } };
const OPEN_ZFS = { fsxOpenZfsConfig: { dnsName: DNS } };
const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };
const STORAGE = 'InstanceGroups.0.InstanceStorageConfigs';

function ebs(...volumes: CfnCluster.ClusterEbsVolumeConfigProperty[]): Partial<Group> {
  return { instanceStorageConfigs: volumes.map(ebsVolumeConfig => ({ ebsVolumeConfig })) };
}

function mounts(...instanceStorageConfigs: CfnCluster.ClusterInstanceStorageConfigProperty[]): Partial<Group> {
  return { instanceStorageConfigs };
}

const volume = (index: number, property?: string) => `${STORAGE}.${index}.EbsVolumeConfig${property === undefined ? '' : `.${property}`}`;

testRule(ebsVolumes, {
  silent: [
    ['a root volume with a key and a secondary one with a size', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY }, { volumeSizeInGb: 1 }), CONTINUOUS)],
    ['a secondary volume that says so', eks(ebs({ rootVolume: false, volumeSizeInGb: 1, volumeKmsKeyId: KEY }), CONTINUOUS)],
    ['a volume of a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', ebs({ volumeSizeInGb: 1 }))] })],
  ],
  finds: [
    ['a root volume without a key', eks(ebs({ rootVolume: true }), CONTINUOUS), 'error', ['workers'],
      'The root volume has no VolumeKmsKeyId', [volume(0, 'VolumeKmsKeyId')]],
    ['a root volume with a size', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY, volumeSizeInGb: 1 }), CONTINUOUS), 'error', ['workers'],
      'The root volume has a VolumeSizeInGB', [volume(0, 'VolumeSizeInGB')]],
    ['a secondary volume without a size', eks(ebs({ volumeKmsKeyId: KEY }), CONTINUOUS), 'error', ['workers'],
      'The secondary volume has no VolumeSizeInGB', [volume(0, 'VolumeSizeInGB')]],
    ['two root volumes', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY }, { rootVolume: true, volumeKmsKeyId: KEY }), CONTINUOUS), 'error', ['workers'],
      'There are 2 configurations of a root volume', [volume(0), volume(1)]],
    ['two secondary volumes', eks(ebs({ volumeSizeInGb: 1 }, { volumeSizeInGb: 2 })), 'error', ['workers'],
      'There are 2 configurations of a secondary volume', [volume(0), volume(1)]],
    ['several mistakes in one group, in one finding', eks(ebs({ rootVolume: true, volumeSizeInGb: 1 }, {}), CONTINUOUS), 'error', ['workers'],
      ['has no VolumeKmsKeyId', 'has a VolumeSizeInGB', 'has no VolumeSizeInGB'],
      [volume(0, 'VolumeKmsKeyId'), volume(0, 'VolumeSizeInGB'), volume(1, 'VolumeSizeInGB')]],
    ['a key in a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', ebs({ volumeSizeInGb: 1, volumeKmsKeyId: KEY }))] }),
      'error', ['nova'], 'which restricted instance groups do not support',
      ['RestrictedInstanceGroups.0.InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId']],
  ],
  tokens: [
    ['a size that is a parameter', stack => eks(ebs({ volumeSizeInGb: new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber }))],
    ['a volume that may be the root one', stack => eks(ebs({ rootVolume: new CfnParameter(stack, 'Root').value as any }), CONTINUOUS),
      { withoutValidation: true }],
    ['a volume that is the root one under a condition', stack => {
      const isRoot = isYes(stack, 'Root');
      return eks(ebs({ volumeSizeInGb: 1, rootVolume: { 'Fn::If': [isRoot.logicalId, true, false] } as any }), CONTINUOUS);
    }, 'warning', ['workers'], ['The root volume has a VolumeSizeInGB', 'This is so when Root is yes.'],
    [volume(0, 'VolumeKmsKeyId'), volume(0, 'VolumeSizeInGB')], { withoutValidation: true }],
  ],
});

testRule(fsxVpc, {
  silent: [
    ['a cluster with a VPC', slurm({ ...CONTROLLER, ...mounts(LUSTRE, OPEN_ZFS) }, IN_VPC)],
    ['a cluster on EKS, whose missing VPC is wrong in itself', eks(mounts(LUSTRE), { vpcConfig: undefined })],
    ['a cluster without mounts', slurm()],
  ],
  finds: [
    ['no VPC', slurm({ ...CONTROLLER, ...mounts(LUSTRE) }), 'error', ['workers'], 'cannot be mounted: the cluster has no VpcConfig', [STORAGE]],
    ['no VPC, of several groups that mount', { instanceGroups: [group('a', mounts(LUSTRE)), group('b'), group('c', mounts(OPEN_ZFS))] }, 'error', ['a', 'c'],
      'The FSx file systems of instance groups "a", "c" cannot be mounted', [STORAGE, 'InstanceGroups.2.InstanceStorageConfigs']],
    ['a group that exists under one of many conditions', stack => ({
      instanceGroups: conditionalGroups(stack, mounts(LUSTRE)),
    }), 'warning', ['group-7'], 'This is so when Has7 is yes.', ['InstanceGroups.8.InstanceStorageConfigs'], WITHOUT_VALIDATION],
  ],
  tokens: [
    ['a VPC under a condition', stack => slurm(mounts(LUSTRE), {
      vpcConfig: { 'Fn::If': [isYes(stack, 'HasVpc').logicalId, { Subnets: VPC_CONFIG.subnets, SecurityGroupIds: VPC_CONFIG.securityGroupIds }, { Ref: 'AWS::NoValue' }] } as any,
    }), 'warning', ['workers'], 'This is so when HasVpc is no.', [STORAGE], { withoutValidation: true }],
  ],
});

testRule(fsxController, {
  silent: [
    ['the group that mounts is the controller', slurm({ ...CONTROLLER, ...mounts(LUSTRE, OPEN_ZFS) }, IN_VPC)],
    ['another group is the controller', {
      instanceGroups: [group('head', CONTROLLER), group('a', { slurmConfig: { nodeType: 'Login' }, ...mounts(OPEN_ZFS) })], ...IN_VPC,
    }],
    ['a cluster on EKS', eks(mounts(LUSTRE))],
  ],
  finds: [
    ['no group has a part in Slurm', slurm(mounts(LUSTRE), IN_VPC), 'error', ['workers'], 'no group has a SlurmConfig', [STORAGE]],
    ['no group has one, and several mount', { instanceGroups: [group('a', mounts(LUSTRE)), group('b', mounts(OPEN_ZFS))], ...IN_VPC }, 'error', ['a', 'b'],
      'The nodes of instance groups "a", "b" mount', [STORAGE, 'InstanceGroups.1.InstanceStorageConfigs']],
  ],
  tokens: [
    ['a group that is the controller exists under a condition', stack => ({
      instanceGroups: [group('a', mounts(LUSTRE)), optionalGroup(stack, 'HasHead', group('head', CONTROLLER))], ...IN_VPC,
    }), 'warning', ['a'], 'This is so when HasHead is no.', [STORAGE]],
  ],
});

testRule(fsxMounts, {
  silent: [
    ['one of each kind', slurm({ ...CONTROLLER, ...mounts(LUSTRE, OPEN_ZFS) }, IN_VPC)],
    ['two that change their default paths', slurm({
      ...CONTROLLER,
      ...mounts(
        { fsxLustreConfig: { ...LUSTRE.fsxLustreConfig, mountPath: '/home' } }, { fsxOpenZfsConfig: { dnsName: DNS, mountPath: '/fsx' } }),
    }, IN_VPC)],
  ],
  finds: [
    ['two of one kind', slurm({ ...CONTROLLER, ...mounts(LUSTRE, { fsxLustreConfig: { ...LUSTRE.fsxLustreConfig, mountPath: '/other' } }) }, IN_VPC),
      'error', ['workers'], 'at most one Lustre and one OpenZFS file system', [`${STORAGE}.0.FsxLustreConfig`, `${STORAGE}.1.FsxLustreConfig`]],
    ['two at one path', slurm({ ...CONTROLLER, ...mounts(LUSTRE, { fsxOpenZfsConfig: { dnsName: DNS, mountPath: '/fsx' } }) }, IN_VPC),
      'warning', ['workers'], 'mounts two FSx file systems at "/fsx"', [`${STORAGE}.0.FsxLustreConfig.MountPath`, `${STORAGE}.1.FsxOpenZfsConfig.MountPath`]],
  ],
  tokens: [
    ['a path that is a parameter', stack => slurm({
      ...CONTROLLER,
      ...mounts(
        LUSTRE, { fsxOpenZfsConfig: { dnsName: DNS, mountPath: new CfnParameter(stack, 'Path').valueAsString } }),
    }, IN_VPC)],
  ],
});
