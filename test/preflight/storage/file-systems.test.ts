import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, CfnVPCPeeringConnection, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem, CfnFileSystemProps, LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { HyperPodCluster, HyperPodInstanceType, InstanceStorage } from '../../../src';
import { fsxMountName } from '../../../src/preflight/storage/fsx-mount-name';
import { fsxNetwork } from '../../../src/preflight/storage/fsx-network';
import { fsxSecurityGroups } from '../../../src/preflight/storage/fsx-security-groups';
import { Group } from '../private/cluster-properties';
import { cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, IMPORTED, parameter, WITHOUT_SCRIPTS } from '../private/network';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const LUSTRE_MOUNT = ['InstanceGroups.0.InstanceStorageConfigs.0.FsxLustreConfig'];
const OPEN_ZFS_MOUNT = ['InstanceGroups.0.InstanceStorageConfigs.0.FsxOpenZfsConfig'];

function lustre(stack: Stack, subnet: string, securityGroupIds: string[] | undefined, id = 'FileSystem', props: Partial<CfnFileSystemProps> = {}): CfnFileSystem {
  return new CfnFileSystem(stack, id, {
    fileSystemType: 'LUSTRE', subnetIds: [subnet], securityGroupIds, storageCapacity: 1200, lustreConfiguration: { deploymentType: 'SCRATCH_2' }, ...props,
  });
}

function openZfs(stack: Stack, subnet: string, securityGroupIds: string[]): CfnFileSystem {
  return new CfnFileSystem(stack, 'FileSystem', {
    fileSystemType: 'OPENZFS',
    subnetIds: [subnet],
    securityGroupIds,
    storageCapacity: 64,
    openZfsConfiguration: { deploymentType: 'SINGLE_AZ_1', throughputCapacity: 64 },
  });
}

const mountLustre = (dnsName: string, mountName: string): Partial<Group> =>
  ({ ...WITHOUT_SCRIPTS, instanceStorageConfigs: [{ fsxLustreConfig: { dnsName, mountName } }] });
const mountOpenZfs = (dnsName: string): Partial<Group> => ({ ...WITHOUT_SCRIPTS, instanceStorageConfigs: [{ fsxOpenZfsConfig: { dnsName } }] });
const mount = ({ attrDnsName, attrLustreMountName }: CfnFileSystem) => mountLustre(attrDnsName, attrLustreMountName);

/** What a file system and its clients are made of. */
interface Network {
  readonly stack: Stack;
  readonly subnet: string;
  readonly nodes: CfnSecurityGroup;
  readonly storage: CfnSecurityGroup;
}

/** A cluster that mounts a file system, whose security groups are given rules. */
function mounting(
  rules: (network: Network) => void, workers = ({ stack, subnet, storage }: Network) => mount(lustre(stack, subnet, [storage.ref])),
): (stack: Stack) => void {
  return (stack: Stack) => {
    const vpc = cfnVpc(stack);
    const network: Network = {
      stack, subnet: cfnSubnet(stack, vpc.ref).ref, nodes: cfnSecurityGroup(stack, vpc.ref), storage: cfnSecurityGroup(stack, vpc.ref, 'Storage'),
    };
    rules(network);
    clusterIn(stack, [network.subnet], [network.nodes.ref], workers(network));
  };
}

const admitting = (fromPort: number, toPort: number, rule: object = {}) => ({ stack, storage, nodes }: Network) => {
  const source = 'cidrIp' in rule ? {} : { sourceSecurityGroupId: nodes.attrGroupId };
  new CfnSecurityGroupIngress(stack, `From${fromPort}`, { groupId: storage.attrGroupId, ipProtocol: 'tcp', fromPort, toPort, ...source, ...rule });
};

/** A cluster that mounts a file system of CDK, with a security group that has been connected with it, or not. */
const withLustre = (connect: (fileSystem: LustreFileSystem, nodes: SecurityGroup) => void) => (stack: Stack) => {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 1 });
  const nodes = new SecurityGroup(stack, 'Nodes', { vpc });
  const fileSystem = new LustreFileSystem(stack, 'FileSystem', {
    vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
  });
  connect(fileSystem, nodes);
  clusterIn(stack, [vpc.privateSubnets[0].subnetId], [nodes.securityGroupId], mountLustre(fileSystem.dnsName, fileSystem.mountName));
};

