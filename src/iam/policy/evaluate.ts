import { explain } from './explain';
import { judge, type JudgedPolicies, type PolicySet } from './judge';
import { type Opinion, opinionOf } from './opinion';
import type { AccessRequest } from './request';
import { matchGlob } from '../../template/symbolic/glob';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, consensus, not, type Ternary } from '../../template/ternary';

export type { PolicySet };

/** What decides over a request, in IAM's terms. */
export interface ApplicablePolicies {
  readonly identity: PolicySet;
  /** Undefined: the role has no permissions boundary. */
  readonly boundary?: PolicySet;
  /** The policy of the resource that is asked for. */
  readonly resource?: PolicySet;
  /** What the request passes on its way, with how surely it does: the policies of VPC endpoints. */
  readonly endpoints?: readonly { readonly policy: PolicySet; readonly passed: Ternary }[];
  /** The resource's policy must let the role or its account in, even in one account: keys are so. */
  readonly resourcePolicyRequired?: boolean;
  /** Does the resource let in nobody from another account, whatever its policy says? Asked only of who is, or may be, from another. */
  readonly blocksOtherAccounts?: () => Ternary;
}

/** What settles that a request is not allowed. */
export type Obstacle = 'explicit deny' | 'permissions boundary' | 'VPC endpoint policy' | 'identity policies' | 'resource policy'
| 'AWS managed key' | 'state of the key';

export interface Decision {
  readonly allowed: Ternary;
  /** Only where `allowed` is `no`. */
  readonly obstacle?: Obstacle;
  /** Why not, or what is missing to know. Empty for what is allowed. Put into words when it is asked for: most decisions need none. */
  readonly reasons: readonly string[];
}

/** The decision over one action. */
export interface ActionDecision extends Decision {
  readonly action: string;
  /** As a policy's statement would name it. */
  readonly resource: SymbolicString;
}

/** The policies of one kind: what they say in all, and by which statements. */
interface Layer {
  readonly judged: JudgedPolicies;
  readonly opinion: Opinion;
}

/** All that decides over a request, judged. */
interface Layers {
  readonly identity: Layer;
  readonly boundary?: Layer;
  readonly resource: Layer;
  readonly endpoints: readonly (Layer & { readonly passed: Ternary })[];
  readonly sameAccount: Ternary;
  readonly resourcePolicyRequired: boolean;
  readonly blocksOtherAccounts: Ternary;
}

/** What the layers come to, each by itself and together. */
interface Summary {
  readonly allowed: Ternary;
  readonly denied: Ternary;
  readonly bounded: Ternary;
  readonly passes: Ternary;
}

const NO_POLICIES: PolicySet = { documents: [], unseen: [] };

/**
 * Is a request allowed? Follows the order of IAM: an explicit deny anywhere, then the boundary and the endpoints, which only limit,
 * then what allows: identity policies, the resource's policy, or both, if the resource lies in another account.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluateAccess(request: AccessRequest, policies: ApplicablePolicies): Decision {
  const layers = judgeLayers(request, policies);
  const summary = sumUp(layers);
  let reasons: readonly string[] | undefined;
  return {
    allowed: summary.allowed,
    obstacle: summary.allowed === 'no' ? obstacleOf(layers, summary) : undefined,
    get reasons() { return reasons ??= summary.allowed === 'yes' ? [] : explainDecision(layers, summary); },
  };
}

/**
 * The decision over a request, under the name of its action.
 *
 * @param resource as a statement would name it, if that is not as the request does
 */
export function decideAction(request: AccessRequest, policies: ApplicablePolicies, resource = request.resource): ActionDecision {
  const decision = evaluateAccess(request, policies);
  const { allowed, obstacle } = decision;
  return { action: request.action, resource, allowed, obstacle, get reasons() { return decision.reasons; } };
}

/** A decision that cannot be made, of which something else is to be said than of a single request. */
export function undecidedAction({ action, resource }: Pick<ActionDecision, 'action' | 'resource'>, explanation: () => readonly string[]): ActionDecision {
  return { action, resource, allowed: 'unknown', obstacle: undefined, get reasons() { return explanation(); } };
}

/** A denial by something else than a policy. */
export function deniedAction(
  { action, resource }: Pick<ActionDecision, 'action' | 'resource'>, obstacle: Obstacle, ...reasons: readonly string[]
): ActionDecision {
  return { action, resource, allowed: 'no', obstacle, reasons };
}

