import { aboutAttached } from './about-vpc-config';
import { certainEfaTypes, efaTypesOf, isEfaChecked } from './efa';
import type { ClusterModel } from '../core/cluster-model';
import { type Direction, namedSecurityGroup, type SecurityGroup } from '../core/vpc/security-groups';
import { letsAllPassBetweenMembers } from '../core/vpc/traffic';
import { type VpcConfigModel, vpcConfigOf } from '../core/vpc/vpc-configs';
import type { Wording } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

const DIRECTIONS: Readonly<Record<Direction, string>> = { Ingress: 'from', Egress: 'to' };

export const efaSecurityGroups: Rule = {
  id: 'HyperPod-EfaSecurityGroups',
  title: 'Every security group of nodes with EFA lets all traffic pass between its members, in and out',
  levels: ['error', 'warning'],
  prevents: [
    'EFA health checks did not run successfully. Ensure that your VPC and security groups are properly configured before attempting to create a new cluster.',
  ],
  why: '"For HyperPod clusters using Elastic Fabric Adapter (EFA)-enabled instances, configure the security group to allow all inbound and outbound traffic '
    + 'to and from the security group itself. Specifically, avoid using 0.0.0.0/0 for outbound rules, as this may cause EFA health check failures." Only rules '
    + 'that name the group itself count, and each group of the list needs them. On types whose adapters HyperPod checks, such as P5, nodes fail before the '
    + 'lifecycle scripts run, whose logs stay empty; others may come up, and fail at the first collective operation between nodes.',
  fix: 'Add an AWS::EC2::SecurityGroupIngress and an AWS::EC2::SecurityGroupEgress with IpProtocol "-1", whose other side is the group itself. '
    + '`SecurityGroup.addEgressRule` drops such a rule silently while `allowAllOutbound` is true.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html#efa-start-security',
    'https://github.com/awslabs/awsome-distributed-ai/pull/259',
  ],
  checkGroup: (cluster, group) => {
    const types = efaTypesOf(group);
    const config = types.length > 0 ? vpcConfigOf(cluster, group) : undefined;
    const lacking = config ? lackingIn(cluster, config) : [];
    if (!config || lacking.length === 0) { return []; }
    const isChecked = isEfaChecked(group) || config.hasGroup(isEfaChecked);
    const message = (groups: Parameters<Wording>[0], typesOfAll: readonly string[]) =>
      `The nodes of ${namedGroups(groups)} (${typesOfAll.join(', ')}) have Elastic Fabric Adapters, for which every security group needs rules for all traffic `
      + `from and to itself:\n${lacking.join('\n')}\nA rule for 0.0.0.0/0 does not stand for one that names the group.\n`
      + 'Add AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress of IpProtocol "-1" that name the group itself.';
    const certain = cluster.once(certainEfaTypes);
    const ofSeveral: Wording = groups => message(groups, [...new Set(groups.flatMap(({ label }) => certain.get(label) ?? []))]);
    const isCertain = certain.get(group.label)?.join() === types.join();
    return [aboutAttached(config, group, isChecked ? 'error' : 'warning', isCertain ? ofSeveral : message([group], types), 'SecurityGroupIds')];
  },
};

/** Many groups may attach here. */
function lackingIn(cluster: ClusterModel, config: VpcConfigModel): readonly string[] {
  return cluster.symbolizer.remember(config, 'security groups without rules for EFA', () => config.securityGroups.flatMap(group => lacks(cluster, group)));
}

function lacks(cluster: ClusterModel, group: SecurityGroup): readonly string[] {
  const missing = (Object.keys(DIRECTIONS) as Direction[]).filter(direction => letsAllPassBetweenMembers(cluster, group, direction) === 'no');
  return missing.length === 0 ? [] : [`${namedSecurityGroup(group.resource!)} has no rule for all traffic ${missing.map(direction => DIRECTIONS[direction]).join(' and none ')} itself.`];
}
