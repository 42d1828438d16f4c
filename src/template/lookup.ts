import { CfnResource } from 'aws-cdk-lib';
import { pathOfNamed } from './attributes';
import { groupBy } from './group-by';
import type { SymbolicString } from './symbolic/symbolic-string';
import type { Symbolizer } from './symbolizer';

/** The resource of a type whose attribute has a value, if the app defines one and deploys it in the symbolizer's world. */
export function resourceWith(type: string, attribute: string, value: SymbolicString, symbolizer: Symbolizer): CfnResource | undefined {
  return find(type, attribute, value, symbolizer, resource => symbolizer.exists(resource));
}

/**
 * The same, deployed or not: for attributes that no two resources share, such as the id of a subnet. What refers to one that is not deployed cannot be
 * deployed either.
 */
export function writtenResourceWith(type: string, attribute: string, value: SymbolicString, symbolizer: Symbolizer): CfnResource | undefined {
  return find(type, attribute, value, symbolizer, () => true);
}

function find(
  type: string, attribute: string, value: SymbolicString, symbolizer: Symbolizer, isAskedFor: (resource: CfnResource) => boolean,
): CfnResource | undefined {
  const isIt = (resource: CfnResource) => symbolizer.attributeOf(resource, attribute).equals(value) && isAskedFor(resource);
  return mentioned(type, value, symbolizer).find(isIt) ?? candidates(type, attribute, value, symbolizer).find(isIt);
}

/** Resources whose generated names stand in a value: mostly, one of them is asked for, and no other has to be looked at. */
function mentioned(type: string, { symbols }: SymbolicString, { template }: Symbolizer): CfnResource[] {
  return symbols.map(pathOfNamed).map(path => path === undefined ? undefined : template.constructAt(path))
    .filter((construct): construct is CfnResource => construct !== undefined && CfnResource.isCfnResource(construct)
      && template.resources(type).includes(construct));
}

function candidates(type: string, attribute: string, value: SymbolicString, symbolizer: Symbolizer): readonly CfnResource[] {
  const byValue = symbolizer.remember(type, `by ${attribute}`, () => index(type, attribute, symbolizer));
  return [...byValue.get(value.key) ?? [], ...byValue.get(undefined) ?? []];
}

/** The resources of a type by the value of an attribute; by `undefined`, if that depends on how the app is deployed. */
function index(type: string, attribute: string, symbolizer: Symbolizer): ReadonlyMap<string | undefined, readonly CfnResource[]> {
  // Not in the world at hand, for that would ask for what the names of all the others depend on.
  return groupBy(symbolizer.template.resources(type), resource => symbolizer.certainly(() => symbolizer.attributeOf(resource, attribute).key));
}
