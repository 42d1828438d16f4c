import { CfnCondition, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import {
  CfnInternetGateway, CfnRoute, CfnRouteTable, CfnSecurityGroupVpcAssociation, CfnSubnet, CfnSubnetProps, CfnSubnetRouteTableAssociation,
  CfnVPC, CfnVPCDHCPOptionsAssociation, CfnVPCEndpoint, GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SecurityGroup, SubnetType, Vpc,
  VpcProps,
} from 'aws-cdk-lib/aws-ec2';
import { CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster, HyperPodInstanceType } from '../../../src';
import { group, Group } from '../private/cluster-properties';
import {
  cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, EKS, expectNetworkFindings, IMPORTED, NetworkCase, networkFindings,
} from '../private/network-findings';

const WITHOUT_SCRIPTS: Partial<Group> = { lifeCycleConfig: undefined };
const OVERRIDE = { subnets: ['subnet-11111111'], securityGroupIds: [IMPORTED] };

/** A cluster in subnets of a kind of a `Vpc`. */
function inVpc(
  subnetType: SubnetType, { props = EKS, workers, ...vpc }: VpcProps & { props?: CfnClusterProps; workers?: Partial<Group> } = {},
  build: (vpc: Vpc) => void = () => {},
): (stack: Stack) => void {
  return stack => {
    const network = new Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: subnetType === SubnetType.PRIVATE_WITH_EGRESS ? 1 : 0,
      ...vpc,
      subnetConfiguration: [{ name: 'Nodes', subnetType }, ...subnetType === SubnetType.PRIVATE_WITH_EGRESS ? [{ name: 'Nat', subnetType: SubnetType.PUBLIC }] : []],
    });
    build(network);
    clusterIn(stack, network.selectSubnets({ subnetGroupName: 'Nodes' }).subnetIds, [IMPORTED], workers, props);
  };
}

/** A cluster in one subnet of L1s, with a route table that is given routes. */
function inSubnet(
  build: (stack: Stack, vpc: CfnVPC, table: CfnRouteTable) => void, workers: Partial<Group> = {}, props: CfnClusterProps = {},
): (stack: Stack) => void {
  return stack => {
    const vpc = cfnVpc(stack);
    const subnet = cfnSubnet(stack, vpc.ref);
    const table = new CfnRouteTable(stack, 'Routes', { vpcId: vpc.ref });
    new CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: subnet.ref, routeTableId: table.ref });
    build(stack, vpc, table);
    clusterIn(stack, [subnet.attrSubnetId], [IMPORTED], workers, props);
  };
}

const route = (routeTableId: string, props: object, destinationCidrBlock = '0.0.0.0/0') => ({ routeTableId, destinationCidrBlock, ...props });
const parameter = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;

test.each<[string, CfnClusterProps]>([['Slurm', {}], ['EKS', EKS]])('nothing is found in the private subnets of a default Vpc, for %s', (_, props) => {
  expectNetworkFindings(stack => {
    const vpc = new Vpc(stack, 'Vpc');
    clusterIn(stack, vpc.privateSubnets.map(({ subnetId }) => subnetId), [new SecurityGroup(stack, 'Nodes', { vpc }).securityGroupId], {}, props);
  }, []);
});

test('nothing is found in a HyperPodCluster in a default Vpc', () => {
  expectNetworkFindings(stack => {
    new HyperPodCluster(stack, 'Cluster', {
      vpc: new Vpc(stack, 'Vpc'),
      instanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 4 }],
    });
  }, []);
});

test.each<[string, (stack: Stack) => void]>([
  ['known by id', stack => clusterIn(stack, ['subnet-11111111', 'subnet-22222222'], [IMPORTED], {}, EKS)],
  ['of a looked-up Vpc', stack => {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-11111111', availabilityZones: ['us-west-2a'], privateSubnetIds: ['subnet-11111111'] });
    clusterIn(stack, vpc.privateSubnets.map(({ subnetId }) => subnetId), [new SecurityGroup(stack, 'Nodes', { vpc }).securityGroupId], {}, EKS);
  }],
  ['parameters', stack => clusterIn(stack, new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList, [IMPORTED], {}, EKS)],
  ['a VPC configuration as a whole', stack => clusterIn(stack, [], [], {}, {
    ...EKS, vpcConfig: Token.asAny({ 'Fn::FindInMap': ['Settings', parameter(stack, 'Setting'), 'value'] }) as any,
  })],
])('nothing is said of subnets that the app does not define: %s', (name, app) => {
  expectNetworkFindings(app, [], [], { withoutValidation: name.startsWith('a VPC configuration') });
});

