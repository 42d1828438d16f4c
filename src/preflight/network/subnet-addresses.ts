import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { instanceTypesOf } from '../core/instance-types';
import { orchestratorOf } from '../core/orchestrator';
import { addressRange } from '../core/vpc/subnets';
import { definedSubnets } from '../core/vpc/vpc-configs';
import type { Rule } from '../findings/rule';

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_BY_AWS = 5;

export const subnetAddresses: Rule = {
  id: 'HyperPod-SubnetAddresses',
  title: 'A subnet has addresses for all nodes',
  levels: ['warning'],
  prevents: [],
  why: 'A node takes many addresses: "For Slurm-orchestrated clusters, each P5 instance can create 32 IP addresses (one per network card). For EKS-orchestrated '
    + 'clusters, each P5 instance can create 81 IP addresses (50 from the primary card plus one from each of the remaining 31 cards)." HyperPod selects one subnet '
    + 'of VpcConfig, and "the subnet CIDR block size cannot be changed after creation". The figures of other types follow from the same rule.',
  fix: 'Make the subnets larger, or give groups subnets of their own with OverrideVpcConfig.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
  ],
  ...checkVpcConfigs((cluster, config) => {
    const sizes = definedSubnets(config).map(subnet => addressRange(cluster, subnet)?.size ?? Infinity);
    const largest = Math.max(...sizes) - RESERVED_BY_AWS;
    const isEnough = (groups: readonly InstanceGroupModel[]) => groups.reduce((sum, group) => sum + neededBy(cluster, group), 0) <= largest;
    // Which groups there are matters only where all of them are too many.
    if (sizes.length === 0 || isEnough(cluster.writtenGroups.filter(group => config.isThatOf(group)))) { return []; }
    const groups = config.groupsWhere(group => neededBy(cluster, group) > 0);
    if (isEnough(groups)) { return []; }
    const needs = groups.map(group => needOf(cluster, group));
    return [aboutVpcConfig(cluster, config, 'warning',
      `The ${namedVpcConfig(config)} has no subnet with addresses for all nodes. They need ${needs.reduce((sum, { count, each }) => sum + count * each, 0)}: `
      + `${needs.map(({ label, count, each }) => `"${label}" ${count} × ${each}`).join(', ')}. `
      + `The largest subnet has ${largest}, without the ${RESERVED_BY_AWS} that AWS reserves.\nMake the subnets larger.`, 'Subnets')];
  }),
};

interface Need {
  readonly label: string;
  readonly count: number;
  /** The addresses of a node; of types that may be chosen from, the least. 0 where they are not known. */
  readonly each: number;
}

function neededBy(cluster: ClusterModel, group: InstanceGroupModel): number {
  const { count, each } = needOf(cluster, group);
  return count * each;
}

function needOf(cluster: ClusterModel, group: InstanceGroupModel): Need {
  const property = ({ Eks: 'ipAddressesPerEksNode', Slurm: 'ipAddressesPerSlurmNode' } as const)[orchestratorOf(cluster) ?? 'Slurm'];
  const addresses = instanceTypesOf(group).map(({ facts }) => facts?.[property] ?? 0);
  return {
    label: group.label,
    count: group.at('InstanceCount').number ?? 0,
    each: addresses.length === 0 ? 0 : Math.min(...addresses),
  };
}
