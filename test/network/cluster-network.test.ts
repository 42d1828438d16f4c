import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { clusterDependsOn, clusterIn, clusterProperties, importedVpc } from '../cluster/fixtures';
import { onlyResource, testApp } from '../private/app';

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

    expect(() => clusterIn(stack, { vpc })).toThrow("no 'Private' subnet groups");
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

test('without a VPC nothing is rendered, and HyperPod manages one', () => {
  clusterIn(stack);

  expect(clusterProperties(stack)).not.toHaveProperty('VpcConfig');
  Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 0);
});
