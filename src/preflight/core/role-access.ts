import type { ClusterModel } from './cluster-model';
import { type ActionDecision, type ApplicablePolicies, decideAction } from '../../iam/policy/evaluate';
import { accessRequest, ANYTHING, type ContextValues, fromSdk } from '../../iam/policy/request';
import type { RolePermissions } from '../../iam/role-permissions';
import { partitionOf, regionOf } from '../../template/environment';
import { Alphabet, type OpaqueSymbol, SymbolicString } from '../../template/symbolic/symbolic-string';

/*
 * What the rules about roles report.
 *
 * Only what is proven: an action that certainly is denied. Whether a role lacks something that cannot be seen is not worth a
 * warning for each of the twenty actions that a node needs, so that all of these are silent: a role that the app does not define
 * (it may have any policies, unless one that the app attaches denies), one with a managed policy or a permissions boundary that
 * cannot be seen, and statements limited to resources or by conditions that only the deployment decides. The exceptions are
 * access to the lifecycle scripts and to a volume's key, where the missing fact can be named and decides whether a node boots.
 */

/** Something that a role has to be allowed. */
export interface NeededAction {
  readonly action: string;
  readonly resource: SymbolicString;
  /** The account that the resource belongs to. By default the role's own. */
  readonly account?: SymbolicString;
  /** What is known of the request besides, by condition key. */
  readonly context?: Readonly<Record<string, ContextValues>>;
  /** How a statement would name the resource. By default as the request does, with `*` for what may be anything. */
  readonly writtenAs?: SymbolicString;
}

/** The resource of actions that have none: only a statement on `*` allows them. */
export const NO_RESOURCE = SymbolicString.literal('*');

/** Whose resource it is does not matter: subnets may be shared, and images come from AWS's own registries. */
const ANY_ACCOUNT: OpaqueSymbol = { id: 'any account', placeholder: 'any account', alphabet: Alphabet.digits, minLength: 12, fixedLength: true };

/**
 * One of a service's resources, which one is not known: a statement limited to some of them neither allows nor denies it.
 *
 * @param kind what the last part of the ARN begins with
 */
export function someResource(cluster: ClusterModel, service: string, kind = ''): SymbolicString {
  const { stack } = cluster;
  return SymbolicString.concat('arn:', partitionOf(stack), ':', service, ':', regionOf(stack.region), ':', ANY_ACCOUNT, ':', kind, ANYTHING);
}

/** May a role do something? */
export function roleMay(
  { stack }: ClusterModel, role: RolePermissions, needed: NeededAction, policies: Omit<ApplicablePolicies, 'identity' | 'boundary'> = {},
): ActionDecision {
  const { action, resource, account = role.principal.account, context, writtenAs = asPattern(resource) } = needed;
  const request = accessRequest(role.principal, action, resource, account, { ...fromSdk(role.principal, regionOf(stack.region)), ...context });
  const { identity, boundary } = role;
  return decideAction(request, { identity, boundary, ...policies }, writtenAs);
}

/** What of it a role certainly may not do: decided once for all instance groups with the role. */
export function deniedActions(cluster: ClusterModel, role: RolePermissions, needed: readonly NeededAction[]): readonly ActionDecision[] {
  return needed
    .map(one => cluster.symbolizer.remember(role, `may ${one.action} on ${one.resource.key}`, () => roleMay(cluster, role, one)))
    .filter(({ allowed }) => allowed === 'no');
}

/** As a policy's statement would name the resource. */
function asPattern(resource: SymbolicString): SymbolicString {
  const free = [ANYTHING, ANY_ACCOUNT].map(({ id }) => id);
  return resource.mapSymbols(symbol => free.includes(symbol.id) ? SymbolicString.literal('*') : symbol);
}
