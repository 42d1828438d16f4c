import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { resourcesWhere } from '../core/vpc/app-resources';
import { namedSecurityGroup, vpcOfSecurityGroup } from '../core/vpc/security-groups';
import type { VpcConfigModel } from '../core/vpc/vpc-configs';
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
  ...checkVpcConfigs((cluster, config) => {
    const parts = partsApart(cluster, config);
    return parts.length === 0 ? [] : [aboutVpcConfig(cluster, config, 'error',
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
 * What the app defines of a configuration, and whose VPC can be read, if that is not one and the same. A security group may be associated with other VPCs than its own
 * (https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html).
 */
function partsApart(cluster: ClusterModel, config: VpcConfigModel): readonly Part[] {
  const subnets = config.subnets.flatMap(subnet => subnet ? [{ name: subnet.resource.node.path, vpc: subnet.vpc }] : []).filter(isReadable);
  const securityGroups = config.securityGroups.flatMap(({ resource }) =>
    resource ? [{ name: namedSecurityGroup(resource), vpc: vpcOfSecurityGroup(cluster, resource) }] : []).filter(isReadable);
  const parts = [...subnets, ...securityGroups];
  if (!areApart(parts)) { return []; }
  if (resourcesWhere(cluster, 'AWS::EC2::SecurityGroupVpcAssociation').length === 0) { return parts; }
  return areApart(subnets) ? subnets : [];
}

function isReadable({ vpc }: Part): boolean {
  return vpc.resource !== undefined || vpc.isDefault || vpc.id?.literal !== undefined;
}

function areApart(parts: readonly Part[]): boolean {
  return parts.some(one => parts.some(other => isSameVpc(one.vpc, other.vpc) === 'no'));
}
