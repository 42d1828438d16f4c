import { CfnParameter, type IResolvable, Stack } from 'aws-cdk-lib';
import {
  CfnRouteTable, CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, CfnSubnet, CfnSubnetProps, CfnSubnetRouteTableAssociation, CfnVPC,
  CfnVPCProps, SubnetType, Vpc, VpcProps,
} from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { group, Group } from './cluster-properties';
import { optionalGroup } from './optional-groups';

/** A cluster with one group, `workers`, in subnets with security groups. */
export function clusterIn(
  stack: Stack, subnets: string[], securityGroupIds: string[], workers: Partial<Group> = {}, props: CfnClusterProps = {},
): CfnCluster {
  return new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers', workers)], vpcConfig: { subnets, securityGroupIds }, ...props });
}

export const EKS: CfnClusterProps = { orchestrator: { eks: { clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/team' } } };

export const WITHOUT_SCRIPTS: Partial<Group> = { lifeCycleConfig: undefined };

/** An imported security group, of which nothing is known. */
export const IMPORTED = 'sg-0123456789abcdef0';

/** A configuration of which nothing is known. */
export const OVERRIDE = { subnets: ['subnet-11111111'], securityGroupIds: [IMPORTED] };

export function parameter(stack: Stack, id: string): string {
  return new CfnParameter(stack, id).valueAsString;
}

/**
 * Twelve groups, each under a condition of its own, of which `group-7`, the ninth of all, is special, beside one without scripts that is always there.
 * Without validation, for that of CDK takes minutes.
 */
export function conditionalGroups(stack: Stack, special: Partial<Group>, usual: Partial<Group> = {}): (Group | IResolvable)[] {
  return [group('always', WITHOUT_SCRIPTS), ...[...Array(12).keys()].map(index =>
    optionalGroup(stack, `Has${index}`, group(`group-${index}`, index === 7 ? special : usual)))];
}

export const WITHOUT_VALIDATION = { withoutValidation: true };

/** A VPC as an L1, with DNS names. */
export function cfnVpc(stack: Stack, id = 'Vpc', props: Partial<CfnVPCProps> = {}): CfnVPC {
  return new CfnVPC(stack, id, { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true, ...props });
}

export function cfnSubnet(stack: Stack, vpcId: string, id = 'Subnet', props: Partial<CfnSubnetProps> = {}): CfnSubnet {
  return new CfnSubnet(stack, id, { vpcId, cidrBlock: '10.0.0.0/24', ...props });
}

/** A security group without rules for traffic between its members; `vpcId` undefined: in the default VPC. */
export function cfnSecurityGroup(stack: Stack, vpcId: string | undefined, id = 'Nodes'): CfnSecurityGroup {
  return new CfnSecurityGroup(stack, id, { vpcId, groupDescription: 'nodes' });
}

/** Gives a security group the rules that EFA needs. */
export function admitItself(securityGroup: CfnSecurityGroup, { ingress = true, egress = true, ipProtocol = '-1' } = {}): CfnSecurityGroup {
  const id = securityGroup.attrGroupId;
  if (ingress) { new CfnSecurityGroupIngress(securityGroup, 'FromItself', { groupId: id, sourceSecurityGroupId: id, ipProtocol, ...ports(ipProtocol) }); }
  if (egress) { new CfnSecurityGroupEgress(securityGroup, 'ToItself', { groupId: id, destinationSecurityGroupId: id, ipProtocol, ...ports(ipProtocol) }); }
  return securityGroup;
}

function ports(ipProtocol: string): { fromPort?: number; toPort?: number } {
  return ipProtocol === '-1' ? {} : { fromPort: 0, toPort: 65535 };
}

/** A cluster in subnets of a kind of a `Vpc`. */
export function inVpc(
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
export function inSubnet(
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

/** The properties of a route, to everywhere unless said otherwise. */
export function routeProps<T extends object>(routeTableId: string, target: T, destinationCidrBlock = '0.0.0.0/0') {
  return { routeTableId, destinationCidrBlock, ...target };
}
