import { type App, CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnVPCPeeringConnection, type IConnectable, type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HyperPodClusterProps, InstanceStorage, Orchestrator, SlurmNode } from '../../src';
import { clusterIn, group, importedVpc } from '../cluster/fixtures';
import { resourcesOfType, testApp } from '../private/app';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack');
});

const imported = (id: string, vpcId: string, scope: Stack = stack): IVpc => Vpc.fromVpcAttributes(scope, id, {
  vpcId, availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-33333333'],
});
const defined = (id: string, scope: Stack = stack): Vpc => new Vpc(scope, id, { maxAzs: 1, natGateways: 0 });
const groupIn = (vpc: IVpc, scope: Stack = stack): SecurityGroup => new SecurityGroup(scope, 'Database', { vpc });
const parameter = (id: string): string => new CfnParameter(stack, id, { type: 'AWS::EC2::VPC::Id' }).valueAsString;

function accounting(vpc: IVpc, database: IConnectable): HyperPodClusterProps {
  return {
    vpc,
    orchestrator: Orchestrator.slurm({
      accountingDatabase: { endpoint: new Endpoint('db.example.com', 3306), secret: Secret.fromSecretNameV2(stack, 'Secret', 'accounting'), database },
    }),
    instanceGroups: [group('controller', { slurmNode: SlurmNode.controller() })],
  };
}

const refused = 'security group "Stack/Database/Resource" of the accounting database is in another VPC than the nodes';

describe('a peer in another VPC, which EC2 accepts no rule for', () => {
  test.each<[string, () => HyperPodClusterProps, string]>([
    ['both imported', () => accounting(importedVpc(stack), groupIn(imported('Other', 'vpc-22222222'))), refused],
    ['both of the app', () => accounting(defined('One'), groupIn(defined('Other'))), refused],
    ['in another stack', () => {
      const storage = new Stack(app, 'Storage');
      return accounting(defined('One'), groupIn(defined('Other', storage), storage));
    }, 'security group "Storage/Database/Resource" of the accounting database'],
    ['a controller with a VPC of its own', () => {
      const vpc = importedVpc(stack);
      const props = accounting(vpc, groupIn(vpc));
      const own = imported('Other', 'vpc-22222222');
      const overrideVpcConfig = { vpc: own, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-11111111')] };
      return { ...props, instanceGroups: [{ ...props.instanceGroups![0], overrideVpcConfig }] };
    }, 'than the nodes ("Stack/Other")'],
    ['a file system', () => {
      const fileSystem = new LustreFileSystem(stack, 'Scratch', {
        vpc: imported('Other', 'vpc-22222222'),
        vpcSubnet: imported('Third', 'vpc-22222222').privateSubnets[0],
        storageCapacityGiB: 1200,
        lustreConfiguration: { deploymentType: 'SCRATCH_2' as any },
      });
      const controller = group('controller', { slurmNode: SlurmNode.controller(), instanceStorageConfigs: [InstanceStorage.lustre(fileSystem)] });
      return { vpc: importedVpc(stack), instanceGroups: [controller] };
    }, 'of file system "Stack/Scratch"'],
  ])('%s', (_, props, message) => {
    expect(() => clusterIn(stack, props())).toThrow(expect.objectContaining({ name: 'NodePeerInAnotherVpc', message: expect.stringContaining(message) }));
  });
});

describe('a peer is opened', () => {
  test.each<[string, () => HyperPodClusterProps]>([
    ['in the same imported VPC', () => accounting(importedVpc(stack), groupIn(imported('Same', 'vpc-11111111')))],
    ['in the same VPC of the app', () => {
      const vpc = defined('One');
      return accounting(vpc, groupIn(vpc));
    }],
    ['in a VPC of the app that is imported from itself', () => {
      const vpc = defined('One');
      return accounting(vpc, groupIn(imported('Same', vpc.vpcId)));
    }],
    ['where the VPC of the nodes is known only at deployment', () => accounting(imported('Own', parameter('OwnId')), groupIn(imported('Other', 'vpc-22222222')))],
    ['where the VPC of the peer is known only at deployment', () => accounting(importedVpc(stack), groupIn(imported('Other', parameter('OtherId'))))],
    ['where its security group is imported', () => accounting(importedVpc(stack), SecurityGroup.fromSecurityGroupId(stack, 'Database', 'sg-22222222'))],
    ['where the app connects VPCs', () => {
      const [vpc, other] = [defined('One'), defined('Other')];
      new CfnVPCPeeringConnection(stack, 'Peering', { vpcId: vpc.vpcId, peerVpcId: other.vpcId });
      return accounting(vpc, groupIn(other));
    }],
  ])('%s', (_, props) => {
    clusterIn(stack, props());

    expect(Object.values(resourcesOfType(stack, 'AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties.ToPort)).toContain(3306);
  });
});
