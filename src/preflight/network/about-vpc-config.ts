import type { InstanceGroupModel } from '../core/instance-group-model';
import type { VpcConfigModel } from '../core/vpc/vpc-configs';
import { aboutCluster } from '../findings/about-cluster';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Level, Observation } from '../findings/observation';

type Property = 'Subnets' | 'SecurityGroupIds';

/** An observation about a VPC configuration as such. */
export function aboutVpcConfig({ overriddenBy }: VpcConfigModel, level: Level, message: string, ...properties: readonly Property[]): Observation {
  return overriddenBy
    ? aboutGroup(overriddenBy, level, message, ...properties.map(property => `OverrideVpcConfig.${property}`))
    : aboutCluster(level, message, ...properties.map(property => `VpcConfig.${property}`));
}

/** An observation about some of the groups whose nodes attach with a VPC configuration. */
export function aboutAttached(
  config: VpcConfigModel, groups: readonly InstanceGroupModel[], level: Level, message: string, ...properties: readonly Property[]
): Observation {
  return { ...aboutVpcConfig(config, level, message, ...properties), subjects: groups.map(({ label }) => label) };
}

/** A VPC configuration as a sentence names it. */
export function namedVpcConfig({ overriddenBy }: VpcConfigModel): string {
  return overriddenBy ? `OverrideVpcConfig of ${namedGroups([overriddenBy])}` : 'VpcConfig of the cluster';
}
