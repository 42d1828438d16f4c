import { region_info as regionInfo } from 'aws-cdk-lib';

/** What the name of a Region tells of its partition. */
export interface Partition {
  /** `AWS::Partition` */
  readonly name: string;
  /** `AWS::URLSuffix` */
  readonly urlSuffix: string;
}

/**
 * The table by which AWS's SDKs tell the partition of a Region, those of Regions to come included.
 *
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages/util-endpoints/src/lib/aws/partitions.json
 */
const PARTITIONS: readonly (Partition & { readonly regions: RegExp })[] = [
  { name: 'aws', regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/, urlSuffix: 'amazonaws.com' },
  { name: 'aws-cn', regions: /^cn-\w+-\d+$/, urlSuffix: 'amazonaws.com.cn' },
  { name: 'aws-us-gov', regions: /^us-gov-\w+-\d+$/, urlSuffix: 'amazonaws.com' },
  { name: 'aws-iso', regions: /^us-iso-\w+-\d+$/, urlSuffix: 'c2s.ic.gov' },
  { name: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, urlSuffix: 'sc2s.sgov.gov' },
  { name: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, urlSuffix: 'cloud.adc-e.uk' },
  { name: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, urlSuffix: 'csp.hci.ic.gov' },
  { name: 'aws-eusc', regions: /^eusc-de-\w+-\d+$/, urlSuffix: 'amazonaws.eu' },
];

/**
 * The partition of a Region.
 *
 * `RegionInfo` knows other Regions, such as those that an app has registered, but it loads 1.3 MB of facts about all of them.
 */
export function partitionOfRegion(region: string): Partition {
  const known = PARTITIONS.find(({ regions }) => regions.test(region));
  if (known) { return known; }
  const { partition, domainSuffix } = regionInfo.RegionInfo.get(region);
  return { name: partition ?? 'aws', urlSuffix: domainSuffix ?? 'amazonaws.com' };
}
