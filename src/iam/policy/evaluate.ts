import { conditionMet } from './condition';
import type { PolicyDocument } from './document';
import { isExcepted, matchPrincipal } from './principal';
import type { AccessRequest } from './request';
import { element, type StatementAbout, statementsAbout } from './statements-about';
import { substituteVariables } from './variables';
import { matchArn } from '../symbolic/arn';
import { matchGlob } from '../symbolic/glob';
import type { SymbolicString } from '../symbolic/symbolic-string';
import { all, any, consensus, not, type Ternary } from '../ternary';

/** Documents that apply together, and what is known to apply but cannot be seen. */
export interface PolicySet {
  readonly documents: readonly PolicyDocument[];
  /** Each a phrase that names the unseen policy: it may allow, and is taken not to deny. */
  readonly unseen: readonly string[];
}

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
}

const NO_POLICY: PolicySet = { documents: [], unseen: [] };

/** What settles that a request is not allowed. */
export type Obstacle = 'explicit deny' | 'permissions boundary' | 'VPC endpoint policy' | 'identity policies' | 'resource policy';

export interface Decision {
  readonly allowed: Ternary;
  /** Only where `allowed` is `no`. */
  readonly obstacle?: Obstacle;
  /** Why not, or what is missing to know. Empty for what is allowed. */
  readonly reasons: readonly string[];
}

/** What one policy set says of a request. */
interface Opinion {
  readonly allows: Ternary;
  /** As `allows`, by statements that name only the role's account. */
  readonly allowsAccount: Ternary;
  /** As `allows`, by statements that name everyone, or the role's session. */
  readonly allowsUnbounded: Ternary;
  readonly denies: Ternary;
  readonly reasons: readonly string[];
}

/**
 * Is a request allowed? Follows the order of IAM: an explicit deny anywhere, then the boundary and the endpoints, which only limit,
 * then what allows: identity policies, the resource's policy, or both, if the resource lies in another account.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluateAccess(request: AccessRequest, policies: ApplicablePolicies): Decision {
  const identity = opinionOf(policies.identity, request);
  const boundary = policies.boundary && opinionOf(policies.boundary, request);
  const resource = opinionOf(policies.resource ?? NO_POLICY, request);
  const endpoints = (policies.endpoints ?? []).map(({ policy, passed }) => ({ passed, opinion: opinionOf(policy, request) }));

  const denied = any([identity.denies, boundary?.denies ?? 'no', resource.denies,
    ...endpoints.map(({ passed, opinion }) => all([passed, opinion.denies]))]);
  const sameAccount = matchGlob(request.principal.account, request.resourceAccount, { literal: true });
  const bounded = boundary ? boundedBy(boundary, resource, sameAccount) : 'yes';
  const passes = all(endpoints.map(({ passed, opinion }) => any([not(passed), letsPass(opinion)])));
  const allowed = all([not(denied), bounded, passes, grantedBy(identity, resource, sameAccount, policies)]);
  const opinions = [identity, boundary, resource, ...endpoints.map(({ opinion }) => opinion)].filter(opinion => opinion !== undefined);
  return {
    allowed,
    obstacle: allowed === 'no' ? obstacle({ denied, bounded, passes, identity: identity.allows }) : undefined,
    reasons: allowed === 'yes' ? [] : [...new Set([
      ...opinions.flatMap(opinion => opinion.reasons),
      ...(endpoints.some(({ opinion }) => opinion.allows !== letsPass(opinion))
        ? ['what an endpoint\'s policy does that names another principal than everyone is not documented: name the role by aws:PrincipalArn'] : []),
      ...(allowed === 'unknown' && sameAccount === 'unknown' ? ['whether the resource lies in the role\'s account is not known until deployment'] : []),
      ...(bounded !== boundary?.allows && bounded === 'unknown' ? ['it is not documented whether the permissions boundary limits what the resource\'s policy allows'] : []),
    ])],
  };
}

function obstacle(layers: { denied: Ternary; bounded: Ternary; passes: Ternary; identity: Ternary }): Obstacle {
  if (layers.denied === 'yes') { return 'explicit deny'; }
  if (layers.bounded === 'no') { return 'permissions boundary'; }
  if (layers.passes === 'no') { return 'VPC endpoint policy'; }
  return layers.identity === 'yes' ? 'resource policy' : 'identity policies';
}

function grantedBy(identity: Opinion, resource: Opinion, sameAccount: Ternary, policies: ApplicablePolicies): Ternary {
  const letIn = any([resource.allows, resource.allowsAccount]);
  const within = policies.resourcePolicyRequired
    ? any([resource.allows, all([identity.allows, resource.allowsAccount])])
    : any([identity.allows, resource.allows]);
  const across = all([identity.allows, letIn]);
  return any([all([sameAccount, within]), all([not(sameAccount), across]), all([within, across])]);
}

/**
 * What a resource's policy allows to the role's session is not limited by the boundary, and neither is some of what it allows to
 * everyone; the documentation does not draw the line
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic).
 */