const withOpenZfs = ({ stack, subnet, storage }: Network) => mountOpenZfs(openZfs(stack, subnet, [storage.ref]).attrDnsName);
const onlyToImported = ({ nodes }: Network) => { nodes.securityGroupEgress = [{ ipProtocol: '-1', destinationSecurityGroupId: IMPORTED }]; };
const NO_LUSTRE = 'Training/FileSystem does not admit the nodes on TCP ports 988, 1018, 1019, 1020, 1021, 1022, 1023.';
const CLOSED = ['error', ['workers']] as const;

testRule(fsxSecurityGroups, {
  silent: [
    ['the ports of Lustre', mounting(admitting(988, 1023))],
    ['the ports of Lustre, one by one', mounting(network => [988, 1018, 1019, 1020, 1021, 1022, 1023].forEach(port => admitting(port, port)(network)))],
    ['all protocols', mounting(({ storage, nodes }) => { storage.securityGroupIngress = [{ ipProtocol: '-1', sourceSecurityGroupId: nodes.ref }]; })],
    ['all addresses', mounting(admitting(988, 1023, { cidrIp: '0.0.0.0/0' }))],
    ['the addresses of the subnet', mounting(admitting(988, 1023, { cidrIp: '10.0.0.0/24' }))],
    ['a part of the addresses of the subnet', mounting(admitting(988, 1023, { cidrIp: '10.0.0.0/25' }))],
    ['the addresses of the VPC', mounting(network => admitting(988, 1023, { cidrIp: Fn.getAtt('Vpc', 'CidrBlock').toString() })(network))],
    ['an imported group', mounting(() => {}, ({ stack, subnet }) => mount(lustre(stack, subnet, [IMPORTED])))],
    ['an imported group beside another', mounting(() => {}, ({ stack, subnet, storage }) => mount(lustre(stack, subnet, [storage.ref, IMPORTED])))],
    ['the group of the nodes, which admits itself', mounting(({ nodes }) => {
      new CfnSecurityGroupIngress(nodes, 'In', { groupId: nodes.ref, sourceSecurityGroupId: nodes.ref, ipProtocol: '-1' });
    }, ({ stack, subnet, nodes }) => mount(lustre(stack, subnet, [nodes.ref])))],
    ['nodes whose rules let connections to the file system out', mounting(network => {
      admitting(988, 1023)(network);
      onlyToImported(network);
      const { nodes, storage } = network;
      new CfnSecurityGroupEgress(nodes, 'Out', { groupId: nodes.ref, ipProtocol: 'tcp', fromPort: 988, toPort: 988, destinationSecurityGroupId: storage.ref });
    })],
    ['the ports of OpenZFS', mounting(network => [[111, 111], [2049, 2049], [20001, 20003]].forEach(([from, to]) => admitting(from, to)(network)), withOpenZfs)],
    ['a LustreFileSystem that admits the nodes', withLustre((fileSystem, nodes) => fileSystem.connections.allowDefaultPortFrom(nodes))],
    ['a HyperPodCluster that mounts a LustreFileSystem', stack => {
      const vpc = new Vpc(stack, 'Vpc');
      const fileSystem = new LustreFileSystem(stack, 'FileSystem', {
        vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
      });
      new HyperPodCluster(stack, 'Cluster', {
        vpc,
        instanceGroups: [{
          instanceGroupName: 'workers',
          instanceType: HyperPodInstanceType.P5_48XLARGE,
          instanceCount: 2,
          instanceStorageConfigs: [InstanceStorage.lustre(fileSystem)],
        }],
      });
    }],
  ],
  finds: [
    ['no port', mounting(() => {}), ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['another port', mounting(admitting(2049, 2049)), ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['the first port only', mounting(admitting(988, 988)), 'warning', ['workers'], 'on TCP ports 1018, 1019', LUSTRE_MOUNT],
    ['all but the first port', mounting(admitting(989, 1023)), ...CLOSED, 'on TCP port 988.', LUSTRE_MOUNT],
    ['UDP', mounting(admitting(988, 1023, { ipProtocol: 'udp' })), ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['another group', mounting(admitting(988, 1023, { sourceSecurityGroupId: IMPORTED })), ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['itself', mounting(({ storage, ...network }) => admitting(988, 1023, { sourceSecurityGroupId: storage.ref })({ storage, ...network })),
      ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['other addresses', mounting(admitting(988, 1023, { cidrIp: '10.0.1.0/24' })), ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['the default group of the VPC, which admits its own members', mounting(() => {}, ({ stack, subnet }) => mount(lustre(stack, subnet, undefined))),
      ...CLOSED, NO_LUSTRE, LUSTRE_MOUNT],
    ['nodes whose rules let nothing out but to themselves', mounting(network => {
      admitting(988, 1023)(network);
      onlyToImported(network);
    }), ...CLOSED, 'The security groups of the nodes do not let them connect to Training/FileSystem on TCP port 988', LUSTRE_MOUNT],
    ['the port of NFS', mounting(admitting(2049, 2049), withOpenZfs), 'warning', ['workers'], 'on TCP ports 111, 20001, 20002, 20003', OPEN_ZFS_MOUNT],
    ['the ports of Lustre for OpenZFS', mounting(admitting(988, 1023), withOpenZfs), ...CLOSED, 'on TCP ports 2049, 111', OPEN_ZFS_MOUNT],
    ['a LustreFileSystem that admits nobody', withLustre(() => {}), ...CLOSED, 'does not admit the nodes on TCP ports 988', LUSTRE_MOUNT],
    ['a LustreFileSystem that admits one port', withLustre((fileSystem, nodes) => fileSystem.connections.allowFrom(nodes, Port.tcp(988))),
      'warning', ['workers'], 'on TCP ports 1018', LUSTRE_MOUNT],
  ],
  tokens: [
    ['a group that is a parameter', mounting(network =>
      admitting(988, 1023, { sourceSecurityGroupId: parameter(network.stack, 'Source') })(network))],
    ['addresses that are a parameter', mounting(network => admitting(988, 1023, { cidrIp: parameter(network.stack, 'Source') })(network))],
    ['a port that is a parameter', mounting(network =>
      admitting(988, new CfnParameter(network.stack, 'To', { type: 'Number' }).valueAsNumber)(network))],
    ['a rule under a condition', mounting(network => {
      admitting(988, 1023)(network);
      (network.stack.node.findChild('From988') as CfnSecurityGroupIngress).cfnOptions.condition = isYes(network.stack, 'Open');
    }), 'warning', ['workers'], [NO_LUSTRE, 'This is so when Open is no.'], LUSTRE_MOUNT],
  ],
});

/** A cluster and a file system in subnets of their own, each of a VPC and a zone. */
type Place = [vpc: string, zone?: string];
const placed = (nodes: Place, storage: Place, build: (stack: Stack) => void = () => {}) => (stack: Stack) => {
  const vpcId = (id: string) => id.startsWith('vpc-') ? id : (stack.node.tryFindChild(id) as { ref: string } | undefined ?? cfnVpc(stack, id)).ref;
  const [ours, theirs] = [nodes, storage].map(([vpc, availabilityZone], index) =>
    cfnSubnet(stack, vpcId(vpc), `Subnet${index}`, { availabilityZone, cidrBlock: `10.0.${index}.0/24` }).ref);
  build(stack);
  clusterIn(stack, [ours], [IMPORTED], mount(lustre(stack, theirs, [IMPORTED])));
};
const [FIRST, SECOND] = [0, 1].map(index => Fn.select(index, Fn.getAzs()));

testRule(fsxNetwork, {
  silent: [
    ['one VPC and one zone', placed(['A', FIRST], ['A', FIRST])],
    ['one VPC that is known by id', placed(['vpc-11111111', FIRST], ['vpc-11111111', FIRST])],
    ['a zone that EC2 chooses', placed(['A', FIRST], ['A'])],
    ['a file system in one of the zones that HyperPod chooses from', stack => {
      const vpc = cfnVpc(stack);
      const subnets = [FIRST, SECOND].map((availabilityZone, index) =>
        cfnSubnet(stack, vpc.ref, `Subnet${index}`, { availabilityZone, cidrBlock: `10.0.${index}.0/24` }).ref);
      clusterIn(stack, subnets, [IMPORTED], mount(lustre(stack, subnets[1], [IMPORTED])));
    }],
  ],
  finds: [
    ['two VPCs of the app', placed(['A', FIRST], ['B', FIRST]), 'error', ['workers'],
      'Training/FileSystem is in Training/B, the nodes are in Training/A', LUSTRE_MOUNT],
    ['two VPCs that the app connects', placed(['A'], ['B'], stack => {
      new CfnVPCPeeringConnection(stack, 'Peering', { vpcId: Fn.ref('A'), peerVpcId: Fn.ref('B') });
    }), 'warning', ['workers'], 'is in Training/B', LUSTRE_MOUNT],
    ['two VPCs that are known by id, which may be connected', placed(['vpc-11111111'], ['vpc-22222222']), 'warning', ['workers'],
      'is in vpc-22222222', LUSTRE_MOUNT],
    ['two zones', placed(['A', FIRST], ['A', SECOND]), 'warning', ['workers'], 'no. 1 of the Region\'s zones, the nodes are in no. 0', LUSTRE_MOUNT],
    ['two zones by name', placed(['A', 'us-west-2a'], ['A', 'us-west-2b']), 'warning', ['workers'], 'is in availability zone us-west-2b', LUSTRE_MOUNT],
  ],
  tokens: [
    ['a VPC and a zone that are parameters', stack => {
      const ours = cfnSubnet(stack, cfnVpc(stack).ref, 'Ours', { availabilityZone: FIRST }).ref;
      const theirs = cfnSubnet(stack, parameter(stack, 'First'), 'Theirs', { availabilityZone: parameter(stack, 'Second') }).ref;
      clusterIn(stack, [ours], [IMPORTED], mount(lustre(stack, theirs, [IMPORTED])));
    }],
  ],
});

const SUBNET = 'subnet-11111111';
const mounts = (workers: (stack: Stack) => Partial<Group>) => (stack: Stack) => { clusterIn(stack, [SUBNET], [IMPORTED], workers(stack)); };
const two = (stack: Stack) => ['A', 'B'].map(id => lustre(stack, SUBNET, [IMPORTED], id));
const OF_TWO = 'InstanceStorageConfigs.0.FsxLustreConfig.DnsName is that of Training/A, MountName that of Training/B';

testRule(fsxMountName, {
  silent: [
    ['one file system', mounts(stack => mount(lustre(stack, SUBNET, [IMPORTED])))],
    ['a mount name that is known, which may be that of the file system', mounts(stack =>
      mountLustre(lustre(stack, SUBNET, [IMPORTED]).attrDnsName, 'abcdefgh'))],
    ['an imported file system', mounts(() => mountLustre('fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com', 'abcdefgh'))],
  ],
  finds: [
    ['the names of two', mounts(stack => {
      const [a, b] = two(stack);
      return mountLustre(a.attrDnsName, b.attrLustreMountName);
    }), 'error', ['workers'], OF_TWO, LUSTRE_MOUNT],
    ['the names of two, one in the spelling of CDK', mounts(stack => {
      const [a, b] = two(stack);
      return mountLustre(`${a.ref}.fsx.${stack.region}.${stack.urlSuffix}`, b.attrLustreMountName);
    }), 'error', ['workers'], OF_TWO, LUSTRE_MOUNT],
    ['OpenZFS as Lustre', mounts(stack => mountLustre(openZfs(stack, SUBNET, [IMPORTED]).attrDnsName, 'fsx')), 'error', ['workers'],
      'is of FileSystemType "OPENZFS", not "LUSTRE"', LUSTRE_MOUNT],
    ['Lustre as OpenZFS', mounts(stack => mountOpenZfs(lustre(stack, SUBNET, [IMPORTED]).attrDnsName)), 'error', ['workers'],
      'is of FileSystemType "LUSTRE", not "OPENZFS"', OPEN_ZFS_MOUNT],
  ],
  tokens: [
    ['a mount name that is a parameter', mounts(stack => mountLustre(lustre(stack, SUBNET, [IMPORTED]).attrDnsName, parameter(stack, 'Name')))],
  ],
});