describe('one VPC', () => {
  /** A cluster with a subnet and a security group in VPCs that are given. */
  const mixed = (subnetVpc: (stack: Stack) => string, groupVpc: (stack: Stack) => string | undefined) => (stack: Stack) =>
    clusterIn(stack, [cfnSubnet(stack, subnetVpc(stack)).ref], [cfnSecurityGroup(stack, groupVpc(stack)).ref], WITHOUT_SCRIPTS);
  const app = (id: string) => (stack: Stack) => (stack.node.tryFindChild(id) as CfnVPC ?? cfnVpc(stack, id)).ref;
  const known = (id: string) => () => id;

  test.each<NetworkCase>([
    ['of the app', mixed(app('A'), app('A')), []],
    ['known by id', mixed(known('vpc-11111111'), known('vpc-11111111')), []],
    ['two of the app', mixed(app('A'), app('B')), ['error OneVpc'], ['Training/Subnet is in Training/A', 'Training/Nodes is in Training/B']],
    ['two known by id', mixed(known('vpc-11111111'), known('vpc-22222222')), ['error OneVpc'], ['in vpc-11111111', 'in vpc-22222222']],
    ['one of the app and one known by id', mixed(app('A'), known('vpc-22222222')), ['error OneVpc']],
    ['one of the app and the default one', mixed(app('A'), () => undefined), ['error OneVpc'], ['Training/Nodes is in the default VPC']],
    ['one known by id, which may be the default one', mixed(known('vpc-11111111'), () => undefined), []],
    ['one of the app and a parameter', mixed(app('A'), stack => parameter(stack, 'Id')), []],
    ['one known by id and a parameter', mixed(stack => parameter(stack, 'Id'), known('vpc-22222222')), []],
    ['the attribute of the VPC', mixed(app('A'), stack => (stack.node.findChild('A') as CfnVPC).attrVpcId), []],
  ])('%s', (...[, build, found, says]) => expectNetworkFindings(build, found, says));

  test('subnets of two VPCs', () => {
    expectNetworkFindings(stack => clusterIn(stack, ['A', 'B'].map(id => cfnSubnet(stack, cfnVpc(stack, id).ref, `Subnet${id}`).ref), [IMPORTED], WITHOUT_SCRIPTS),
      ['error OneVpc'], ['Training/SubnetA is in Training/A', 'Training/SubnetB is in Training/B']);
  });

  test('a security group may be associated with the VPC of the subnets', () => {
    expectNetworkFindings(stack => {
      const [vpcOfSubnet, vpcOfGroup] = ['A', 'B'].map(id => cfnVpc(stack, id).ref);
      const groupId = cfnSecurityGroup(stack, vpcOfGroup).ref;
      new CfnSecurityGroupVpcAssociation(stack, 'Association', { groupId, vpcId: vpcOfSubnet });
      clusterIn(stack, [cfnSubnet(stack, vpcOfSubnet).ref], [groupId], WITHOUT_SCRIPTS);
    }, []);
  });

  test('a default security group is that of its VPC', () => {
    const build = (groupVpc: string) => (stack: Stack) => {
      const vpcs: Record<string, CfnVPC> = { A: cfnVpc(stack, 'A'), B: cfnVpc(stack, 'B') };
      clusterIn(stack, [cfnSubnet(stack, vpcs.A.ref).ref], [vpcs[groupVpc].attrDefaultSecurityGroup], WITHOUT_SCRIPTS);
    };
    expectNetworkFindings(build('A'), []);
    expectNetworkFindings(build('B'), ['error OneVpc'], ['The default security group of Training/B is in Training/B']);
  });

  test('of an override, in which a VPC may be another than the cluster\'s', () => {
    const build = (groupVpc: 'A' | 'B') => (stack: Stack) => {
      const vpcs = { A: cfnVpc(stack, 'A'), B: cfnVpc(stack, 'B') };
      const own = { subnets: [cfnSubnet(stack, vpcs.B.ref, 'Own').ref], securityGroupIds: [cfnSecurityGroup(stack, vpcs[groupVpc].ref).ref] };
      clusterIn(stack, [cfnSubnet(stack, vpcs.A.ref).ref], [IMPORTED], { ...WITHOUT_SCRIPTS, overrideVpcConfig: own });
    };
    expectNetworkFindings(build('B'), []);
    expectNetworkFindings(build('A'), ['error OneVpc[workers]'], ['OverrideVpcConfig of instance group "workers" mixes VPCs']);
    expect(networkFindings(build('A'))[0].locations).toEqual([
      'Properties.InstanceGroups.0.OverrideVpcConfig.Subnets', 'Properties.InstanceGroups.0.OverrideVpcConfig.SecurityGroupIds',
    ]);
  });
});

