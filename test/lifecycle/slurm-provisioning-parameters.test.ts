import { App, Fn, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { awsBaseConfiguration } from './private/aws-base-configuration';
import { uploadedFiles } from './private/uploaded-files';
import {
  HyperPodCluster, HyperPodClusterProps, LifecycleScripts, NodeProvisioningMode, Orchestrator, SlurmNode, SlurmProvisioningParameters,
  SlurmProvisioningParametersOptions,
} from '../../src';
import { clusterIn, clusterProperties, group, importedVpc } from '../cluster/fixtures';
import { directoryOf } from '../preflight/private/script-packages';
import { onlyResource, testApp } from '../private/app';

const SLURM_GROUPS = [
  group('head', { slurmNode: SlurmNode.controller() }),
  group('access', { slurmNode: SlurmNode.login() }),
  group('gpus', { slurmNode: SlurmNode.compute('train') }),
  group('more-gpus', { slurmNode: SlurmNode.compute('train') }),
];

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
});

function scripts(options: SlurmProvisioningParametersOptions = {}): LifecycleScripts {
  return LifecycleScripts.inline({ 'on_create.sh': '#!/bin/bash\n' }, {
    onCreate: 'on_create.sh', provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups(options),
  });
}

function slurmCluster(props: HyperPodClusterProps = {}): HyperPodCluster {
  return clusterIn(stack, { instanceGroups: SLURM_GROUPS, lifecycleScripts: scripts(), ...props });
}

/** The uploaded file, with `values` for what is known only at deployment. */
function uploadedParameters(values: Record<string, string> = {}): string {
  return uploadedFiles(stack, values).get('provisioning_parameters.json')!.toString();
}

describe('the generated file', () => {
  test('says what AWS\'s base configuration reads', () => {
    slurmCluster();

    expect(awsBaseConfiguration(uploadedParameters())).toEqual({
      version: '1.0.0',
      workloadManager: 'slurm',
      controllerGroup: 'head',
      loginGroup: 'access',
      partitions: { train: ['gpus', 'more-gpus'] },
      lustre: undefined,
      openZfs: undefined,
      slurmConfigurations: {},
    });
  });

  test('has file systems that are known only at deployment', () => {
    const vpc = importedVpc(stack);
    const lustre = new LustreFileSystem(stack, 'Lustre', {
      vpc,
      vpcSubnet: vpc.privateSubnets[0],
      storageCapacityGiB: 1200,
      lustreConfiguration: { deploymentType: LustreDeploymentType.PERSISTENT_2, perUnitStorageThroughput: 125 },
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Nodes', 'sg-11111111'),
    });
    slurmCluster({
      lifecycleScripts: scripts({ fsxDnsName: lustre.dnsName, fsxMountName: lustre.mountName, fsxOpenZfsDnsName: 'fs-1.fsx.amazonaws.com' }),
    });
    const { logicalId } = onlyResource(stack, 'AWS::FSx::FileSystem');

    expect(awsBaseConfiguration(uploadedParameters({ [logicalId]: 'fs-22222222', [`${logicalId}.LustreMountName`]: 'abcdefgh', 'AWS::URLSuffix': 'amazonaws.com' }))).toMatchObject({
      lustre: { dnsName: expect.stringMatching(/^fs-22222222\.fsx\.eu-west-1\.amazonaws\.com/), mountName: 'abcdefgh' },
      openZfs: 'fs-1.fsx.amazonaws.com',
    });
  });

  test('passes further keys through', () => {
    slurmCluster({ lifecycleScripts: scripts({ slurmConfigurations: { slurm_database_endpoint: 'db' }, additionalParameters: { mine: [1, true] }, version: '2' }) });

    expect(JSON.parse(uploadedParameters())).toMatchObject({ version: '2', slurm_configurations: { slurm_database_endpoint: 'db' }, mine: [1, true] });
  });

  test('has the groups that are added later', () => {
    const cluster = slurmCluster();
    cluster.addInstanceGroup(group('late', { slurmNode: SlurmNode.compute('batch') }));

    expect(awsBaseConfiguration(uploadedParameters()).partitions).toEqual({ train: ['gpus', 'more-gpus'], batch: ['late'] });
  });

  test('leaves out the login group if there is none', () => {
    slurmCluster({ instanceGroups: SLURM_GROUPS.filter(({ instanceGroupName }) => instanceGroupName !== 'access') });

    expect(JSON.parse(uploadedParameters())).not.toHaveProperty('login_group');
  });
});

test('the instance groups have no SlurmConfig, since the scripts set up Slurm', () => {
  slurmCluster();

  clusterProperties(stack).InstanceGroups.forEach((one: any) => expect(one).not.toHaveProperty('SlurmConfig'));
});

