import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { CfnSecurityGroupVpcAssociation, CfnSubnetProps, CfnSubnetRouteTableAssociation, CfnVPC, CfnVPCDHCPOptionsAssociation } from 'aws-cdk-lib/aws-ec2';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { oneVpc } from '../../../src/preflight/network/one-vpc';
import { subnetAddresses } from '../../../src/preflight/network/subnet-addresses';
import { subnetZoneLocation } from '../../../src/preflight/network/subnet-zone-location';
import { vpcDns } from '../../../src/preflight/network/vpc-dns';
import { group, Group } from '../private/cluster-properties';
import {
  cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, conditionalGroups, EKS, IMPORTED, OVERRIDE, parameter, WITHOUT_SCRIPTS, WITHOUT_VALIDATION,
} from '../private/network';
import { optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const IN_BOTH = ['VpcConfig.Subnets', 'VpcConfig.SecurityGroupIds'];
const IN_OVERRIDE = ['InstanceGroups.0.OverrideVpcConfig.Subnets', 'InstanceGroups.0.OverrideVpcConfig.SecurityGroupIds'];
const SUBNETS = ['VpcConfig.Subnets'];

/** A cluster with a subnet and a security group in VPCs that are given. */
const mixed = (subnetVpc: (stack: Stack) => string, groupVpc: (stack: Stack) => string | undefined) => (stack: Stack) =>
  clusterIn(stack, [cfnSubnet(stack, subnetVpc(stack)).ref], [cfnSecurityGroup(stack, groupVpc(stack)).ref], WITHOUT_SCRIPTS);
const app = (id: string) => (stack: Stack) => (stack.node.tryFindChild(id) as CfnVPC ?? cfnVpc(stack, id)).ref;
const known = (id: string) => () => id;

/** A cluster whose security group is the default one of a VPC; its subnet is in `A`. */
const withDefaultGroupOf = (groupVpc: string) => (stack: Stack) => {
  const vpcs: Record<string, CfnVPC> = { A: cfnVpc(stack, 'A'), B: cfnVpc(stack, 'B') };
  clusterIn(stack, [cfnSubnet(stack, vpcs.A.ref).ref], [vpcs[groupVpc].attrDefaultSecurityGroup], WITHOUT_SCRIPTS);
};

/** A group whose own subnet is in `B`, in a cluster that is in `A`. */
const overriding = (groupVpc: 'A' | 'B') => (stack: Stack) => {
  const vpcs = { A: cfnVpc(stack, 'A'), B: cfnVpc(stack, 'B') };
  const own = { subnets: [cfnSubnet(stack, vpcs.B.ref, 'Own').ref], securityGroupIds: [cfnSecurityGroup(stack, vpcs[groupVpc].ref).ref] };
  clusterIn(stack, [cfnSubnet(stack, vpcs.A.ref).ref], [IMPORTED], { ...WITHOUT_SCRIPTS, overrideVpcConfig: own });
};

testRule(oneVpc, {
  silent: [
    ['a VPC of the app', mixed(app('A'), app('A'))],
    ['the attribute of the VPC', mixed(app('A'), stack => (stack.node.findChild('A') as CfnVPC).attrVpcId)],
    ['one known by id', mixed(known('vpc-11111111'), known('vpc-11111111'))],
    ['one known by id, which may be the default one', mixed(known('vpc-11111111'), () => undefined)],
    ['a security group that may be associated with the VPC of the subnets', stack => {
      const [vpcOfSubnet, vpcOfGroup] = ['A', 'B'].map(id => cfnVpc(stack, id).ref);
      const groupId = cfnSecurityGroup(stack, vpcOfGroup).ref;
      new CfnSecurityGroupVpcAssociation(stack, 'Association', { groupId, vpcId: vpcOfSubnet });
      clusterIn(stack, [cfnSubnet(stack, vpcOfSubnet).ref], [groupId], WITHOUT_SCRIPTS);
    }],
    ['the default security group of the VPC', withDefaultGroupOf('A')],
    ['an override in another VPC than the cluster\'s', overriding('B')],
    ['a configuration that no group uses', stack => {
      mixed(app('A'), app('B'))(stack).instanceGroups = [group('workers', { ...WITHOUT_SCRIPTS, overrideVpcConfig: OVERRIDE })];
    }],
  ],
  finds: [
    ['two of the app', mixed(app('A'), app('B')), 'error', [], ['Training/Subnet is in Training/A', 'Training/Nodes is in Training/B'], IN_BOTH],
    ['two known by id', mixed(known('vpc-11111111'), known('vpc-22222222')), 'error', [], ['in vpc-11111111', 'in vpc-22222222'], IN_BOTH],
    ['one of the app and one known by id', mixed(app('A'), known('vpc-22222222')), 'error', [], 'Training/Nodes is in vpc-22222222', IN_BOTH],
    ['one of the app and the default one', mixed(app('A'), () => undefined), 'error', [], 'Training/Nodes is in the default VPC', IN_BOTH],
    ['subnets of two VPCs', stack =>
      clusterIn(stack, ['A', 'B'].map(id => cfnSubnet(stack, cfnVpc(stack, id).ref, `Subnet${id}`).ref), [IMPORTED], WITHOUT_SCRIPTS),
    'error', [], ['Training/SubnetA is in Training/A', 'Training/SubnetB is in Training/B'], IN_BOTH],
    ['the default security group of another VPC', withDefaultGroupOf('B'), 'error', [],
      'The default security group of Training/B is in Training/B', IN_BOTH],
    ['an override', overriding('A'), 'error', ['workers'], 'OverrideVpcConfig of instance group "workers" mixes VPCs', IN_OVERRIDE],
    ['a security group behind one of many conditions', stack => {
      const [a, b] = ['A', 'B'].map(id => cfnVpc(stack, id).ref);
      const own = { subnets: [cfnSubnet(stack, a).ref], securityGroupIds: [cfnSecurityGroup(stack, b).ref] };
      clusterIn(stack, ['subnet-11111111'], [IMPORTED], {}, {
        instanceGroups: conditionalGroups(stack, { overrideVpcConfig: own }),
      });
    }, 'warning', ['group-7'], ['This is so when Has7 is yes.'],
    ['InstanceGroups.8.OverrideVpcConfig.Subnets', 'InstanceGroups.8.OverrideVpcConfig.SecurityGroupIds'], WITHOUT_VALIDATION],
  ],
  tokens: [
    ['a configuration that groups use which only the deployment knows', stack => {
      mixed(app('A'), app('B'))(stack).instanceGroups = Token.asAny({ 'Fn::FindInMap': ['Groups', parameter(stack, 'Kind'), 'list'] }) as any;
    }, 'error', [], 'mixes VPCs', IN_BOTH, { withoutValidation: true }],
    ['one of the app and a parameter', mixed(app('A'), stack => parameter(stack, 'Id'))],
    ['one known by id and a parameter', mixed(stack => parameter(stack, 'Id'), known('vpc-22222222'))],
    ['subnets that are a parameter', stack => clusterIn(stack, new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList, [IMPORTED])],
    ['a VPC configuration that is a token', stack => clusterIn(stack, [], [], {}, {
      vpcConfig: Token.asAny({ 'Fn::FindInMap': ['Settings', parameter(stack, 'Setting'), 'value'] }) as any,
    }), { withoutValidation: true }],
  ],
});

const withDns = (dns: object, props: CfnClusterProps = EKS, build: (stack: Stack, vpc: CfnVPC) => void = () => {}) => (stack: Stack) => {
  const vpc = cfnVpc(stack, 'Vpc', dns);
  build(stack, vpc);
  const subnet = cfnSubnet(stack, vpc.ref);
  new CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: subnet.ref, routeTableId: 'rtb-0123456789abcdef0' });
  clusterIn(stack, [subnet.ref], [IMPORTED], {}, props);
};

