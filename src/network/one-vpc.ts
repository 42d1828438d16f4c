import { Reference, Token, Tokenization } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnTransitGatewayAttachment, CfnTransitGatewayVpcAttachment, CfnVPC, CfnVPCPeeringConnection, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { NodePeer } from './node-peers';
import { lit, ValidationError } from '../private/errors';

/**
 * Fails if a rule would name a security group of another VPC, which EC2 refuses unless the two VPCs are connected. Only what the app defines
 * or names literally is known.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function requireOneVpc(scope: IConstruct, vpc: IVpc, { what, connectable }: NodePeer): void {
  const elsewhere = connectable.connections.securityGroups.map(({ node }) => node.defaultChild)
    .find(group => CfnSecurityGroup.isCfnSecurityGroup(group) && group.vpcId !== undefined && areDifferent(group.vpcId, vpc.vpcId));
  if (elsewhere !== undefined && !areVpcsConnected(scope)) {
    throw new ValidationError(lit`NodePeerInAnotherVpc`,
      `security group ${JSON.stringify(elsewhere.node.path)} of ${what} is in another VPC than the nodes (${JSON.stringify(vpc.node.path)}), and EC2 accepts no rule `
      + 'that names a group of a VPC that is not connected; put both into one VPC, or connect the two and open the security groups yourself', scope);
  }
}

function areDifferent(one: string, other: string): boolean {
  if (!Token.isUnresolved(one) && !Token.isUnresolved(other)) { return one !== other; }
  const [oneVpc, otherVpc] = [one, other].map(definedVpc);
  return oneVpc !== undefined && otherVpc !== undefined && oneVpc !== otherVpc;
}

/** The VPC of this app that an id refers to. */
function definedVpc(vpcId: string): IConstruct | undefined {
  const token = Tokenization.reverseString(vpcId).firstToken;
  return Reference.isReference(token) && CfnVPC.isCfnVPC(token.target) ? token.target : undefined;
}

/** Whether any VPCs of the app are, by what lets security groups name each other. */
function areVpcsConnected(scope: IConstruct): boolean {
  return scope.node.root.node.findAll().some(one => CfnVPCPeeringConnection.isCfnVPCPeeringConnection(one)
    || CfnTransitGatewayAttachment.isCfnTransitGatewayAttachment(one) || CfnTransitGatewayVpcAttachment.isCfnTransitGatewayVpcAttachment(one));
}
