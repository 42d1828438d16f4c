import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { cfnRole, cluster, instanceGroup, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';

interface Network {
  readonly subnets: string[];
  readonly routeTables: string[];
  readonly vpcId: string;
}

/** A VPC with two subnets, each with a route table of its own. */
function network(stack: Stack, id = 'Vpc'): Network {
  const vpc = new ec2.CfnVPC(stack, id, { cidrBlock: '10.0.0.0/16' });
  const subnets = ['10.0.0.0/24', '10.0.1.0/24'].map((cidrBlock, index) => new ec2.CfnSubnet(stack, `${id}Subnet${index}`, { vpcId: vpc.ref, cidrBlock }).ref);
  const routeTables = subnets.map((subnetId, index) => {
    const table = new ec2.CfnRouteTable(stack, `${id}Routes${index}`, { vpcId: vpc.ref });
    new ec2.CfnSubnetRouteTableAssociation(stack, `${id}Association${index}`, { subnetId, routeTableId: table.ref });
    return table.ref;
  });
  return { subnets, routeTables, vpcId: vpc.ref };
}

function s3Endpoint(stack: Stack, { vpcId, routeTables }: Pick<Network, 'vpcId' | 'routeTables'>, ...statements: object[]): void {
  new ec2.CfnVPCEndpoint(stack, 'S3', {
    vpcId,
    routeTableIds: routeTables,
    serviceName: `com.amazonaws.${stack.region}.s3`,
    vpcEndpointType: 'Gateway',
    policyDocument: statements.length > 0 ? policy(...statements) : undefined,
  });
}

function clusterIn(stack: Stack, subnets: string[]): void {
  cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS, { vpcConfig: { subnets, securityGroupIds: ['sg-0123456789abcdef0'] } });
}

const only = (...resources: string[]) => ({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resources });
const ELSEWHERE = only('arn:aws:s3:::our-data', 'arn:aws:s3:::our-data/*');