testRule(vpcDns, {
  silent: [
    ['both on', withDns({ enableDnsSupport: true, enableDnsHostnames: true })],
    ['support by default', withDns({ enableDnsHostnames: true })],
  ],
  finds: [
    ['no hostnames by default, for EKS', withDns({ enableDnsHostnames: undefined }), 'error', [], 'Training/Vpc, in which EnableDnsHostnames is off', SUBNETS],
    ['no hostnames by default, for Slurm', withDns({ enableDnsHostnames: undefined }, {}), 'warning', [], 'EnableDnsHostnames is off', SUBNETS],
    ['no support, for Slurm', withDns({ enableDnsSupport: false }, {}), 'error', [], 'EnableDnsSupport is off', SUBNETS],
    ['neither', withDns({ enableDnsSupport: false, enableDnsHostnames: false }, {}), 'error', [],
      'EnableDnsSupport and EnableDnsHostnames are off', SUBNETS],
    ['no support, but DNS servers of its own', withDns({ enableDnsSupport: false }, {}, (stack, vpc) => {
      new CfnVPCDHCPOptionsAssociation(stack, 'Dns', { vpcId: vpc.ref, dhcpOptionsId: 'dopt-0123456789abcdef0' });
    }), 'warning', [], 'EnableDnsSupport is off', SUBNETS],
    ['a VPC that the cluster and a group attach to, said once', stack => {
      const vpc = cfnVpc(stack, 'Vpc', { enableDnsHostnames: false });
      const vpcConfig = { subnets: [cfnSubnet(stack, vpc.ref).ref], securityGroupIds: [IMPORTED] };
      clusterIn(stack, vpcConfig.subnets, [IMPORTED], {}, {
        instanceGroups: [group('a', WITHOUT_SCRIPTS), group('b', { ...WITHOUT_SCRIPTS, overrideVpcConfig: vpcConfig })],
      });
    }, 'warning', [], 'VpcConfig of the cluster', SUBNETS],
    ['a VPC that only a group attaches to, since the cluster\'s configuration is used by none', stack => {
      const vpc = cfnVpc(stack, 'Vpc', { enableDnsHostnames: false });
      const overrideVpcConfig = { subnets: [cfnSubnet(stack, vpc.ref).ref], securityGroupIds: [IMPORTED] };
      clusterIn(stack, overrideVpcConfig.subnets, [IMPORTED], { ...WITHOUT_SCRIPTS, overrideVpcConfig });
    }, 'warning', ['workers'], 'OverrideVpcConfig of instance group "workers"', ['InstanceGroups.0.OverrideVpcConfig.Subnets']],
    ['a VPC that two groups attach to, said once', stack => {
      const vpc = cfnVpc(stack, 'Vpc', { enableDnsHostnames: false });
      const overrideVpcConfig = { subnets: [cfnSubnet(stack, vpc.ref).ref], securityGroupIds: [IMPORTED] };
      clusterIn(stack, OVERRIDE.subnets, [IMPORTED], {}, { instanceGroups: [group('a', { overrideVpcConfig }), group('b', { overrideVpcConfig })] });
    }, 'warning', ['a'], 'OverrideVpcConfig of instance group "a"', ['InstanceGroups.0.OverrideVpcConfig.Subnets']],
  ],
  tokens: [
    ['hostnames that are a parameter', stack => withDns({
      enableDnsHostnames: Token.asAny({ Ref: new CfnParameter(stack, 'Dns', { allowedPattern: 'true|false' }).logicalId }),
    })(stack)],
    ['hostnames that are a choice', stack => withDns({
      enableDnsHostnames: Token.asAny({ Ref: new CfnParameter(stack, 'Dns', { allowedValues: ['true', 'false'] }).logicalId }),
    })(stack), 'warning', [], ['EnableDnsHostnames is off', 'This is so when Dns is false.'], SUBNETS],
    ['subnets that are a parameter', stack => clusterIn(stack, new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList, [IMPORTED])],
  ],
});

