import { efaAvailabilityZones } from './efa-availability-zones';
import { efaSecurityGroups } from './efa-security-groups';
import { eksEndpoints } from './eks-endpoints';
import { oneVpc } from './one-vpc';
import { publicSubnets } from './public-subnets';
import { s3Connectivity } from './s3-connectivity';
import { slurmEndpoints } from './slurm-endpoints';
import { subnetAddresses } from './subnet-addresses';
import { subnetZoneLocation } from './subnet-zone-location';
import { vpcDns } from './vpc-dns';
import type { Rule } from '../findings/rule';

/** The rules about the network around the nodes, in the order of their findings. */
export const NETWORK_RULES: readonly Rule[] = [
  oneVpc,
  publicSubnets,
  s3Connectivity,
  eksEndpoints,
  slurmEndpoints,
  vpcDns,
  subnetAddresses,
  subnetZoneLocation,
  efaSecurityGroups,
  efaAvailabilityZones,
];
