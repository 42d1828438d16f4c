import { CfnParameter, Stack } from 'aws-cdk-lib';
import {
  CfnInternetGateway, CfnRoute, CfnRouteTable, CfnSecurityGroup, CfnSubnet, CfnSubnetRouteTableAssociation, CfnVPC, CfnVPCEndpoint,
  CfnVPCEndpointProps, GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { CfnHostedZone } from 'aws-cdk-lib/aws-route53';
import { eksEndpoints } from '../../../src/preflight/network/eks-endpoints';
import { publicSubnets } from '../../../src/preflight/network/public-subnets';
import { s3Connectivity } from '../../../src/preflight/network/s3-connectivity';
import { slurmEndpoints } from '../../../src/preflight/network/slurm-endpoints';
import { group } from '../private/cluster-properties';
import {
  admitItself, cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, conditionalGroups, EKS, IMPORTED, inSubnet, inVpc, OVERRIDE, parameter, routeProps,
  WITHOUT_SCRIPTS, WITHOUT_VALIDATION,
} from '../private/network';
import { isYes, optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const SUBNETS = ['VpcConfig.Subnets'];
const NAT = { natGatewayId: 'nat-0123456789abcdef0' };
const ONLY_ISOLATED = (stack: Stack) => [cfnSubnet(stack, cfnVpc(stack).ref).ref];

const addRoute = (target: object, destination?: string) => (stack: Stack, _: CfnVPC, table: CfnRouteTable) =>
  new CfnRoute(stack, 'Route', routeProps(table.ref, target, destination));
const toGateway = (stack: Stack, vpc: CfnVPC, table: CfnRouteTable) => { addRoute({ gatewayId: new CfnInternetGateway(stack, 'Gateway').ref })(stack, vpc, table); };
const endpoint = (stack: Stack, props: object) =>
  new CfnVPCEndpoint(stack, 'S3', { serviceName: `com.amazonaws.${stack.region}.s3`, ...props } as any);
const withS3 = (stack: Stack, vpc: CfnVPC, table: CfnRouteTable) => {
  toGateway(stack, vpc, table);
  endpoint(stack, { vpcId: vpc.ref, routeTableIds: [table.ref] });
};

testRule(publicSubnets, {
  silent: [
    ['private subnets of a Vpc', inVpc(SubnetType.PRIVATE_WITH_EGRESS)],
    ['a configuration that no group uses', stack => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      clusterIn(stack, [vpc.publicSubnets[0].subnetId], [IMPORTED], {
        overrideVpcConfig: { subnets: [vpc.privateSubnets[0].subnetId], securityGroupIds: [IMPORTED] },
      });
    }],
    ['a virtual private gateway', inSubnet(addRoute({ gatewayId: 'vgw-0123456789abcdef0' }))],
    ['subnets that the app does not define', stack => clusterIn(stack, ['subnet-11111111', 'subnet-22222222'], [IMPORTED], {}, EKS)],
    ['subnets of a looked-up Vpc', stack => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-11111111', availabilityZones: ['us-west-2a'], publicSubnetIds: ['subnet-11111111'] });
      clusterIn(stack, vpc.publicSubnets.map(({ subnetId }) => subnetId), [IMPORTED], {}, EKS);
    }],
  ],
  finds: [
    ['public subnets of a Vpc, for EKS', inVpc(SubnetType.PUBLIC), 'error', [],
      'names only public subnets: Training/Vpc/NodesSubnet1/Subnet, Training/Vpc/NodesSubnet2/Subnet', SUBNETS],
    ['public subnets of a Vpc, for Slurm', inVpc(SubnetType.PUBLIC, { props: {} }), 'error', [], 'names only public subnets', SUBNETS],
    ['a subnet without public addresses', inSubnet(toGateway), 'error', [], 'names only public subnets: Training/Subnet.', SUBNETS],
    ['an internet gateway that is known by id', inSubnet(addRoute({ gatewayId: 'igw-0123456789abcdef0' })), 'error', [], 'only public subnets', SUBNETS],
    ['one from which S3 can be reached, for Slurm', inSubnet(withS3), 'warning', [], 'only public subnets', SUBNETS],
    ['one from which S3 can be reached, for EKS', inSubnet(withS3, {}, EKS), 'error', [], 'only public subnets', SUBNETS],
    ['that of nodes of Slurm without scripts', inSubnet(toGateway, WITHOUT_SCRIPTS), 'warning', [], 'only public subnets', SUBNETS],
    ['subnets that assign public addresses, with routes that are not known', stack => clusterIn(stack, [
      new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-11111111', cidrBlock: '10.0.0.0/24', mapPublicIpOnLaunch: true }).ref,
    ], [IMPORTED], {}, EKS), 'warning', [], 'only public subnets', SUBNETS],
    ['one of two, of which HyperPod selects one', stack => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      clusterIn(stack, [vpc.publicSubnets[0].subnetId, vpc.privateSubnets[0].subnetId], [IMPORTED], {}, EKS);
    }, 'warning', [], 'names public subnets: Training/Vpc/PublicSubnet1/Subnet.', SUBNETS],
    ['that of an override', stack => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      clusterIn(stack, [vpc.privateSubnets[0].subnetId], [IMPORTED], {
        overrideVpcConfig: { subnets: [vpc.publicSubnets[0].subnetId], securityGroupIds: [IMPORTED] },
      }, EKS);
    }, 'error', ['workers'], 'OverrideVpcConfig of instance group "workers" names only public subnets', ['InstanceGroups.0.OverrideVpcConfig.Subnets']],
  ],
  tokens: [
    ['a configuration that only a group under a condition uses', stack => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      const overrideVpcConfig = { subnets: [vpc.privateSubnets[0].subnetId], securityGroupIds: [IMPORTED] };
      clusterIn(stack, [vpc.publicSubnets[0].subnetId], [IMPORTED], {}, {
        instanceGroups: [group('a', { overrideVpcConfig }), optionalGroup(stack, 'HasB', group('b'))],
      });
    }, 'warning', [], ['only public subnets', 'This is so when HasB is yes.'], SUBNETS],
    ['a gateway that is a parameter', stack => inSubnet(addRoute({ gatewayId: parameter(stack, 'Gateway') }))(stack)],
    ['an internet gateway under a condition', inSubnet((stack, vpc, table) => {
      addRoute({ gatewayId: 'igw-0123456789abcdef0' })(stack, vpc, table).cfnOptions.condition = isYes(stack, 'Public');
    }, {}, EKS), 'warning', [], ['only public subnets', 'This is so when Public is yes.'], SUBNETS],
  ],
  findsSeveral: [
    // Without scripts, the nodes come up.
    ['one from which groups read scripts that exist under conditions, for Slurm', stack =>
      inSubnet(toGateway, {}, { instanceGroups: conditionalGroups(stack, {}) })(stack), ['warning PublicSubnets', 'warning PublicSubnets'], WITHOUT_VALIDATION],
  ],
});

