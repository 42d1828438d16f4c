import { Size, Stack } from 'aws-cdk-lib';
import { LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Key } from 'aws-cdk-lib/aws-kms';
import { InstanceStorage, SlurmNode } from '../../src';
import { clusterIn, clusterProperties, group, importedVpc } from '../cluster/fixtures';
import { onlyResource, testApp } from '../private/app';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const DNS_NAME = 'fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

const key = () => Key.fromKeyArn(stack, 'Key', KEY_ARN);

test.each<[string, () => InstanceStorage, object]>([
  ['a volume', () => InstanceStorage.ebs({ volumeSize: Size.tebibytes(2) }), { EbsVolumeConfig: { VolumeSizeInGB: 2048 } }],
  [
    'a volume with a key',
    () => InstanceStorage.ebs({ volumeSize: Size.gibibytes(1), encryptionKey: key() }),
    { EbsVolumeConfig: { VolumeSizeInGB: 1, VolumeKmsKeyId: KEY_ARN } },
  ],
  ['the key of the root volume, which has no size', () => InstanceStorage.rootVolumeKey(key()), { EbsVolumeConfig: { RootVolume: true, VolumeKmsKeyId: KEY_ARN } }],
  [
    'FSx for Lustre by its attributes',
    () => InstanceStorage.lustreFromAttributes({ dnsName: DNS_NAME, mountName: 'abcdefgh', mountPath: '/data' }),
    { FsxLustreConfig: { DnsName: DNS_NAME, MountName: 'abcdefgh', MountPath: '/data' } },
  ],
  [
    'FSx for Lustre where the service mounts it',
    () => InstanceStorage.lustreFromAttributes({ dnsName: DNS_NAME, mountName: 'abcdefgh' }),
    { FsxLustreConfig: { DnsName: DNS_NAME, MountName: 'abcdefgh' } },
  ],
  [
    'FSx for OpenZFS by its attributes',
    () => InstanceStorage.openZfsFromAttributes({ dnsName: DNS_NAME, mountPath: '/home' }),
    { FsxOpenZfsConfig: { DnsName: DNS_NAME, MountPath: '/home' } },
  ],
])('%s', (_, storage, rendered) => {
  clusterIn(stack, { vpc: importedVpc(stack), instanceGroups: [group('controller', { slurmNode: SlurmNode.controller(), instanceStorageConfigs: [storage()] })] });

  expect(clusterProperties(stack).InstanceGroups[0].InstanceStorageConfigs).toEqual([rendered]);
});

test('FSx for Lustre of the app gives its own names, which the cluster waits for', () => {
  const vpc = importedVpc(stack);
  const fileSystem = new LustreFileSystem(stack, 'Scratch', {
    vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
  });
  clusterIn(stack, { vpc, instanceGroups: [group('controller', { slurmNode: SlurmNode.controller(), instanceStorageConfigs: [InstanceStorage.lustre(fileSystem, { mountPath: '/scratch' })] })] });

  const { logicalId } = onlyResource(stack, 'AWS::FSx::FileSystem');
  expect(clusterProperties(stack).InstanceGroups[0].InstanceStorageConfigs).toEqual([{
    FsxLustreConfig: {
      DnsName: { 'Fn::Join': ['', [{ Ref: logicalId }, '.fsx.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] },
      MountName: { 'Fn::GetAtt': [logicalId, 'LustreMountName'] },
      MountPath: '/scratch',
    },
  }]);
});
