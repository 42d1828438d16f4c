import { Token } from 'aws-cdk-lib';
import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import { availabilityZoneOf, isZoneOfAnotherRegion } from '../core/vpc/subnets';
import type { Rule } from '../findings/rule';

export const subnetZoneLocation: Rule = {
  id: 'HyperPod-SubnetZoneLocation',
  title: 'Subnets are in availability zones of their Region',
  levels: ['error'],
  prevents: [],
  why: 'A subnet is made in the Region of its stack, in one of the zones of that Region: "Each subnet must reside entirely within one Availability Zone and '
    + 'cannot span zones." EC2 refuses a zone of another Region.',
  fix: 'Name a zone of the Region, or select one of Fn::GetAZs.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html',
    'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html',
  ],
  ...checkVpcConfigs((cluster, config) => {
    const misplaced = config.subnets.flatMap(subnet => {
      const region = subnet?.resource.stack.region;
      const zone = subnet && availabilityZoneOf(cluster, subnet);
      return zone && !Token.isUnresolved(region) && isZoneOfAnotherRegion(zone, region!)
        ? [`${subnet.resource.node.path} is in the Region ${region}, its availability zone is ${zone.label}.`] : [];
    });
    return misplaced.length === 0 ? [] : [aboutVpcConfig(cluster, config, 'error',
      `The ${namedVpcConfig(config)} names subnets in availability zones of other Regions:\n${misplaced.join('\n')}\nUse zones of the Region.`, 'Subnets')];
  }),
};