test('without provisioningParameters they have one, and no file is generated', () => {
  slurmCluster({ lifecycleScripts: LifecycleScripts.inline({ 'on_create.sh': '#!/bin/bash\n' }, { onCreate: 'on_create.sh' }) });

  clusterProperties(stack).InstanceGroups.forEach((one: any) => expect(one).toHaveProperty('SlurmConfig'));
  expect([...uploadedFiles(stack).keys()]).toEqual(['on_create.sh']);
});

describe('the prefix', () => {
  const prefixOf = (props: HyperPodClusterProps, change: (cluster: HyperPodCluster) => void = () => {}) => {
    stack = new Stack(testApp(), 'Stack');
    change(slurmCluster(props));
    const { DestinationBucketKeyPrefix: prefix } = onlyResource(stack, 'Custom::CDKBucketDeployment').resource.Properties;
    const uris = clusterProperties(stack).InstanceGroups.map((one: any) => one.LifeCycleConfig.SourceS3Uri['Fn::Join'][1].at(-1));
    expect(new Set(uris)).toEqual(new Set([`/${prefix}`]));
    return prefix;
  };

  test('is the same for the same groups', () => {
    expect(prefixOf({})).toBe(prefixOf({}));
    expect(prefixOf({})).toMatch(/^StackTrainingLifecycleScripts[0-9A-F]{8}\/[0-9a-f]{32}\/$/);
  });

  test('is another one for other groups, so that an update reaches new nodes', () => {
    expect(prefixOf({}, cluster => cluster.addInstanceGroup(group('late', { slurmNode: SlurmNode.compute('batch') })))).not.toBe(prefixOf({}));
  });

  test('is another one for another file system, even if its name is known only at deployment', () => {
    const withDnsName = (fsxOpenZfsDnsName: string) => prefixOf({ lifecycleScripts: scripts({ fsxOpenZfsDnsName }) });

    expect(withDnsName('fs-1.fsx.amazonaws.com')).not.toBe(withDnsName('fs-2.fsx.amazonaws.com'));
    expect(withDnsName(Fn.importValue('A'))).not.toBe(withDnsName(Fn.importValue('B')));
    expect(withDnsName(Fn.importValue('A'))).toBe(withDnsName(Fn.importValue('A')));
  });
});

describe('fails', () => {
  test.each<[string, () => unknown, string]>([
    ['with half of a file system', () => scripts({ fsxDnsName: 'fs-1.fsx.amazonaws.com' }), 'belong together, got {"fsxDnsName":"fs-1.fsx.amazonaws.com"}'],
    [
      'with a parameter that is generated', () => scripts({ additionalParameters: { controller_group: 'x', fsx_dns_name: 'y', mine: 1 } }),
      'additionalParameters ["controller_group","fsx_dns_name"] are generated',
    ],
    [
      'with onInitComplete', () => LifecycleScripts.inline({ 'a.sh': '' }, {
        onInitComplete: 'a.sh', provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups(),
      }), 'provisioningParameters are for scripts that set up Slurm with onCreate, got onInitComplete "a.sh"',
    ],
    [
      'with a file of that name', () => LifecycleScripts.fromAsset(directoryOf({ 'a.sh': '', 'provisioning_parameters.json': '{}' }), {
        onCreate: 'a.sh', provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups(),
      }), 'provisioning_parameters.json is in',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  const OTHER = LifecycleScripts.inline({ 'on_create.sh': '#!/bin/bash\n' }, { onCreate: 'on_create.sh' });
  test.each<[string, (app: Stack) => HyperPodClusterProps, string]>([
    [
      'if only some groups have scripts that set up Slurm', () => ({ instanceGroups: [...SLURM_GROUPS, group('odd', { slurmNode: SlurmNode.compute('x'), lifecycleScripts: OTHER })] }),
      'instance groups ["odd"] have lifecycle scripts without provisioningParameters',
    ],
    ['under continuous provisioning', () => ({ nodeProvisioningMode: NodeProvisioningMode.CONTINUOUS }), 'cannot be combined with continuous node provisioning'],
    ['if no group has a slurmNode', () => ({ instanceGroups: [group('a')] }), 'none has one; give one to every group'],
    ['if a group has no slurmNode', () => ({ instanceGroups: [...SLURM_GROUPS, group('odd')] }), 'instance groups ["odd"] have no slurmNode'],
    [
      'on EKS', scope => ({
        vpc: importedVpc(scope),
        orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(scope, 'Eks', { clusterName: 'eks' })),
        instanceGroups: [group('a')],
      }), 'but EKS orchestrates the cluster',
    ],
  ])('%s', (_, props, message) => {
    slurmCluster(props(stack));

    expect(() => (stack.node.root as App).synth()).toThrow(message);
  });
});
