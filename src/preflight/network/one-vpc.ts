import { aboutVpcConfig, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { resourcesWhere } from '../core/vpc/app-resources';
import { namedSecurityGroup, vpcOfSecurityGroup } from '../core/vpc/security-groups';
import { type VpcConfigModel, vpcConfigs } from '../core/vpc/vpc-configs';
import { isSameVpc, namedVpc, type Vpc } from '../core/vpc/vpcs';
import type { Rule } from '../findings/rule';

export const oneVpc: Rule = {
  id: 'HyperPod-OneVpc',
  title: 'The subnets and security groups of a VPC configuration lie in one VPC',
  levels: ['error'],
  prevents: ['The security group \'sg-…\' does not exist'],
  why: 'A network interface has a subnet and security groups of one VPC. A security group without VpcId is made in the default VPC.',
  fix: 'Make the security groups in the VPC of the subnets, and leave only subnets of one VPC.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html',
  ],
  check: cluster => vpcConfigs(cluster).flatMap(config => {
    const parts = partsOf(cluster, config);
    const isApart = parts.some(one => parts.some(other => isSameVpc(one.vpc, other.vpc) === 'no'));
    return !isApart ? [] : [aboutVpcConfig(config, 'error',
      `The ${namedVpcConfig(config)} mixes VPCs, but a node's network interface lies in one:\n`
      + `${parts.map(({ name, vpc }) => `${name} is in ${namedVpc(vpc)}.`).join('\n')}\nUse subnets and security groups of one VPC.`,
      'Subnets', 'SecurityGroupIds')];
  }),
};

interface Part {
  readonly name: string;
  readonly vpc: Vpc;
}

/**
 * What the app defines of a configuration, and whose VPC can be read. A security group may be associated with other VPCs than its own
 * (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html).
 */
function partsOf(cluster: ClusterModel, { subnets, securityGroups }: VpcConfigModel): readonly Part[] {
  const areOfOneVpc = resourcesWhere(cluster, 'AWS::EC2::SecurityGroupVpcAssociation').length === 0;
  return [
    ...subnets.flatMap(subnet => subnet ? [{ name: subnet.resource.node.path, vpc: subnet.vpc }] : []),
    ...securityGroups.flatMap(({ resource }) => resource && areOfOneVpc
      ? [{ name: namedSecurityGroup(resource), vpc: vpcOfSecurityGroup(cluster, resource) }] : []),
  ].filter(({ vpc }) => vpc.resource || vpc.isDefault || vpc.id?.literal !== undefined);
}
