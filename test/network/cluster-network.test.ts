import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HyperPodCluster, OverrideVpcConfig } from '../../src';
import { clusterDependsOn, clusterIn, clusterProperties, group, importedVpc } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, testApp } from '../private/app';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

describe('the security group that the cluster makes', () => {
  test('lets every member talk to every other, in and out, beside all other egress', () => {
    clusterIn(stack, { vpc: importedVpc(stack) });

    const { logicalId, resource } = onlyResource(stack, 'AWS::EC2::SecurityGroup');
    const itself = { 'Fn::GetAtt': [logicalId, 'GroupId'] };
    expect(resource.Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })]);
    expect(onlyResource(stack, 'AWS::EC2::SecurityGroupIngress').resource.Properties)
      .toMatchObject({ GroupId: itself, SourceSecurityGroupId: itself, IpProtocol: '-1' });
    expect(onlyResource(stack, 'AWS::EC2::SecurityGroupEgress').resource.Properties)
      .toMatchObject({ GroupId: itself, DestinationSecurityGroupId: itself, IpProtocol: '-1' });
    expect(clusterProperties(stack).VpcConfig.SecurityGroupIds).toEqual([itself]);
  });

  test('has both rules before the cluster starts', () => {
    clusterIn(stack, { vpc: importedVpc(stack) });

    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining([
      onlyResource(stack, 'AWS::EC2::SecurityGroupIngress').logicalId,
      onlyResource(stack, 'AWS::EC2::SecurityGroupEgress').logicalId,
    ]));
  });
});

test('security groups given are used as they are', () => {
  clusterIn(stack, { vpc: importedVpc(stack), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-11111111')] });

  expect(clusterProperties(stack).VpcConfig.SecurityGroupIds).toEqual(['sg-11111111']);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
});

describe('subnets', () => {
  test('are the private ones of the VPC', () => {
    clusterIn(stack, { vpc: importedVpc(stack) });

    expect(clusterProperties(stack).VpcConfig.Subnets).toEqual(['subnet-11111111', 'subnet-22222222']);
  });

  test('are those selected', () => {
    clusterIn(stack, { vpc: importedVpc(stack), vpcSubnets: { availabilityZones: ['eu-west-1b'] } });

    expect(clusterProperties(stack).VpcConfig.Subnets).toEqual(['subnet-22222222']);
  });

  test('fail rather than fall back to public ones, where nodes do not start', () => {
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }] });

    expect(() => clusterIn(stack, { vpc })).toThrow(expect.objectContaining({
      name: 'VpcWithoutPrivateSubnets', message: expect.stringContaining('VPC "Stack/Vpc" has no private subnets'),
    }));
  });

  test('are the isolated ones of a VPC that has no others but public ones', () => {
    const vpc = new Vpc(stack, 'Vpc', {
      natGateways: 0,
      maxAzs: 1,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }, { name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    clusterIn(stack, { vpc });

    expect(clusterProperties(stack).VpcConfig.Subnets).toEqual([stack.resolve(vpc.isolatedSubnets[0].subnetId)]);
  });
});

describe('a group with an overrideVpcConfig', () => {
  const own = () => SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-11111111');
  const otherVpc = () => Vpc.fromVpcAttributes(stack, 'Other', {
    vpcId: 'vpc-22222222', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-33333333'], privateSubnetRouteTableIds: ['rtb-33333333'],
  });

  test.each<[string, () => OverrideVpcConfig, string[], any]>([
    ['of security groups alone stays in the subnets of the cluster', () => ({ securityGroups: [own()] }), ['subnet-22222222'], ['sg-11111111']],
    [
      'of subnets alone keeps the security groups of the cluster',
      () => ({ vpcSubnets: { availabilityZones: ['eu-west-1a'] } }), ['subnet-11111111'], [expect.anything()],
    ],
    ['of another VPC is in the private subnets of that', () => ({ vpc: otherVpc(), securityGroups: [own()] }), ['subnet-33333333'], ['sg-11111111']],
  ])('%s', (_, override, Subnets, SecurityGroupIds) => {
    clusterIn(stack, {
      vpc: importedVpc(stack), vpcSubnets: { availabilityZones: ['eu-west-1b'] }, instanceGroups: [group('workers', { overrideVpcConfig: override() })],
    });

    expect(clusterProperties(stack).InstanceGroups[0].OverrideVpcConfig).toEqual({ Subnets, SecurityGroupIds });
  });

  test.each<[string, () => OverrideVpcConfig]>([
    ['another VPC without security groups of it', () => ({ vpc: otherVpc() })],
    ['no security groups', () => ({ securityGroups: [] })],
  ])('fails with %s', (_, override) => {
    expect(() => clusterIn(stack, { vpc: importedVpc(stack), instanceGroups: [group('workers', { overrideVpcConfig: override() })] }))
      .toThrow(expect.objectContaining({ name: 'OverrideVpcConfigNeedsSecurityGroups', message: expect.stringContaining('instance group "workers"') }));
  });
});

describe('the cluster waits for', () => {
  test('the routes to the internet, over which the scripts come', () => {
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 1, maxAzs: 1 });
    clusterIn(stack, { vpc });

    const routes = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::Route', { Properties: { NatGatewayId: { Ref: Match.anyValue() } } }));
    expect(routes).toHaveLength(1);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining(routes));
  });

  test('endpoints of the VPC, added before or after, over which the scripts come without the internet', () => {
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
    clusterIn(stack, { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } });
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });

    expect(clusterDependsOn(stack)).toContain(onlyResource(stack, 'AWS::EC2::VPCEndpoint').logicalId);
  });
});

describe('an endpoint that itself needs a cluster, by its policy,', () => {
  const describing = (...clusters: HyperPodCluster[]) => new PolicyStatement({
    principals: [new AnyPrincipal()], actions: ['sagemaker:DescribeCluster'], resources: clusters.map(({ clusterArn }) => clusterArn),
  });

  test('is not waited for, what else the VPC has is', () => {
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
    const needing = vpc.addInterfaceEndpoint('Api', { service: InterfaceVpcEndpointAwsService.SAGEMAKER_API });
    vpc.addInterfaceEndpoint('Logs', { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
    needing.addToPolicy(describing(clusterIn(stack, { vpc })));

    const endpoints = clusterDependsOn(stack).filter(id => Template.fromStack(stack).toJSON().Resources[id].Type === 'AWS::EC2::VPCEndpoint');
    expect(endpoints).toEqual([expect.stringMatching(/^VpcLogs/)]);
  });

  test('of two clusters in the VPC is waited for by neither', () => {
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
    const needing = vpc.addInterfaceEndpoint('Api', { service: InterfaceVpcEndpointAwsService.SAGEMAKER_API });
    const clusters = ['One', 'Two'].map(id => new HyperPodCluster(stack, id, { vpc, instanceGroups: [group('workers')] }));
    needing.addToPolicy(describing(...clusters));

    const waiting = Object.values(resourcesOfType(stack, 'AWS::SageMaker::Cluster')).map(({ DependsOn }) => DependsOn);
    expect(waiting).toHaveLength(2);
    for (const dependsOn of waiting) {
      expect(dependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^VpcPrivateSubnet1DefaultRoute/)]));
      expect(dependsOn).not.toEqual(expect.arrayContaining([expect.stringMatching(/^VpcApi[0-9A-F]{8}$/)]));
    }
  });
});

test('without a VPC nothing is rendered, and HyperPod manages one', () => {
  clusterIn(stack);

  expect(clusterProperties(stack)).not.toHaveProperty('VpcConfig');
  Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 0);
});