describe('public subnets', () => {
  const gateway = (stack: Stack) => new CfnInternetGateway(stack, 'Gateway').ref;
  const toGateway = (stack: Stack, _: CfnVPC, table: CfnRouteTable) => { new CfnRoute(stack, 'Route', route(table.ref, { gatewayId: gateway(stack) })); };
  const withS3 = (stack: Stack, vpc: CfnVPC, table: CfnRouteTable) => {
    toGateway(stack, vpc, table);
    new CfnVPCEndpoint(stack, 'S3', { vpcId: vpc.ref, serviceName: `com.amazonaws.${stack.region}.s3`, routeTableIds: [table.ref] });
  };

  test.each<NetworkCase>([
    ['of a Vpc, for EKS', inVpc(SubnetType.PUBLIC), ['error PublicSubnets'], ['names only public subnets: Training/Vpc/NodesSubnet1/Subnet, Training/Vpc/NodesSubnet2/Subnet']],
    ['of a Vpc, for Slurm', inVpc(SubnetType.PUBLIC, { props: {} }), ['error PublicSubnets']],
    ['as an L1, without public addresses', inSubnet(toGateway), ['error PublicSubnets']],
    ['an internet gateway that is known by id', inSubnet((stack, _, table) => {
      new CfnRoute(stack, 'Route', route(table.ref, { gatewayId: 'igw-0123456789abcdef0' }));
    }), ['error PublicSubnets']],
    ['from which S3 can be reached, for Slurm', inSubnet(withS3), ['warning PublicSubnets']],
    ['from which S3 can be reached, for EKS', inSubnet(withS3, {}, EKS), ['error PublicSubnets']],
    ['of nodes of Slurm without scripts', inSubnet(toGateway, WITHOUT_SCRIPTS), ['warning PublicSubnets']],
    ['a virtual private gateway', inSubnet((stack, _, table) => { new CfnRoute(stack, 'Route', route(table.ref, { gatewayId: 'vgw-0123456789abcdef0' })); }), []],
    ['a gateway that is a parameter', inSubnet((stack, _, table) => { new CfnRoute(stack, 'Route', route(table.ref, { gatewayId: parameter(stack, 'Gateway') })); }), []],
    ['subnets that assign public addresses, with routes that are not known', stack => clusterIn(stack, [
      new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-11111111', cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: true }).ref,
    ], [IMPORTED], {}, EKS), ['warning PublicSubnets']],
    ['one of two, of which HyperPod selects one', stack => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      clusterIn(stack, [vpc.publicSubnets[0].subnetId, vpc.privateSubnets[0].subnetId], [IMPORTED], {}, EKS);
    }, ['warning PublicSubnets'], ['names public subnets: Training/Vpc/PublicSubnet1/Subnet.']],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));
});

