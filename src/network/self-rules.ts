import { Resource } from 'aws-cdk-lib';
import { CfnSecurityGroupEgress, CfnSecurityGroupIngress, type ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { NodePeer } from './node-peers';
import { acknowledgeSecurityGroupIngress } from '../private/acknowledgements';

const DESCRIPTION = 'all traffic between cluster nodes';
const ALL_PROTOCOLS = '-1';

/**
 * Lets the members of each security group talk to each other, in and out, as Elastic Fabric Adapter needs. A group that cannot be changed
 * stays as it is.
 *
 * CloudFormation fails to create a rule that exists. Rules of this app are known; the security group of an EKS cluster has both from the
 * start, and where that group is not known, an imported one may be it.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
 * https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function allowBetweenMembers(groups: readonly ISecurityGroup[], controlPlane: readonly NodePeer[], onEks: boolean): void {
  const groupsOfControlPlane = controlPlane.flatMap(({ connectable }) => connectable.connections.securityGroups);
  const ofControlPlane = groupsOfControlPlane.map(({ securityGroupId }) => securityGroupId);
  for (const group of groups) {
    const mayBeControlPlane = onEks && ofControlPlane.length === 0 && !Resource.isOwnedResource(group);
    if (!ofControlPlane.includes(group.securityGroupId) && !mayBeControlPlane) {
      allowWithin(group);
    }
  }
}

function allowWithin(group: ISecurityGroup): void {
  const rules = rulesIn(group.node.root);
  if (!rules.some(rule => isSelfIngress(rule, group))) {
    group.addIngressRule(group, Port.allTraffic(), DESCRIPTION);
    const added = rulesIn(group).find(rule => isSelfIngress(rule, group));
    // A group that is imported as immutable takes no rule, and does not say so.
    if (added === undefined) { return; }
    acknowledgeSecurityGroupIngress(added);
  }
  if (rules.some(rule => isSelfEgress(rule, group))) { return; }
  if (group.allowAllOutbound) {
    // `addEgressRule` would drop the rule as one that is not needed. For EFA it is.
    new CfnSecurityGroupEgress(group, 'ToItself', {
      groupId: group.securityGroupId,
      destinationSecurityGroupId: group.securityGroupId,
      ipProtocol: ALL_PROTOCOLS,
      description: DESCRIPTION,
    });
  } else {
    group.addEgressRule(group, Port.allTraffic(), DESCRIPTION);
  }
}

type CfnSecurityGroupRule = CfnSecurityGroupIngress | CfnSecurityGroupEgress;

function rulesIn(scope: IConstruct): CfnSecurityGroupRule[] {
  return scope.node.findAll().filter((one): one is CfnSecurityGroupRule =>
    CfnSecurityGroupIngress.isCfnSecurityGroupIngress(one) || CfnSecurityGroupEgress.isCfnSecurityGroupEgress(one));
}

function isSelfIngress(rule: CfnSecurityGroupRule, { securityGroupId }: ISecurityGroup): boolean {
  return CfnSecurityGroupIngress.isCfnSecurityGroupIngress(rule) && rule.ipProtocol === ALL_PROTOCOLS
    && rule.groupId === securityGroupId && rule.sourceSecurityGroupId === securityGroupId;
}

function isSelfEgress(rule: CfnSecurityGroupRule, { securityGroupId }: ISecurityGroup): boolean {
  return CfnSecurityGroupEgress.isCfnSecurityGroupEgress(rule) && rule.ipProtocol === ALL_PROTOCOLS
    && rule.groupId === securityGroupId && rule.destinationSecurityGroupId === securityGroupId;
}