corpus('S3 gateway endpoints of the cluster\'s VPC', [
  {
    name: 'an endpoint without a policy',
    verdict: 'allowed',
    why: 'it lets everything pass',
    app: stack => {
      const vpc = network(stack);
      s3Endpoint(stack, vpc);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'an endpoint with a policy for the scripts',
    verdict: 'allowed',
    why: 'what it lets pass, the role\'s policies allow',
    app: stack => {
      const vpc = network(stack);
      s3Endpoint(stack, vpc, only(BUCKET, `${BUCKET}/*`));
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'an endpoint with a policy for other buckets',
    verdict: 'denied',
    why: 'requests of the nodes pass the endpoint, which lets only those to our-data pass',
    app: stack => {
      const vpc = network(stack);
      s3Endpoint(stack, vpc, ELSEWHERE);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'an endpoint that denies the scripts',
    verdict: 'denied',
    why: 'a deny in an endpoint\'s policy is a deny',
    app: stack => {
      const vpc = network(stack);
      s3Endpoint(stack, vpc, only('*'), { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${BUCKET}/*` });
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'an endpoint for another role',
    verdict: 'denied',
    why: 'the policy names who may pass',
    app: stack => {
      const vpc = network(stack);
      s3Endpoint(stack, vpc, { ...only('*'), Principal: { AWS: cfnRole(stack, {}, 'Other').attrArn } });
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'an endpoint for the role',
    verdict: 'unknown',
    why: 'AWS documents everyone as principal for gateway endpoints, and no other',
    app: stack => {
      const vpc = network(stack);
      const role = roleWith(stack, ...readStatements(BUCKET));
      s3Endpoint(stack, vpc, { ...only('*'), Principal: { AWS: role.roleArn } });
      cluster(stack, role, SCRIPTS, { vpcConfig: { subnets: vpc.subnets, securityGroupIds: ['sg-0123456789abcdef0'] } });
    },
  },
  {
    name: 'an endpoint for the role, by a condition',
    verdict: 'allowed',
    why: 'aws:PrincipalArn is how a gateway endpoint names who may pass',
    app: stack => {
      const vpc = network(stack);
      const role = roleWith(stack, ...readStatements(BUCKET));
      s3Endpoint(stack, vpc, { ...only('*'), Condition: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } } });
      cluster(stack, role, SCRIPTS, { vpcConfig: { subnets: vpc.subnets, securityGroupIds: ['sg-0123456789abcdef0'] } });
    },
  },
  {
    name: 'an endpoint that is in the routes of other subnets',
    verdict: 'allowed',
    why: 'a gateway endpoint works by routes',
    app: stack => {
      const { subnets, routeTables, vpcId } = network(stack);
      s3Endpoint(stack, { vpcId, routeTables: routeTables.slice(1) }, ELSEWHERE);
      clusterIn(stack, subnets.slice(0, 1));
    },
  },
  {
    name: 'an endpoint that is in the routes of some of the cluster\'s subnets',
    verdict: 'unknown',
    why: 'in which of its subnets a node comes up is decided when it does',
    app: stack => {
      const { subnets, routeTables, vpcId } = network(stack);
      s3Endpoint(stack, { vpcId, routeTables: routeTables.slice(1) }, ELSEWHERE);
      clusterIn(stack, subnets);
    },
  },
  {
    name: 'an endpoint of another VPC',
    verdict: 'allowed',
    why: 'nodes are not in that VPC',
    app: stack => {
      s3Endpoint(stack, network(stack, 'Other'), ELSEWHERE);
      clusterIn(stack, network(stack).subnets);
    },
  },
  {
    name: 'a cluster without a VPC of its own',
    verdict: 'allowed',
    why: 'its nodes are in a VPC of HyperPod',
    app: stack => {
      s3Endpoint(stack, network(stack), ELSEWHERE);
      cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS);
    },
  },
  {
    name: 'subnets that the app does not define',
    verdict: 'unknown',
    why: 'whether the endpoint is in their routes is not in the app',
    app: stack => {
      s3Endpoint(stack, { vpcId: 'vpc-0123456789abcdef0', routeTables: ['rtb-0123456789abcdef0'] }, ELSEWHERE);
      clusterIn(stack, ['subnet-0123456789abcdef0']);
    },
  },
  {
    name: 'VPC, subnets and route tables by GetAtt',
    verdict: 'denied',
    why: 'an id by its attribute is the same as by Ref',
    app: stack => {
      const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      const subnet = new ec2.CfnSubnet(stack, 'Subnet', { vpcId: vpc.attrVpcId, cidrBlock: '10.0.0.0/24' });
      const table = new ec2.CfnRouteTable(stack, 'Routes', { vpcId: vpc.ref });
      new ec2.CfnSubnetRouteTableAssociation(stack, 'Association', { subnetId: subnet.ref, routeTableId: table.ref });
      s3Endpoint(stack, { vpcId: vpc.ref, routeTables: [table.attrRouteTableId] }, ELSEWHERE);
      clusterIn(stack, [subnet.attrSubnetId]);
    },
  },
  {
    name: 'subnets from parameters, and an endpoint of a VPC of the app',
    verdict: 'unknown',
    why: 'a parameter may hold the id of a subnet of that VPC, as one that went through Systems Manager',
    app: stack => {
      s3Endpoint(stack, network(stack), ELSEWHERE);
      clusterIn(stack, [new CfnParameter(stack, 'Subnet').valueAsString]);
    },
  },
  {
    name: 'subnets that are older than the endpoint\'s VPC',
    verdict: 'allowed',
    why: 'what has an id at synth cannot lie in a VPC that the app makes',
    app: stack => {
      s3Endpoint(stack, network(stack), ELSEWHERE);
      clusterIn(stack, ['subnet-0123456789abcdef0']);
    },
  },
  {
    name: 'subnets without a route table of their own',
    verdict: 'allowed',
    why: 'the main route table of a VPC of the app is not among the endpoint\'s',
    app: stack => {
      const { vpcId, routeTables } = network(stack);
      s3Endpoint(stack, { vpcId, routeTables }, ELSEWHERE);
      clusterIn(stack, [new ec2.CfnSubnet(stack, 'Subnet', { vpcId, cidrBlock: '10.0.2.0/24' }).ref]);
    },
  },
  {
    name: 'an L2 VPC with a gateway endpoint for other buckets',
    verdict: 'denied',
    why: 'addGatewayEndpoint puts it into the routes of all subnets',
    app: stack => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false });
      const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
      endpoint.addToPolicy(new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()], actions: ['s3:*'], resources: ['arn:aws:s3:::our-data/*'],
      }));
      clusterIn(stack, vpc.privateSubnets.map(({ subnetId }) => subnetId));
    },
  },
  {
    name: 'a group in subnets of its own',
    verdict: { controller: 'allowed', workers: 'denied' },
    why: 'OverrideVpcConfig puts a group into other subnets than the cluster\'s',
    app: stack => {
      const { subnets, routeTables, vpcId } = network(stack);
      s3Endpoint(stack, { vpcId, routeTables: routeTables.slice(1) }, ELSEWHERE);
      const role = roleWith(stack, ...readStatements(BUCKET));
      const securityGroupIds = ['sg-0123456789abcdef0'];
      cluster(stack, role, SCRIPTS, {
        vpcConfig: { subnets: subnets.slice(0, 1), securityGroupIds },
        instanceGroups: [
          instanceGroup('controller', role, SCRIPTS),
          { ...instanceGroup('workers', role, SCRIPTS), overrideVpcConfig: { subnets: subnets.slice(1), securityGroupIds } },
        ],
      });
    },
  },
]);

/** An interface endpoint for S3, and what more is said of it. */
function interfaceEndpoint(stack: Stack, { vpcId, subnets }: Network, more: Partial<ec2.CfnVPCEndpointProps>, ...statements: object[]): void {
  new ec2.CfnVPCEndpoint(stack, 'Interface', {
    vpcId,
    subnetIds: subnets,
    serviceName: `com.amazonaws.${stack.region}.s3`,
    vpcEndpointType: 'Interface',
    policyDocument: statements.length > 0 ? policy(...statements) : undefined,
    ...more,
  });
}

const PRIVATE_DNS = 'S3\'s own names lead to the endpoint: https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html';
const ALL_RESOLVERS = { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' } };
const INBOUND = { privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: 'OnlyInboundResolver' } };
const EVERYTHING = only('*');

corpus('S3 interface endpoints of the cluster\'s VPC', [
  {
    name: 'that does not let the requests pass, and is the only way',
    verdict: 'denied',
    why: PRIVATE_DNS,
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, { privateDnsEnabled: true }, ELSEWHERE);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'that lets everything pass',
    verdict: 'allowed',
    why: PRIVATE_DNS,
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, { privateDnsEnabled: true }, EVERYTHING);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'that does not let the requests pass, without private DNS',
    verdict: 'unknown',
    why: 'a zone that the app does not define may lead there',
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, {}, ELSEWHERE);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'that does not let the requests pass, without private DNS, beside a gateway that does',
    verdict: 'allowed',
    why: 'S3\'s own names lead to the gateway: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, {}, ELSEWHERE);
      s3Endpoint(stack, vpc, EVERYTHING);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'that lets the requests pass for all, beside a gateway that does not',
    verdict: 'allowed',
    why: PRIVATE_DNS,
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, ALL_RESOLVERS, EVERYTHING);
      s3Endpoint(stack, vpc, ELSEWHERE);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'for inbound resolvers only, beside a gateway that lets the requests pass',
    verdict: 'allowed',
    why: 'traffic from the VPC goes to the gateway: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-vpcendpoint-dnsoptionsspecification.html',
    app: stack => {
      const vpc = network(stack);
      interfaceEndpoint(stack, vpc, INBOUND, ELSEWHERE);
      s3Endpoint(stack, vpc, EVERYTHING);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'of another VPC',
    verdict: 'allowed',
    why: 'private DNS is of the endpoint\'s VPC',
    app: stack => {
      interfaceEndpoint(stack, network(stack, 'Other'), { privateDnsEnabled: true }, ELSEWHERE);
      clusterIn(stack, network(stack).subnets);
    },
  },
  {
    name: 'whose type is a parameter',
    verdict: 'unknown',
    why: 'the parameter may make it a gateway or an interface endpoint',
    app: stack => {
      const vpc = network(stack);
      const vpcEndpointType = new CfnParameter(stack, 'Type', { default: 'Interface' }).valueAsString;
      interfaceEndpoint(stack, vpc, { privateDnsEnabled: true, vpcEndpointType }, ELSEWHERE);
      clusterIn(stack, vpc.subnets);
    },
  },
  {
    name: 'a gateway whose service is a parameter',
    verdict: 'unknown',
    why: 'the parameter may name S3',
    app: stack => {
      const vpc = network(stack);
      new ec2.CfnVPCEndpoint(stack, 'Gateway', {
        vpcId: vpc.vpcId,
        routeTableIds: vpc.routeTables,
        vpcEndpointType: 'Gateway',
        policyDocument: policy(ELSEWHERE),
        serviceName: new CfnParameter(stack, 'Service').valueAsString,
      });
      clusterIn(stack, vpc.subnets);
    },
  },
]);