function judgeLayers(request: AccessRequest, policies: ApplicablePolicies): Layers {
  const layer = (policy: PolicySet): Layer => {
    const judged = judge(policy, request, policies.boundary !== undefined && policies.boundary.isCertain !== false);
    return { judged, opinion: opinionOf(judged) };
  };
  const sameAccount = matchGlob(request.principal.account, request.resourceAccount, { literal: true });
  return {
    identity: layer(policies.identity),
    boundary: policies.boundary && layer(policies.boundary),
    resource: layer(policies.resource ?? NO_POLICIES),
    endpoints: (policies.endpoints ?? []).map(({ policy, passed }) => ({ ...layer(policy), passed })),
    sameAccount,
    resourcePolicyRequired: policies.resourcePolicyRequired === true,
    blocksOtherAccounts: sameAccount === 'yes' ? 'no' : policies.blocksOtherAccounts?.() ?? 'no',
  };
}

function sumUp(layers: Layers): Summary {
  const { identity, boundary, resource, endpoints } = layers;
  const denied = any([identity.opinion.denies, boundary?.opinion.denies ?? 'no', resource.opinion.denies,
    ...endpoints.map(({ passed, opinion }) => all([passed, opinion.denies]))]);
  const bounded = boundedBy(layers);
  const passes = all(endpoints.map(({ passed, opinion }) => any([not(passed), letsPass(opinion)])));
  return { denied, bounded, passes, allowed: all([not(denied), bounded, passes, granted(layers)]) };
}

function obstacleOf({ identity }: Layers, { denied, bounded, passes }: Summary): Obstacle {
  if (denied === 'yes') { return 'explicit deny'; }
  if (bounded === 'no') { return 'permissions boundary'; }
  if (passes === 'no') { return 'VPC endpoint policy'; }
  return identity.opinion.allows === 'yes' ? 'resource policy' : 'identity policies';
}

function granted({ identity, resource, sameAccount, resourcePolicyRequired, blocksOtherAccounts }: Layers): Ternary {
  const { allows, allowsAccount } = resource.opinion;
  const across = all([identity.opinion.allows, any([allows, allowsAccount]), not(blocksOtherAccounts)]);
  const within = resourcePolicyRequired
    ? any([allows, all([identity.opinion.allows, allowsAccount])])
    : any([identity.opinion.allows, allows]);
  return any([all([sameAccount, within]), all([not(sameAccount), across]), all([within, across])]);
}

/**
 * What a resource's policy allows to the role's session is not limited by the boundary, and neither is some of what it allows to
 * everyone; the documentation does not draw the line
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic).
 */
function boundedBy({ boundary, resource, sameAccount }: Layers): Ternary {
  if (!boundary) { return 'yes'; }
  const { allows } = boundary.opinion;
  const escapes = all([sameAccount, resource.opinion.allowsUnbounded]);
  return allows === 'no' && escapes !== 'no' ? 'unknown' : allows;
}

/**
 * The policy of a gateway endpoint names everyone as principal; what another principal would do is not documented
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
function letsPass({ allows, allowsUnbounded }: Opinion): Ternary {
  return consensus([allows, allowsUnbounded]);
}

function explainDecision(
  { identity, boundary, resource, endpoints, sameAccount, blocksOtherAccounts }: Layers, { allowed, bounded }: Summary,
): string[] {
  const layers = [identity, boundary, resource, ...endpoints].filter(layer => layer !== undefined);
  return [...new Set([
    ...layers.flatMap(({ judged }) => explain(judged)),
    ...(endpoints.some(({ opinion }) => opinion.allows !== letsPass(opinion))
      ? ['what an endpoint\'s policy does that names another principal than everyone is not documented: name the role by aws:PrincipalArn'] : []),
    ...(allowed === 'unknown' && sameAccount === 'unknown' ? ['whether the resource lies in the role\'s account is not known until deployment'] : []),
    ...(blocksOtherAccounts !== 'no' ? [blocksOtherAccounts === 'yes'
      ? 'the resource blocks public access and has a public policy, so no other account is let in'
      : 'whether the resource blocks public access and has a public policy, so that no other account is let in, is not known until deployment'] : []),
    ...(bounded === 'unknown' && bounded !== boundary?.opinion.allows
      ? ['it is not documented whether the permissions boundary limits what the resource\'s policy allows'] : []),
  ])];
}
