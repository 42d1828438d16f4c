import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Case, eks, expectFindings, Group, group, propertyFindings, restrictedGroup, slurm, VPC_CONFIG } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0f0f0f0f-0000-0000-0000-000000000000';
const DNS = 'fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com';
const LUSTRE = { fsxLustreConfig: { dnsName: DNS, mountName: 'abcdefgh' } };
const OPEN_ZFS = { fsxOpenZfsConfig: { dnsName: DNS } };
const CONTROLLER = { slurmConfig: { nodeType: 'Controller' } };

function ebs(...volumes: CfnCluster.ClusterEbsVolumeConfigProperty[]): Partial<Group> {
  return { instanceStorageConfigs: volumes.map(ebsVolumeConfig => ({ ebsVolumeConfig })) };
}

function mounts(...instanceStorageConfigs: CfnCluster.ClusterInstanceStorageConfigProperty[]): Partial<Group> {
  return { instanceStorageConfigs };
}

describe('EBS volumes', () => {
  test.each<Case>([
    ['a root volume with a key and a secondary one with a size', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY }, { volumeSizeInGb: 1 }), CONTINUOUS), []],
    ['a secondary volume that says so', eks(ebs({ rootVolume: false, volumeSizeInGb: 1, volumeKmsKeyId: KEY }), CONTINUOUS), []],
    ['a root volume without a key', eks(ebs({ rootVolume: true }), CONTINUOUS), ['error EbsVolumes[workers]'], ['The root volume has no VolumeKmsKeyId']],
    [
      'a root volume with a size', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY, volumeSizeInGb: 1 }), CONTINUOUS),
      ['error EbsVolumes[workers]'], ['The root volume has a VolumeSizeInGB'],
    ],
    [
      'a secondary volume without a size', eks(ebs({ volumeKmsKeyId: KEY }), CONTINUOUS),
      ['error EbsVolumes[workers]'], ['The secondary volume has no VolumeSizeInGB'],
    ],
    [
      'two root volumes', eks(ebs({ rootVolume: true, volumeKmsKeyId: KEY }, { rootVolume: true, volumeKmsKeyId: KEY }), CONTINUOUS),
      ['error EbsVolumes[workers]'], ['There are 2 configurations of a root volume'],
    ],
    [
      'two secondary volumes', eks(ebs({ volumeSizeInGb: 1 }, { volumeSizeInGb: 2 })),
      ['error EbsVolumes[workers]'], ['There are 2 configurations of a secondary volume'],
    ],
    [
      'several mistakes in one group, in one finding', eks(ebs({ rootVolume: true, volumeSizeInGb: 1 }, {}), CONTINUOUS),
      ['error EbsVolumes[workers]'], ['has no VolumeKmsKeyId', 'has a VolumeSizeInGB', 'has no VolumeSizeInGB'],
    ],
    ['a volume of a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', ebs({ volumeSizeInGb: 1 }))] }), []],
    [
      'a key in a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', ebs({ volumeSizeInGb: 1, volumeKmsKeyId: KEY }))] }),
      ['error EbsVolumes[nova]'], ['which restricted instance groups do not support'],
    ],
  ])('%s', (_, ...expected) => expectFindings(...expected));

  test('a finding tells where each mistake stands', () => {
    expect(propertyFindings(eks(ebs({ rootVolume: true }, {}), CONTINUOUS))[0].locations).toEqual([
      'Properties.InstanceGroups.0.InstanceStorageConfigs.0.EbsVolumeConfig.VolumeKmsKeyId',
      'Properties.InstanceGroups.0.InstanceStorageConfigs.1.EbsVolumeConfig.VolumeSizeInGB',
    ]);
  });
});

describe('FSx file systems', () => {
  test.each<Case>([
    ['one of each kind', slurm({ ...CONTROLLER, ...mounts(LUSTRE, OPEN_ZFS) }, { vpcConfig: VPC_CONFIG }), []],
    [
      'on a cluster without a VPC', slurm({ ...CONTROLLER, ...mounts(LUSTRE) }),
      ['error FsxVpc[workers]'], ['cannot be mounted: the cluster has no VpcConfig'],
    ],
    ['on EKS without a VPC, reported once', eks(mounts(LUSTRE), { vpcConfig: undefined }), ['error EksVpc']],
    [
      'where no group has a part in Slurm', slurm(mounts(LUSTRE), { vpcConfig: VPC_CONFIG }),
      ['error FsxController[workers]'], ['no group has a SlurmConfig'],
    ],
    [
      'where another group is the controller',
      { instanceGroups: [group('head', CONTROLLER), group('a', { slurmConfig: { nodeType: 'Login' }, ...mounts(OPEN_ZFS) })], vpcConfig: VPC_CONFIG }, [],
    ],
    [
      'two of one kind', slurm({ ...CONTROLLER, ...mounts(LUSTRE, { fsxLustreConfig: { ...LUSTRE.fsxLustreConfig, mountPath: '/other' } }) }, { vpcConfig: VPC_CONFIG }),
      ['error FsxMounts[workers]'], ['at most one Lustre and one OpenZFS file system'],
    ],
    [
      'two at one path', slurm({ ...CONTROLLER, ...mounts(LUSTRE, { fsxOpenZfsConfig: { dnsName: DNS, mountPath: '/fsx' } }) }, { vpcConfig: VPC_CONFIG }),
      ['warning FsxMounts[workers]'], ['mounts two FSx file systems at "/fsx"'],
    ],
    [
      'two that change their default paths',
      slurm({ ...CONTROLLER, ...mounts({ fsxLustreConfig: { ...LUSTRE.fsxLustreConfig, mountPath: '/home' } }, { fsxOpenZfsConfig: { dnsName: DNS, mountPath: '/fsx' } }) },
        { vpcConfig: VPC_CONFIG }), [],
    ],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});

describe('file systems of restricted groups', () => {
  const fileSystem = (sizeInGiB: number, perUnitStorageThroughput = 125) => ({ fSxLustreConfig: { sizeInGiB, perUnitStorageThroughput } });
  const own = (...config: [number, number?]) => eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { environmentConfig: fileSystem(...config) })] });
  const shared = (config: object) => eks({}, {
    restrictedInstanceGroups: [restrictedGroup('nova')],
    restrictedInstanceGroupsConfig: { sharedEnvironmentConfig: { fSxLustreDeletionPolicy: 'Keep', ...config } },
  });

  test.each<Case>([
    ['the smallest', own(1200), []],
    ['the largest', own(100_800, 1000), []],
    ['a multiple of 2400 GiB', own(4800, 250), []],
    ['another size', own(3600), ['warning RestrictedFileSystems[nova]'], ['SizeInGiB 3600 is neither 1200 nor a multiple of 2400']],
    ['another throughput', own(2400, 200), ['warning RestrictedFileSystems[nova]'], ['PerUnitStorageThroughput 200 is none of 125, 250, 500, 1000']],
    ['a shared one', shared(fileSystem(2400)), []],
    ['a shared one of another size', shared(fileSystem(1201)), ['warning RestrictedFileSystems'], ['that of the shared environment']],
    ['no file system in a shared environment', shared({}), ['warning SharedEnvironment'], ['the API requires it, CloudFormation\'s schema does not']],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});
