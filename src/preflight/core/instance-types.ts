import type { InstanceGroupModel } from './instance-group-model';
import { type HyperPodInstanceTypeFacts, instanceTypeFacts } from '../../service/instance-type-facts';

/** An instance type that the nodes of a group may have. */
export interface InstanceTypeModel {
  /** Undefined, if only the deployment knows. */
  readonly name?: string;
  /** Undefined, if the type is not known, or newer than what is known of types. */
  readonly facts?: HyperPodInstanceTypeFacts;
}

/** The instance type of a group, or the types of a flexible one. Empty, if only the deployment knows how many there are. */
export function instanceTypesOf(group: InstanceGroupModel): readonly InstanceTypeModel[] {
  const type = group.at('InstanceType');
  const types = type.isGiven ? [type] : group.at('InstanceRequirements', 'InstanceTypes').items ?? [];
  return types.map(({ text: name }) => ({ name, facts: name === undefined ? undefined : instanceTypeFacts(name) }));
}

/** Instance types as a sentence names them. */
export function namedTypes(types: readonly InstanceTypeModel[]): string {
  return types.map(({ name }) => name).join(', ');
}