/** A cluster of P5 nodes in subnets of some sizes. */
const inSubnets = (
  cidrBlocks: (string | undefined)[], workers: Partial<Group>, props: CfnClusterProps = {}, more: Partial<CfnSubnetProps> = {},
) => (stack: Stack) => {
  const subnets = cidrBlocks.map((cidrBlock, index) => cfnSubnet(stack, 'vpc-11111111', `Subnet${index}`, { cidrBlock, ...more }).ref);
  clusterIn(stack, subnets, [IMPORTED], { instanceType: 'ml.p5.48xlarge', ...workers }, props);
};
const p5 = (name: string, props: Partial<Group> = {}) => group(name, { instanceType: 'ml.p5.48xlarge', instanceCount: 4, ...props });

testRule(subnetAddresses, {
  silent: [
    ['as many as nodes of Slurm need', inSubnets(['10.0.0.0/24'], { instanceCount: 7 })],
    ['as many as nodes of EKS need', inSubnets(['10.0.0.0/24'], { instanceCount: 3 }, EKS)],
    ['enough in one of the subnets', inSubnets(['10.0.0.0/24', '10.0.2.0/23'], { instanceCount: 8 })],
    ['the least of types that may be chosen from', inSubnets(['10.0.0.0/24'], {
      instanceCount: 8, instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.p5.48xlarge', 'ml.p5.4xlarge'] },
    })],
    ['enough for those that do not attach elsewhere', inSubnets(['10.0.0.0/24'], {}, {
      instanceGroups: [p5('a'), p5('b', { overrideVpcConfig: OVERRIDE })],
    })],
    ['a size that IPAM is asked for', inSubnets([undefined], { instanceCount: 8 }, {}, { ipv4IpamPoolId: 'ipam-pool-1', ipv4NetmaskLength: 24 })],
    ['groups that are too many only together, and are never there together', stack => {
      const large = optionalGroup(stack, 'Large', p5('large'));
      const { 'Fn::If': [name, json, none] } = stack.resolve(large);
      inSubnets(['10.0.0.0/24'], {}, { instanceGroups: [large, Token.asAny({ 'Fn::If': [name, none, { ...json, InstanceGroupName: 'small' }] })] })(stack);
    }],
  ],
  finds: [
    ['fewer', inSubnets(['10.0.0.0/24'], { instanceCount: 8 }), 'warning', [], 'They need 256: "workers" 8 × 32. The largest subnet has 251', SUBNETS],
    ['fewer on EKS', inSubnets(['10.0.0.0/24'], { instanceCount: 4 }, EKS), 'warning', [], '"workers" 4 × 81', SUBNETS],
    ['fewer in each subnet, of which HyperPod selects one', inSubnets(['10.0.0.0/24', '10.0.1.0/24'], { instanceCount: 8 }), 'warning', [], 'They need 256', SUBNETS],
    ['fewer than the groups need together', inSubnets(['10.0.0.0/24'], {}, { instanceGroups: [p5('a'), p5('b')] }), 'warning', [],
      '"a" 4 × 32, "b" 4 × 32', SUBNETS],
    ['fewer than a group needs that exists under a condition', stack => inSubnets(['10.0.0.0/24'], {}, {
      instanceGroups: [p5('a'), optionalGroup(stack, 'HasB', p5('b'))],
    })(stack), 'warning', [], ['"a" 4 × 32, "b" 4 × 32', 'This is so when HasB is yes.'], SUBNETS],
  ],
  tokens: [
    ['InstanceCount', stack => inSubnets(['10.0.0.0/28'], { instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber })(stack)],
    ['InstanceType', stack => inSubnets(['10.0.0.0/28'], { instanceType: parameter(stack, 'Type'), instanceCount: 99 })(stack)],
    ['CidrBlock', stack => inSubnets([parameter(stack, 'Cidr')], { instanceCount: 99 })(stack)],
    ['CidrBlock of one of two', stack => inSubnets(['10.0.0.0/28', parameter(stack, 'Cidr')], { instanceCount: 99 })(stack)],
  ],
});

