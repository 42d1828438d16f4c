import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { clusterVpcConfig, groupVpcConfig, type VpcConfigModel } from '../core/vpc/vpc-configs';
import { about, type Wording } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Level, Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';

type PropertyName = Parameters<VpcConfigModel['at']>[0];
type Judge = (cluster: ClusterModel, config: VpcConfigModel) => readonly Observation[];

/** Judges each VPC configuration as such: that of the cluster, and those that groups have of their own. */
export function checkVpcConfigs(judge: Judge): Pick<Rule, 'check' | 'checkGroup'> {
  const judged = (cluster: ClusterModel, config: VpcConfigModel | undefined) => {
    const observations = config ? judge(cluster, config) : [];
    return observations.length > 0 && config!.mayBeUsed ? observations : [];
  };
  return {
    check: cluster => judged(cluster, clusterVpcConfig(cluster)),
    checkGroup: (cluster, group) => judged(cluster, groupVpcConfig(cluster, group)),
  };
}

/** An observation about a VPC configuration as such. */
export function aboutVpcConfig(
  cluster: ClusterModel, config: VpcConfigModel, level: Level, message: string, ...names: readonly PropertyName[]
): Observation {
  return about(config.overriddenBy ?? cluster, level, message, ...names.map(name => config.at(name)));
}

/** An observation about a group whose nodes attach with a VPC configuration; those that share the cluster's are named together. */
export function aboutAttached(
  config: VpcConfigModel, group: InstanceGroupModel, level: Level, message: string | Wording, ...names: readonly PropertyName[]
): Observation {
  return about(group, level, config.overriddenBy && typeof message !== 'string' ? message([group]) : message, ...names.map(name => config.at(name)));
}

/** A VPC configuration as a sentence names it. */
export function namedVpcConfig({ overriddenBy }: VpcConfigModel): string {
  return overriddenBy ? `OverrideVpcConfig of ${namedGroups([overriddenBy])}` : 'VpcConfig of the cluster';
}