const ISOLATED = ['error', ['workers']] as const;

/** Nodes in a subnet that is not known, whose security group has one rule out. */
const letting = (rule: CfnSecurityGroup.EgressProperty) => (stack: Stack) => {
  const nodes = cfnSecurityGroup(stack, 'vpc-11111111');
  nodes.securityGroupEgress = [rule];
  clusterIn(stack, ['subnet-11111111'], [nodes.ref]);
};

/** An interface endpoint for S3 with a security group that is given rules. */
const s3Interface = (
  props: Partial<CfnVPCEndpointProps>, rules: (securityGroup: CfnSecurityGroup) => void = () => {},
) => (stack: Stack, vpc: CfnVPC) => {
  const securityGroup = cfnSecurityGroup(stack, vpc.ref, 'Endpoint');
  rules(securityGroup);
  endpoint(stack, { vpcId: vpc.ref, vpcEndpointType: 'Interface', securityGroupIds: [securityGroup.ref], ...props });
};

testRule(s3Connectivity, {
  silent: [
    ['private subnets of a Vpc', inVpc(SubnetType.PRIVATE_WITH_EGRESS, { props: {} })],
    ['isolated subnets of nodes without scripts', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {}, workers: WITHOUT_SCRIPTS })],
    ['a gateway endpoint of CDK', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc =>
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }))],
    ['an interface endpoint of CDK', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc =>
      vpc.addInterfaceEndpoint('S3', { service: InterfaceVpcEndpointAwsService.S3 }))],
    ['an endpoint for the route table', inSubnet((stack, vpc, table) => endpoint(stack, { vpcId: vpc.ref, routeTableIds: [table.attrRouteTableId] }))],
    ['a NAT gateway', inSubnet(addRoute(NAT))],
    ['a transit gateway', inSubnet(addRoute({ transitGatewayId: 'tgw-0123456789abcdef0' }))],
    ['security groups that let nodes out to the prefix list of S3', letting(
      { ipProtocol: 'tcp', fromPort: 443, toPort: 443, destinationPrefixListId: 'pl-0123456789abcdef0' })],
    ['security groups that let nodes out everywhere', letting({ ipProtocol: '-1', cidrIp: '0.0.0.0/0' })],
    ['security groups that let nodes out to addresses where an endpoint may be', letting({ ipProtocol: '-1', cidrIp: '10.0.0.0/8' })],
    ['an interface endpoint that takes connections of the nodes', inSubnet(s3Interface({ privateDnsEnabled: true }, sg => {
      sg.securityGroupIngress = [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/16' }];
    }))],
    ['an interface endpoint without private DNS, beside a hosted zone of the app', inSubnet((stack, vpc) => {
      new CfnHostedZone(stack, 'Zone', { name: 's3.us-west-2.amazonaws.com' });
      s3Interface({ privateDnsEnabled: false }, sg => { sg.securityGroupIngress = [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0' }]; })(stack, vpc);
    })],
    ['the main route table of a VPC that is known by id', stack => clusterIn(stack, [cfnSubnet(stack, 'vpc-11111111').ref], [IMPORTED])],
  ],
  finds: [
    ['isolated subnets', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }), ...ISOLATED,
      'From Training/Vpc/NodesSubnet1/Subnet, Training/Vpc/NodesSubnet2/Subnet, the nodes', SUBNETS],
    ['an endpoint of CDK for another service', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc =>
      vpc.addGatewayEndpoint('Db', { service: GatewayVpcEndpointAwsService.DYNAMODB })), ...ISOLATED, 'no endpoint for S3 is in reach', SUBNETS],
    ['no route', inSubnet(() => {}), ...ISOLATED, 'no route leaves the VPC', SUBNETS],
    ['an endpoint for another route table', inSubnet((stack, vpc) =>
      endpoint(stack, { vpcId: vpc.ref, routeTableIds: [new CfnRouteTable(stack, 'Other', { vpcId: vpc.ref }).ref] })), ...ISOLATED, 'no way to S3', SUBNETS],
    ['an endpoint for no route table', inSubnet((stack, vpc) => endpoint(stack, { vpcId: vpc.ref })), ...ISOLATED, 'no way to S3', SUBNETS],
    ['an endpoint in another VPC', inSubnet((stack, _, table) => endpoint(stack, { vpcId: cfnVpc(stack, 'Other').ref, routeTableIds: [table.ref] })),
      ...ISOLATED, 'no way to S3', SUBNETS],
    ['a peering connection', inSubnet(addRoute({ vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }, '10.1.0.0/16')), ...ISOLATED, 'no way to S3', SUBNETS],
    ['a route of another route table', inSubnet((stack, vpc) => {
      new CfnRoute(stack, 'Route', routeProps(new CfnRouteTable(stack, 'Other', { vpcId: vpc.ref }).ref, NAT));
    }), ...ISOLATED, 'no way to S3', SUBNETS],
    ['the main route table of a VPC of the app', stack => clusterIn(stack, ONLY_ISOLATED(stack), [IMPORTED]), ...ISOLATED, 'no way to S3', SUBNETS],
    ['one isolated subnet of two, of which HyperPod selects one', stack =>
      clusterIn(stack, [...ONLY_ISOLATED(stack), 'subnet-11111111'], [IMPORTED]), 'warning', ['workers'], 'From Training/Subnet, the nodes', SUBNETS],
    ['an isolated subnet of nodes of EKS without scripts', stack => clusterIn(stack, ONLY_ISOLATED(stack), [IMPORTED], WITHOUT_SCRIPTS, EKS),
      ...ISOLATED, 'no way to S3', SUBNETS],
    ['an interface endpoint without private DNS', inSubnet(s3Interface({ privateDnsEnabled: false }, sg => {
      sg.securityGroupIngress = [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0' }];
    })), ...ISOLATED, 'The endpoint Training/S3 has PrivateDnsEnabled false', SUBNETS],
    ['an interface endpoint that lets no node in', inSubnet(s3Interface({ privateDnsEnabled: true })), ...ISOLATED,
      'The endpoint Training/S3 does not admit the nodes on TCP port 443.', SUBNETS],
    ['security groups with the two rules to themselves and nothing else', stack => {
      const nodes = admitItself(cfnSecurityGroup(stack, 'vpc-11111111'), { egress: false });
      nodes.securityGroupEgress = [{ ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32' }];
      admitItself(nodes, { ingress: false });
      clusterIn(stack, ['subnet-11111111'], [nodes.ref]);
    }, ...ISOLATED, ['let no connection out', 'Training/Nodes has no rule for TCP port 443'], ['VpcConfig.SecurityGroupIds']],
    ['security groups that let nodes out for DNS only', letting({ ipProtocol: 'udp', fromPort: 53, toPort: 53, cidrIp: '0.0.0.0/0' }), ...ISOLATED,
      'let no connection out', ['VpcConfig.SecurityGroupIds']],
    ['only the groups that have no way', stack => clusterIn(stack, ONLY_ISOLATED(stack), [IMPORTED], {}, {
      instanceGroups: [group('a'), group('b', { overrideVpcConfig: OVERRIDE }), group('c', WITHOUT_SCRIPTS), group('d')],
    }), 'error', ['a', 'd'], 'the nodes of instance groups "a", "d" have no way', SUBNETS],
    ['a group that exists under a condition, among many', stack => clusterIn(stack, ONLY_ISOLATED(stack), [IMPORTED], {}, {
      instanceGroups: conditionalGroups(stack, {}, WITHOUT_SCRIPTS),
    }), 'warning', ['group-7'], ['instance group "group-7"', 'This is so when Has7 is yes.'], SUBNETS, WITHOUT_VALIDATION],
  ],
  tokens: [
    ['security groups that let nodes out to addresses that are a parameter', stack => letting({ ipProtocol: '-1', cidrIp: parameter(stack, 'Cidr') })(stack)],
    ['an endpoint for route tables that are a parameter', inSubnet((stack, vpc) =>
      endpoint(stack, { vpcId: vpc.ref, routeTableIds: new CfnParameter(stack, 'Tables', { type: 'CommaDelimitedList' }).valueAsList }))],
    ['an interface endpoint in a VPC that is a parameter', inSubnet(stack => endpoint(stack, { vpcId: parameter(stack, 'Id'), vpcEndpointType: 'Interface' }))],
    ['an endpoint for a service that is a parameter', inSubnet((stack, vpc, table) =>
      endpoint(stack, { vpcId: vpc.ref, serviceName: parameter(stack, 'Service'), routeTableIds: [table.ref] }))],
    ['a route to addresses that are a parameter', stack => inSubnet(
      addRoute({ vpcPeeringConnectionId: 'pcx-0123456789abcdef0' }, parameter(stack, 'Cidr')))(stack)],
    ['a route of a route table that is a parameter', inSubnet(stack => {
      new CfnRoute(stack, 'Route', routeProps(parameter(stack, 'Table'), NAT));
    })],
    ['a subnet that an association of a parameter may be about', stack => {
      new CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: parameter(stack, 'Id'), routeTableId: 'rtb-0123456789abcdef0' });
      clusterIn(stack, ONLY_ISOLATED(stack), [IMPORTED]);
    }],
    ['a NAT gateway that only some deployments have', inSubnet((stack, vpc, table) => {
      addRoute(NAT)(stack, vpc, table).cfnOptions.condition = isYes(stack, 'HasNat');
    }), 'warning', ['workers'], ['no way to S3', 'This is so when HasNat is no.'], SUBNETS],
  ],
});

