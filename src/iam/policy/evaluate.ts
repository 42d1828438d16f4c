import { matchArn } from './arn';
import { conditionMet } from './condition';
import type { PolicyDocument } from './document';
import { isExcepted, matchPrincipal, type PrincipalMatch } from './principal';
import type { AccessRequest } from './request';
import { element, type StatementAbout, statementsAbout } from './statements-about';
import { substituteVariables } from './variables';
import { matchGlob } from '../../template/symbolic/glob';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, both, consensus, either, not, type Ternary } from '../../template/ternary';

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

/** What settles that a request is not allowed. */
export type Obstacle = 'explicit deny' | 'permissions boundary' | 'VPC endpoint policy' | 'identity policies' | 'resource policy';

export interface Decision {
  readonly allowed: Ternary;
  /** Only where `allowed` is `no`. */
  readonly obstacle?: Obstacle;
  /** Why not, or what is missing to know. Empty for what is allowed. */
  readonly reasons: readonly string[];
}

/** The decision over one action. */
export interface ActionDecision extends Decision {
  readonly action: string;
  /** As a policy's statement would name it. */
  readonly resource: SymbolicString;
}

/** What one policy set says of a request. */
interface Opinion {
  readonly allows: Ternary;
  /** As `allows`, by statements that name only the role's account. */
  readonly allowsAccount: Ternary;
  /** As `allows`, by statements that name everyone, or the role's session. */
  readonly allowsUnbounded: Ternary;
  readonly denies: Ternary;
  readonly reasons: readonly (() => string)[];
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
  const resource = opinionOf(policies.resource, request);
  const endpoints = (policies.endpoints ?? []).map(({ policy, passed }) => ({ passed, opinion: opinionOf(policy, request) }));

  const denied = any([identity.denies, boundary?.denies ?? 'no', resource.denies,
    ...endpoints.map(({ passed, opinion }) => all([passed, opinion.denies]))]);
  const sameAccount = matchGlob(request.principal.account, request.resourceAccount, { literal: true });
  const bounded = boundary ? boundedBy(boundary, resource, sameAccount) : 'yes';
  const passes = all(endpoints.map(({ passed, opinion }) => any([not(passed), letsPass(opinion)])));
  const allowed = all([not(denied), bounded, passes, grantedBy(identity, resource, sameAccount, policies)]);
  const reasons = () => {
    const opinions = [identity, boundary, resource, ...endpoints.map(({ opinion }) => opinion)].filter(opinion => opinion !== undefined);
    return [...new Set([
      ...opinions.flatMap(opinion => opinion.reasons.map(reason => reason())),
      ...(endpoints.some(({ opinion }) => opinion.allows !== letsPass(opinion))
        ? ['what an endpoint\'s policy does that names another principal than everyone is not documented: name the role by aws:PrincipalArn'] : []),
      ...(allowed === 'unknown' && sameAccount === 'unknown' ? ['whether the resource lies in the role\'s account is not known until deployment'] : []),
      ...(bounded !== boundary?.allows && bounded === 'unknown' ? ['it is not documented whether the permissions boundary limits what the resource\'s policy allows'] : []),
    ])];
  };
  return {
    allowed,
    obstacle: allowed === 'no' ? obstacle({ denied, bounded, passes, identity: identity.allows }) : undefined,
    // For many rules it is enough to know whether a request is allowed.
    get reasons() { return allowed === 'yes' ? [] : reasons(); },
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

const SILENT: Opinion = { allows: 'no', allowsAccount: 'no', allowsUnbounded: 'no', denies: 'no', reasons: [] };

function opinionOf(policies: PolicySet | undefined, request: AccessRequest): Opinion {
  if (!policies) { return SILENT; }
  const reasons = policies.unseen.map(reason => () => reason);
  let allows: Ternary = policies.unseen.length > 0 ? 'unknown' : 'no';
  let allowsUnbounded: Ternary = allows;
  // What is not seen may allow the role itself, which counts for no less.
  let allowsAccount: Ternary = 'no';
  let denies: Ternary = 'no';
  for (const document of policies.documents) {
    if (document.hidden) {
      reasons.push(() => `${document.origin}: ${document.hidden}`);
      allows = either(allows, 'unknown');
      allowsUnbounded = either(allowsUnbounded, 'unknown');
      denies = either(denies, 'unknown');
    }
    for (const about of statementsAbout(request.action, document.statements)) {
      const verdict = applies(about, request, document);
      const applicable = either(verdict.role, verdict.account);
      if (about.statement.effect === 'Allow') {
        allows = either(allows, verdict.role);
        allowsAccount = either(allowsAccount, verdict.account);
        allowsUnbounded = either(allowsUnbounded, verdict.unbounded);
      } else {
        denies = either(denies, applicable);
        if (applicable === 'yes') { reasons.push(() => `${named(about, document)} denies it`); }
      }
      if (applicable === 'unknown') { reasons.push(() => undecided(about, request, document)); }
    }
  }
  return { allows, allowsAccount, allowsUnbounded, denies, reasons };
}

function named({ statement: { sid }, index }: StatementAbout, { origin }: PolicyDocument): string {
  return `${origin}, statement ${sid ? JSON.stringify(sid) : index}`;
}

const NOT_APPLICABLE: PrincipalMatch = { role: 'no', account: 'no', unbounded: 'no' };

/** Does a statement apply to a request: to the role as such, or as one of its account? An identity policy's always to the role. */
function applies(about: StatementAbout, request: AccessRequest, { attached = 'yes', hasVariables }: PolicyDocument): PrincipalMatch {
  const { statement: { conditions, principals, notPrincipals }, isAbout } = about;
  const isAboutResource = matchResource(about, request, hasVariables);
  // Most statements on an action are about other resources, which settles it.
  if (isAboutResource === 'no') { return NOT_APPLICABLE; }
  const rest = conditions.reduce((met, condition) => both(met, conditionMet(condition, request, hasVariables)),
    both(attached, both(isAbout, isAboutResource)));
  if (principals) {
    const { role, account, unbounded } = matchPrincipal(principals, request);
    return { role: both(role, rest), account: both(account, rest), unbounded: both(unbounded, rest) };
  }
  const role = notPrincipals ? both(not(isExcepted(notPrincipals, request)), rest) : rest;
  return { role, account: 'no', unbounded: role };
}

/** What is missing to know whether a statement applies. */
function undecided(about: StatementAbout, request: AccessRequest, document: PolicyDocument): string {
  const { attached, hasVariables, origin } = document;
  if (attached === 'unknown') { return `whether ${origin} is attached is not known until deployment`; }
  const elements = [
    about.isAbout === 'unknown' ? 'its action' : [],
    matchResource(about, request, hasVariables) === 'unknown' ? 'its resource' : [],
    about.statement.conditions.filter(condition => conditionMet(condition, request, hasVariables) === 'unknown')
      .map(({ operator, key }) => `the condition ${operator} on ${key}`),
  ].flat();
  return `${named(about, document)}: ${elements.join(' and ') || 'its principal'} cannot be decided at synth`;
}

function matchResource({ statement: { resources, notResources } }: StatementAbout, request: AccessRequest, hasVariables: boolean): Ternary {
  return element(resources, notResources, pattern => {
    const substituted = hasVariables ? substituteVariables(pattern, request) : pattern;
    return typeof substituted === 'string' ? substituted : matchArn(substituted, request.resource);
  });
}