describe('the way to S3', () => {
  const ISOLATED = ['error S3Connectivity[workers]'];
  const endpoint = (stack: Stack, props: object) => new CfnVPCEndpoint(stack, 'S3', { serviceName: `com.amazonaws.${stack.region}.s3`, ...props } as any);

  test.each<NetworkCase>([
    ['isolated subnets', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }), ISOLATED, ['Training/Vpc/NodesSubnet1/Subnet, Training/Vpc/NodesSubnet2/Subnet']],
    ['isolated subnets of nodes without scripts', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {}, workers: WITHOUT_SCRIPTS }), []],
    ['isolated subnets with a gateway endpoint of CDK', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc => vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 })), []],
    ['an endpoint of CDK for another service', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc => vpc.addGatewayEndpoint('Db', { service: GatewayVpcEndpointAwsService.DYNAMODB })), ISOLATED],
    ['an interface endpoint of CDK', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc => vpc.addInterfaceEndpoint('S3', { service: InterfaceVpcEndpointAwsService.S3 })), []],
    ['no route', inSubnet(() => {}), ISOLATED],
    ['an endpoint for the route table', inSubnet((stack, vpc, table) => endpoint(stack, { vpcId: vpc.ref, routeTableIds: [table.attrRouteTableId] })), []],
    ['an endpoint for another route table', inSubnet((stack, vpc) =>
      endpoint(stack, { vpcId: vpc.ref, routeTableIds: [new CfnRouteTable(stack, 'Other', { vpcId: vpc.ref }).ref] })), ISOLATED],
    ['an endpoint for no route table', inSubnet((stack, vpc) => endpoint(stack, { vpcId: vpc.ref })), ISOLATED],
    ['an endpoint for route tables that are a parameter', inSubnet((stack, vpc) =>
      endpoint(stack, { vpcId: vpc.ref, routeTableIds: new CfnParameter(stack, 'Tables', { type: 'CommaDelimitedList' }).valueAsList })), []],
    ['an endpoint in another VPC', inSubnet((stack, _, table) => endpoint(stack, { vpcId: cfnVpc(stack, 'Other').ref, routeTableIds: [table.ref] })), ISOLATED],
    ['an interface endpoint in a VPC that is a parameter', inSubnet(stack => endpoint(stack, { vpcId: parameter(stack, 'Id'), vpcEndpointType: 'Interface' })), []],
    ['an endpoint for a service that is a parameter', inSubnet((stack, vpc, table) =>
      endpoint(stack, { vpcId: vpc.ref, serviceName: parameter(stack, 'Service'), routeTableIds: [table.ref] })), []],
    ['a NAT gateway', inSubnet((stack, _, table) => { new CfnRoute(stack, 'Route', route(table.ref, { natGatewayId: 'nat-0123456789abcdef0' })); }), []],
    ['a transit gateway', inSubnet((stack, _, table) => { new CfnRoute(stack, 'Route', route(table.ref, { transitGatewayId: 'tgw-0123456789abcdef0' })); }), []],
    ['a peering connection', inSubnet((stack, _, table) => {
      new CfnRoute(stack, 'Route', route(table.ref, { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }, '10.1.0.0/16'));
    }), ISOLATED],
    ['a route to addresses that are a parameter', inSubnet((stack, _, table) => {
      new CfnRoute(stack, 'Route', route(table.ref, { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }, parameter(stack, 'Cidr')));
    }), []],
    ['a route of a route table that is a parameter', inSubnet(stack => {
      new CfnRoute(stack, 'Route', route(parameter(stack, 'Table'), { natGatewayId: 'nat-0123456789abcdef0' }));
    }), []],
    ['a route of another route table', inSubnet((stack, vpc) => {
      new CfnRoute(stack, 'Route', route(new CfnRouteTable(stack, 'Other', { vpcId: vpc.ref }).ref, { natGatewayId: 'nat-0123456789abcdef0' }));
    }), ISOLATED],
    ['the main route table of a VPC of the app', stack => clusterIn(stack, [cfnSubnet(stack, cfnVpc(stack).ref).ref], [IMPORTED]), ISOLATED],
    ['the main route table of a VPC that is known by id', stack => clusterIn(stack, [cfnSubnet(stack, 'vpc-11111111').ref], [IMPORTED]), []],
    ['a subnet that an association of a parameter may be about', stack => {
      new CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: parameter(stack, 'Id'), routeTableId: 'rtb-0123456789abcdef0' });
      clusterIn(stack, [cfnSubnet(stack, cfnVpc(stack).ref).ref], [IMPORTED]);
    }, []],
    ['one isolated subnet of two, of which HyperPod selects one', stack => {
      clusterIn(stack, [cfnSubnet(stack, cfnVpc(stack).ref).ref, 'subnet-11111111'], [IMPORTED]);
    }, ['warning S3Connectivity[workers]'], ['From Training/Subnet, the nodes']],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test('only the groups that have no way are named', () => {
    expectNetworkFindings(stack => {
      clusterIn(stack, [cfnSubnet(stack, cfnVpc(stack).ref).ref], [IMPORTED], {}, {
        instanceGroups: [group('a'), group('b', { overrideVpcConfig: OVERRIDE }), group('c', WITHOUT_SCRIPTS), group('d')],
      });
    }, ['error S3Connectivity[a,d]']);
  });

  test('a NAT gateway that only some deployments have', () => {
    expectNetworkFindings(inSubnet((stack, _, table) => {
      const condition = new CfnCondition(stack, 'HasNat', { expression: Fn.conditionEquals(parameter(stack, 'Nat'), 'yes') });
      new CfnRoute(stack, 'Route', route(table.ref, { natGatewayId: 'nat-0123456789abcdef0' })).cfnOptions.condition = condition;
    }), ['warning S3Connectivity[workers]'], ['This is so when']);
  });
});

