import type { CfnResource } from 'aws-cdk-lib';
import { writtenResourceWith } from '../../../template/lookup';
import type { SymbolicString } from '../../../template/symbolic/symbolic-string';
import type { Ternary } from '../../../template/ternary';
import type { ClusterModel } from '../cluster-model';
import { Property } from '../property';

/** The types of what a cluster's network is made of, with the attribute that gives the same id as `Ref`. */
const ID_ATTRIBUTES = {
  'AWS::EC2::InternetGateway': 'InternetGatewayId',
  'AWS::EC2::RouteTable': 'RouteTableId',
  'AWS::EC2::SecurityGroup': 'GroupId',
  'AWS::EC2::Subnet': 'SubnetId',
  'AWS::EC2::VPC': 'VpcId',
} as const;

export type NetworkType = keyof typeof ID_ATTRIBUTES;

/** The resources of a type, among them those that the app defines under a condition, that are as asked for. */
export function resourcesWhere(
  { symbolizer }: ClusterModel, type: string, isAskedFor: (resource: CfnResource) => boolean = () => true,
): readonly CfnResource[] {
  // In this order: to look at the condition of a resource that is not asked for would double the worlds to look at.
  return symbolizer.template.resources(type).filter(resource => isAskedFor(resource) && symbolizer.exists(resource));
}

/** The resource whose id a value is, if the app defines it. */
export function resourceWithId(cluster: ClusterModel, type: NetworkType, id: SymbolicString | undefined): CfnResource | undefined {
  return id && (writtenResourceWith(type, 'Ref', id, cluster.symbolizer) ?? writtenResourceWith(type, ID_ATTRIBUTES[type], id, cluster.symbolizer));
}

/**
 * Is a value the id of a resource that the app defines? Not if it is the id of another one, or known at synth, for the resource then
 * has been there before.
 */
export function isIdOfResource(cluster: ClusterModel, type: NetworkType, id: SymbolicString | undefined, resource: CfnResource): Ternary {
  if (!id) { return 'unknown'; }
  if (isIdOf(cluster, type, id, resource)) { return 'yes'; }
  return id.literal !== undefined || resourceWithId(cluster, type, id) ? 'no' : 'unknown';
}

/** A property of a resource of the app, read in the stack of that resource. */
export function propertyOf({ symbolizer }: ClusterModel, resource: CfnResource, ...names: readonly (string | number)[]): Property {
  const { Properties } = symbolizer.template.render(resource);
  return new Property(Properties, 'Properties', '', 'Properties', resource.stack, symbolizer).at(...names);
}

function isIdOf({ symbolizer }: ClusterModel, type: NetworkType, id: SymbolicString, resource: CfnResource): boolean {
  return ['Ref', ID_ATTRIBUTES[type]].some(name => symbolizer.attributeOf(resource, name).equals(id));
}
