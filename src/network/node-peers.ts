import type { IConnectable, ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import type { IDependable } from 'constructs';

/** Something of the app that nodes connect to. */
export interface NodePeer {
  /** What it is, for messages. */
  readonly what: string;
  readonly connectable: IConnectable;
  readonly port: Port;
  /** Whether it connects to the nodes too. */
  readonly connectsBack: boolean;
}

/**
 * Opens the security groups of nodes and of their peers to each other. Returns what has to exist before the first node starts.
 *
 * All rules belong to the stack of the nodes: their cluster refers to the peer, so that the peer's stack cannot refer back to their
 * security groups.
 */
export function connectNodes(nodes: readonly ISecurityGroup[], peers: readonly NodePeer[]): IDependable[] {
  return peers.flatMap(({ connectable, port, connectsBack }) => {
    const groups = connectable.connections.securityGroups;
    for (const nodeGroup of nodes) {
      for (const peerGroup of groups) {
        // Members of one group: whether it lets them talk to each other is its own affair. The security group of an EKS cluster does from the
        // start, and CloudFormation fails to create a rule that exists.
        // https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
        if (peerGroup.securityGroupId === nodeGroup.securityGroupId) { continue; }
        allowToPeer(nodeGroup, peerGroup, port);
        if (connectsBack) {
          allowFromPeer(nodeGroup, peerGroup, port);
        }
      }
    }
    return [...nodes, ...groups];
  });
}

function allowToPeer(nodeGroup: ISecurityGroup, peerGroup: ISecurityGroup, port: Port): void {
  // `true`: if the two groups are in different stacks, the rule goes to the stack of the nodes.
  peerGroup.addIngressRule(nodeGroup, port, 'from HyperPod nodes', true);
  // A group that allows all outbound traffic would take the rule for a mistake, and warn.
  if (!nodeGroup.allowAllOutbound) {
    nodeGroup.addEgressRule(peerGroup, port, 'from HyperPod nodes');
  }
}

function allowFromPeer(nodeGroup: ISecurityGroup, peerGroup: ISecurityGroup, port: Port): void {
  nodeGroup.addIngressRule(peerGroup, port, 'to HyperPod nodes');
  if (!peerGroup.allowAllOutbound) {
    peerGroup.addEgressRule(nodeGroup, port, 'to HyperPod nodes', true);
  }
}
