import { aboutVpcConfig, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { instanceTypesOf } from '../core/instance-types';
import { knownNumber } from '../core/literals';
import { orchestratorOf } from '../core/orchestrator';
import { addressRange } from '../core/vpc/subnets';
import { definedSubnets, vpcConfigs } from '../core/vpc/vpc-configs';
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
  check: cluster => vpcConfigs(cluster).flatMap(config => {
    const sizes = definedSubnets(config).map(subnet => addressRange(cluster, subnet)?.size ?? Infinity);
    const largest = Math.max(...sizes) - RESERVED_BY_AWS;
    const needs = config.groups.map(group => needOf(cluster, group));
    const needed = needs.reduce((sum, { count, each }) => sum + count * each, 0);
    return sizes.length === 0 || needed <= largest ? [] : [aboutVpcConfig(config, 'warning',
      `The ${namedVpcConfig(config)} has no subnet with addresses for all nodes. They need ${needed}: `
      + `${needs.filter(({ each, count }) => each * count > 0).map(({ label, count, each }) => `"${label}" ${count} × ${each}`).join(', ')}. `
      + `The largest subnet has ${largest}, without the ${RESERVED_BY_AWS} that AWS reserves.\nMake the subnets larger.`, 'Subnets')];
  }),
};

interface Need {
  readonly label: string;
  readonly count: number;
  /** The addresses of a node; of types that may be chosen from, the least. 0 where they are not known. */
  readonly each: number;
}

function needOf(cluster: ClusterModel, group: InstanceGroupModel): Need {
  const property = ({ Eks: 'ipAddressesPerEksNode', Slurm: 'ipAddressesPerSlurmNode' } as const)[orchestratorOf(cluster) ?? 'Slurm'];
  const addresses = instanceTypesOf(group).map(({ facts }) => facts?.[property] ?? 0);
  return {
    label: group.label,
    count: knownNumber(cluster, group.properties.InstanceCount) ?? 0,
    each: addresses.length === 0 ? 0 : Math.min(...addresses),
  };
}