const SERVICES = ['EC2', 'ECR', 'ECR_DOCKER', 'CLOUDWATCH_LOGS', 'SSM', 'SSM_MESSAGES', 'STS'] as const;
const SLURM_SERVICES = ['CLOUDWATCH_LOGS', 'CLOUDWATCH_MONITORING', 'SSM', 'SSM_MESSAGES', 'STS'] as const;
const isolated = (...services: readonly (typeof SERVICES[number])[]) => inVpc(SubnetType.PRIVATE_ISOLATED, {}, vpc => {
  vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  services.forEach(name => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name] }));
});

testRule(eksEndpoints, {
  silent: [
    ['all endpoints', isolated(...SERVICES)],
    ['none beside a NAT gateway', inVpc(SubnetType.PRIVATE_WITH_EGRESS)],
    ['none for Slurm', inVpc(SubnetType.PRIVATE_ISOLATED, { props: {}, workers: WITHOUT_SCRIPTS })],
  ],
  finds: [
    ['no endpoint', isolated(), 'warning', [],
      'Training/Vpc/NodesSubnet1/Subnet has no endpoint for ec2, ecr.api, ecr.dkr, logs, ssm, ssmmessages, sts', SUBNETS],
    ['endpoints that admit nobody', inVpc(SubnetType.PRIVATE_ISOLATED, {}, vpc =>
      SERVICES.forEach(name => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name], open: false }))), 'warning', [],
    ['no endpoint for ec2, ecr.api', 'does not admit the nodes on TCP port 443'], SUBNETS],
    ['endpoints without private DNS', inVpc(SubnetType.PRIVATE_ISOLATED, {}, vpc =>
      SERVICES.forEach(name => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name], privateDnsEnabled: false }))), 'warning', [],
    ['no endpoint for ec2, ecr.api', 'has PrivateDnsEnabled false'], SUBNETS],
    ['no endpoint for two services', isolated('EC2', 'ECR', 'CLOUDWATCH_LOGS', 'SSM', 'SSM_MESSAGES'), 'warning', [], 'no endpoint for ecr.dkr, sts.', SUBNETS],
  ],
  tokens: [
    ['an endpoint whose service is a parameter may be any', stack => inVpc(SubnetType.PRIVATE_ISOLATED, {}, vpc => {
      new CfnVPCEndpoint(stack, 'Endpoint', {
        vpcId: vpc.vpcId, vpcEndpointType: 'Interface', serviceName: parameter(stack, 'Service'), securityGroupIds: [IMPORTED],
      });
    })(stack)],
  ],
});