describe('interface endpoints on EKS', () => {
  const SERVICES = ['EC2', 'ECR', 'ECR_DOCKER', 'CLOUDWATCH_LOGS', 'SSM', 'SSM_MESSAGES', 'STS'] as const;
  const isolated = (...services: readonly (typeof SERVICES[number])[]) => inVpc(SubnetType.PRIVATE_ISOLATED, {}, vpc => {
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    services.forEach(name => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name] }));
  });

  test.each<NetworkCase>([
    ['all', isolated(...SERVICES), []],
    ['none', isolated(), ['warning EksEndpoints'], ['Training/Vpc/NodesSubnet1/Subnet has no endpoint for ec2, ecr.api, ecr.dkr, logs, ssm, ssmmessages, sts']],
    ['all but two', isolated('EC2', 'ECR', 'CLOUDWATCH_LOGS', 'SSM', 'SSM_MESSAGES'), ['warning EksEndpoints'], ['no endpoint for ecr.dkr, sts.']],
    ['none beside a NAT gateway', inVpc(SubnetType.PRIVATE_WITH_EGRESS), []],
    ['none for Slurm', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {}, workers: WITHOUT_SCRIPTS }), []],
    ['none, without S3', inVpc(SubnetType.PRIVATE_ISOLATED), ['error S3Connectivity[workers]', 'warning EksEndpoints']],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));
});

describe('DNS of the VPC', () => {
  const withDns = (dns: object, props: CfnClusterProps = EKS, build: (stack: Stack, vpc: CfnVPC) => void = () => {}) => (stack: Stack) => {
    const vpc = cfnVpc(stack, 'Vpc', dns);
    build(stack, vpc);
    const subnet = cfnSubnet(stack, vpc.ref);
    new CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: subnet.ref, routeTableId: 'rtb-0123456789abcdef0' });
    clusterIn(stack, [subnet.ref], [IMPORTED], {}, props);
  };

  test.each<NetworkCase>([
    ['on', withDns({ enableDnsSupport: true, enableDnsHostnames: true }), []],
    ['support by default', withDns({ enableDnsHostnames: true }), []],
    ['no hostnames by default, for EKS', withDns({ enableDnsHostnames: undefined }), ['error VpcDns'], ['Training/Vpc, in which EnableDnsHostnames is off']],
    ['no hostnames by default, for Slurm', withDns({ enableDnsHostnames: undefined }, {}), ['warning VpcDns']],
    ['no support, for Slurm', withDns({ enableDnsSupport: false }, {}), ['error VpcDns'], ['EnableDnsSupport is off']],
    ['neither', withDns({ enableDnsSupport: false, enableDnsHostnames: false }, {}), ['error VpcDns'], ['EnableDnsSupport and EnableDnsHostnames are off']],
    ['no support, but DNS servers of its own', withDns({ enableDnsSupport: false }, {}, (stack, vpc) => {
      new CfnVPCDHCPOptionsAssociation(stack, 'Dns', { vpcId: vpc.ref, dhcpOptionsId: 'dopt-0123456789abcdef0' });
    }), ['warning VpcDns']],
    ['no hostnames in the VPC of an override, too', stack => {
      const vpc = cfnVpc(stack, 'Vpc', { enableDnsHostnames: false });
      const vpcConfig = { subnets: [cfnSubnet(stack, vpc.ref).ref], securityGroupIds: [IMPORTED] };
      clusterIn(stack, vpcConfig.subnets, [IMPORTED], { ...WITHOUT_SCRIPTS, overrideVpcConfig: vpcConfig });
    }, ['warning VpcDns']],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test('a parameter may be on', () => {
    expectNetworkFindings(stack => withDns({
      enableDnsHostnames: Token.asAny({ Ref: new CfnParameter(stack, 'Dns', { allowedPattern: 'true|false' }).logicalId }),
    })(stack), []);
  });
});

