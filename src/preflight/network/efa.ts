import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { instanceTypesOf } from '../core/instance-types';

/** The names of the instance types of a group that have Elastic Fabric Adapters, as far as is known. */
export function efaTypesOf(group: InstanceGroupModel): readonly string[] {
  return instanceTypesOf(group).flatMap(({ name, facts }) => name !== undefined && facts?.efaSupported ? [name] : []);
}

/** The same of each group by what findings call it, where neither depends on how the app is deployed. */
export function certainEfaTypes({ symbolizer, writtenGroups }: ClusterModel): ReadonlyMap<string, readonly string[]> {
  const certain = writtenGroups.flatMap(group => symbolizer.certainly(() => [{ label: group.label, types: efaTypesOf(group) }]) ?? []);
  const isOnly = (label: string) => certain.filter(other => other.label === label).length === 1;
  return new Map(certain.filter(({ label }) => isOnly(label)).map(({ label, types }) => [label, types]));
}

/**
 * Has every node of a group Elastic Fabric Adapters whose health HyperPod checks? EC2 has them on more types than HyperPod's health
 * checks know (https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-resiliency-deep-health-checks.html).
 */
export function isEfaChecked(group: InstanceGroupModel): boolean {
  const types = instanceTypesOf(group);
  return types.length > 0 && types.every(({ facts }) => facts?.efaSupported && facts.deepHealthChecksSupported);
}