function boundedBy(boundary: Opinion, resource: Opinion, sameAccount: Ternary): Ternary {
  const escapes = all([sameAccount, resource.allowsUnbounded]);
  return boundary.allows === 'no' && escapes !== 'no' ? 'unknown' : boundary.allows;
}

/**
 * The policy of a gateway endpoint names everyone as principal; what another principal would do is not documented
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
function letsPass({ allows, allowsUnbounded }: Opinion): Ternary {
  return consensus([allows, allowsUnbounded]);
}

function opinionOf({ documents, unseen }: PolicySet, request: AccessRequest): Opinion {
  const reasons: string[] = [...unseen];
  const allows: Ternary[] = unseen.map(() => 'unknown');
  // What is not seen may allow the role itself, which counts for no less.
  const allowsAccount: Ternary[] = [];
  const allowsUnbounded: Ternary[] = unseen.map(() => 'unknown');
  const denies: Ternary[] = [];
  for (const document of documents) {
    const { attached = 'yes' } = document;
    if (document.hidden) {
      reasons.push(`${document.origin}: ${document.hidden}`);
      allows.push('unknown');
      allowsUnbounded.push('unknown');
      denies.push('unknown');
    }
    for (const about of statementsAbout(request.action, document.statements)) {
      const { statement, index } = about;
      const verdict = applies(about, request, document.hasVariables);
      if (verdict === NOT_APPLICABLE) { continue; }
      const named = `${document.origin}, statement ${statement.sid ? JSON.stringify(statement.sid) : index}`;
      const [role, account, unbounded] = [verdict.role, verdict.account, verdict.unbounded].map(applicable => all([attached, applicable]));
      if (statement.effect === 'Allow') {
        allows.push(role);
        allowsAccount.push(account);
        allowsUnbounded.push(unbounded);
      } else {
        denies.push(any([role, account]));
        if (any([role, account]) === 'yes') { reasons.push(`${named} denies it`); }
      }
      if (any([role, account]) === 'unknown') { reasons.push(undecided(document, named, verdict.undecided)); }
    }
  }
  return { allows: any(allows), allowsAccount: any(allowsAccount), allowsUnbounded: any(allowsUnbounded), denies: any(denies), reasons };
}

function undecided({ attached, origin }: PolicyDocument, statement: string, elements: string): string {
  return attached === 'unknown' ? `whether ${origin} is attached is not known until deployment` : `${statement}: ${elements} cannot be decided at synth`;
}

const NOT_APPLICABLE = { role: 'no', account: 'no', unbounded: 'no', undecided: '' } as const;

/** Does a statement apply to a request: to the role as such, or as one of its account? An identity policy's always to the role. */
function applies({ statement, isAbout }: StatementAbout, request: AccessRequest, hasVariables: boolean) {
  const resource = element(statement.resources, statement.notResources, value => resourceMatches(value, request, hasVariables));
  // Most statements on an action are about other resources, which settles it.
  if (resource === 'no') { return NOT_APPLICABLE; }
  const parts: [string, Ternary][] = [
    ['its action', isAbout],
    ['its resource', resource],
    ...statement.conditions.map((condition): [string, Ternary] => [`the condition ${condition.operator} on ${condition.key}`,
      conditionMet(condition, request, hasVariables)]),
  ];
  const { principals, notPrincipals } = statement;
  const remaining = notPrincipals ? not(isExcepted(notPrincipals, request)) : 'yes';
  const named = principals ? matchPrincipal(principals, request) : { role: remaining, account: 'no' as const, unbounded: remaining };
  const rest = all(parts.map(([, applicable]) => applicable));
  return {
    role: all([named.role, rest]),
    account: all([named.account, rest]),
    unbounded: all([named.unbounded, rest]),
    undecided: parts.filter(([, applicable]) => applicable === 'unknown').map(([name]) => name).join(' and ') || 'its principal',
  };
}

function resourceMatches(pattern: SymbolicString, request: AccessRequest, hasVariables: boolean): Ternary {
  const substituted = hasVariables ? substituteVariables(pattern, request) : pattern;
  return typeof substituted === 'string' ? substituted : matchArn(substituted, request.resource);
}