describe('addresses of subnets', () => {
  /** A cluster of P5 nodes in subnets of some sizes. */
  const inSubnets = (
    cidrBlocks: (string | undefined)[], workers: Partial<Group>, props: CfnClusterProps = {}, more: Partial<CfnSubnetProps> = {},
  ) => (stack: Stack) => {
    const subnets = cidrBlocks.map((cidrBlock, index) => cfnSubnet(stack, 'vpc-11111111', `Subnet${index}`, { cidrBlock, ...more }).ref);
    clusterIn(stack, subnets, [IMPORTED], { instanceType: 'ml.p5.48xlarge', ...workers }, props);
  };
  const TOO_SMALL = ['warning SubnetAddresses'];

  test.each<NetworkCase>([
    ['as many as nodes of Slurm need', inSubnets(['10.0.0.0/24'], { instanceCount: 7 }), []],
    ['fewer', inSubnets(['10.0.0.0/24'], { instanceCount: 8 }), TOO_SMALL, ['They need 256: "workers" 8 × 32. The largest subnet has 251']],
    ['as many as nodes of EKS need', inSubnets(['10.0.0.0/24'], { instanceCount: 3 }, EKS), []],
    ['fewer on EKS', inSubnets(['10.0.0.0/24'], { instanceCount: 4 }, EKS), TOO_SMALL, ['"workers" 4 × 81']],
    ['fewer in each subnet, of which HyperPod selects one', inSubnets(['10.0.0.0/24', '10.0.1.0/24'], { instanceCount: 8 }), TOO_SMALL],
    ['enough in one of them', inSubnets(['10.0.0.0/24', '10.0.2.0/23'], { instanceCount: 8 }), []],
    ['the least of types that may be chosen from', inSubnets(['10.0.0.0/24'], {
      instanceCount: 8, instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.p5.48xlarge', 'ml.p5.4xlarge'] },
    }), []],
    ['fewer than the groups need together', inSubnets(['10.0.0.0/24'], {}, {
      instanceGroups: [group('a', { instanceType: 'ml.p5.48xlarge', instanceCount: 4 }), group('b', { instanceType: 'ml.p5.48xlarge', instanceCount: 4 })],
    }), TOO_SMALL, ['"a" 4 × 32, "b" 4 × 32']],
    ['enough for those that do not attach elsewhere', inSubnets(['10.0.0.0/24'], {}, {
      instanceGroups: [group('a', { instanceType: 'ml.p5.48xlarge', instanceCount: 4 }), group('b', { instanceType: 'ml.p5.48xlarge', instanceCount: 4, overrideVpcConfig: OVERRIDE })],
    }), []],
    ['a size that IPAM is asked for', inSubnets([undefined], { instanceCount: 8 }, {}, { ipv4IpamPoolId: 'ipam-pool-1', ipv4NetmaskLength: 24 }), []],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test.each<[string, (stack: Stack) => void]>([
    ['InstanceCount', stack => inSubnets(['10.0.0.0/28'], { instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber })(stack)],
    ['InstanceType', stack => inSubnets(['10.0.0.0/28'], { instanceType: parameter(stack, 'Type'), instanceCount: 99 })(stack)],
    ['CidrBlock', stack => inSubnets([parameter(stack, 'Cidr')], { instanceCount: 99 })(stack)],
    ['CidrBlock of one of two', stack => inSubnets(['10.0.0.0/28', parameter(stack, 'Cidr')], { instanceCount: 99 })(stack)],
  ])('%s is a parameter', (_, app) => expectNetworkFindings(app, []));
});