const slurmWith = (...services: readonly (typeof SLURM_SERVICES[number])[]) => inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc =>
  services.forEach(name => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name] })));

testRule(slurmEndpoints, {
  silent: [
    ['all endpoints', slurmWith(...SLURM_SERVICES)],
    ['none beside a NAT gateway', inVpc(SubnetType.PRIVATE_WITH_EGRESS, { props: {} })],
    ['none for EKS', inVpc(SubnetType.PRIVATE_ISOLATED)],
  ],
  finds: [
    ['no endpoint', slurmWith(), 'warning', [], 'Training/Vpc/NodesSubnet1/Subnet has no endpoint for logs, monitoring, ssm, ssmmessages, sts', SUBNETS],
    ['no endpoint for one service', slurmWith('CLOUDWATCH_LOGS', 'CLOUDWATCH_MONITORING', 'SSM', 'SSM_MESSAGES'), 'warning', [],
      'no endpoint for sts.', SUBNETS],
  ],
  tokens: [
    ['an endpoint whose service is a parameter may be any', stack => inVpc(SubnetType.PRIVATE_ISOLATED, { props: {} }, vpc => {
      new CfnVPCEndpoint(stack, 'Endpoint', {
        vpcId: vpc.vpcId, vpcEndpointType: 'Interface', serviceName: parameter(stack, 'Service'), securityGroupIds: [IMPORTED],
      });
    })(stack)],
  ],
});