const OREGON = { env: { account: '111122223333', region: 'us-west-2' } };
const inZone = (zone: Partial<CfnSubnetProps>) => (stack: Stack) => clusterIn(stack, [cfnSubnet(stack, 'vpc-11111111', 'Subnet', zone).ref], [IMPORTED]);

testRule(subnetZoneLocation, {
  silent: [
    ['a zone of the Region', inZone({ availabilityZone: 'us-west-2a' }), OREGON],
    ['a local zone of the Region', inZone({ availabilityZone: 'us-west-2-lax-1a' }), OREGON],
    ['the id of a zone of the Region', inZone({ availabilityZoneId: 'usw2-az1' }), OREGON],
    ['the id of a local zone of the Region', inZone({ availabilityZoneId: 'usw2-lax1-az1' }), OREGON],
    ['the id of a zone of a Region between two directions', inZone({ availabilityZoneId: 'apne1-az4' }), { env: { region: 'ap-northeast-1' } }],
    ['no zone', inZone({}), OREGON],
    ['the placeholder of a look-up', inZone({ availabilityZone: 'dummy1a' }), OREGON],
    ['a stack whose Region is not known', inZone({ availabilityZone: 'us-west-2a' })],
  ],
  finds: [
    ['a zone of another Region', inZone({ availabilityZone: 'us-east-1a' }), 'error', [],
      'Training/Subnet is in the Region us-west-2, its availability zone is us-east-1a.', SUBNETS, OREGON],
    ['a zone of a Region with a similar name', inZone({ availabilityZone: 'us-west-1a' }), 'error', [], 'its availability zone is us-west-1a', SUBNETS, OREGON],
    ['the id of a zone of another Region', inZone({ availabilityZoneId: 'use2-az1' }), 'error', [], 'its availability zone is use2-az1', SUBNETS, OREGON],
  ],
  tokens: [
    ['a zone that is a parameter', stack => inZone({ availabilityZone: parameter(stack, 'Zone') })(stack), OREGON],
    ['a choice of zones', stack => inZone({
      availabilityZone: new CfnParameter(stack, 'Zone', { allowedValues: ['us-west-2a', 'us-east-1a'] }).valueAsString,
    })(stack), 'warning', [], ['its availability zone is us-east-1a', 'This is so when Zone is us-east-1a.'], SUBNETS, OREGON],
  ],
});
