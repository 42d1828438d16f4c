import { matchArn } from './arn';
import { conditionMet } from './condition';
import type { HasVariables, PolicyDocument } from './document';
import { isExcepted, matchPrincipal, type PrincipalMatch } from './principal';
import { type AccessRequest, keyOf } from './request';
import { element, type StatementAbout, statementsAbout } from './statements-about';
import { patternIn } from './variables';
import { all, both, not, type Ternary } from '../../template/ternary';

/** Documents that apply together, and what is known to apply but cannot be seen. */
export interface PolicySet {
  readonly documents: readonly PolicyDocument[];
  /** Of each of these lists one document applies, and which one is not known. */
  readonly alternatives?: readonly (readonly PolicyDocument[])[];
  /** Each a phrase that names the unseen policy: it may allow, and is taken not to deny. */
  readonly unseen: readonly string[];
  /** Whether there are policies at all may be unknown too. */
  readonly isCertain?: boolean;
}

/** What a statement says of a request, each of its elements judged once. */
export interface Judgement extends StatementAbout {
  readonly isAboutResource: Ternary;
  /** In the order of the statement's conditions. */
  readonly conditionsMet: readonly Ternary[];
  /** Does it apply to the role as such, or as one of its account? An identity policy's always to the role. */
  readonly applies: PrincipalMatch;
}

/** What the statements of a document say of a request; those of which it is plain that they are about something else are left out. */
export interface JudgedDocument {
  readonly document: PolicyDocument;
  /** What cannot be seen of it, if anything. */
  readonly hidden?: string;
  readonly judgements: readonly Judgement[];
}

export interface JudgedPolicies {
  readonly documents: readonly JudgedDocument[];
  readonly alternatives: readonly (readonly JudgedDocument[])[];
  readonly unseen: readonly string[];
}

/** All documents that apply, or may apply. */
export function documentsIn({ documents, alternatives = [] }: PolicySet): readonly PolicyDocument[] {
  return [...documents, ...alternatives.flat()];
}

/**
 * Judges each statement of the policies once: a decision is made from the judgements, and explained by them.
 *
 * @param isBounded the role has a permissions boundary
 */
export function judge({ documents, alternatives = [], unseen }: PolicySet, request: AccessRequest, isBounded = false): JudgedPolicies {
  const judged = (document: PolicyDocument) => document.settle
    ? document.settle(`${keyOf(request)} ${isBounded}`, () => judgeDocument(document, request, isBounded), saySame)
    : judgeDocument(document, request, isBounded);
  return { documents: documents.map(judged), alternatives: alternatives.map(documentsOfOne => documentsOfOne.map(judged)), unseen };
}

/** Of documents that say nothing of a request, it does not matter which is there. */
function saySame(one: JudgedDocument, other: JudgedDocument): boolean {
  return [one, other].every(({ hidden, judgements }) => judgements.length === 0 && !hidden);
}

function judgeDocument(document: PolicyDocument, request: AccessRequest, isBounded: boolean): JudgedDocument {
  const judgements: Judgement[] = [];
  for (const about of statementsAbout(request.action, document.statements)) {
    const isAboutResource = matchResource(about, request, document.hasVariables);
    // Most statements on an action are about other resources, which settles it.
    if (isAboutResource !== 'no') { judgements.push(judgeStatement(about, isAboutResource, request, document, isBounded)); }
  }
  return { document, hidden: document.hidden, judgements };
}

function judgeStatement(
  about: StatementAbout, isAboutResource: Ternary, request: AccessRequest, document: PolicyDocument, isBounded: boolean,
): Judgement {
  const { attached = 'yes', hasVariables } = document;
  const conditionsMet = about.statement.conditions.map(condition => conditionMet(condition, request, hasVariables));
  const whoever = all([attached, about.isAbout, isAboutResource, ...conditionsMet]);
  return { ...about, isAboutResource, conditionsMet, applies: limited(whom(about, request, isBounded), whoever) };
}

/**
 * Whom a statement is about, of the ways in which the request's principal can be named. A Deny for all but some denies every role that has
 * a permissions boundary, even if it is among those
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html).
 */
function whom({ statement: { effect, principals, notPrincipals } }: StatementAbout, request: AccessRequest, isBounded: boolean): PrincipalMatch {
  if (principals) { return matchPrincipal(principals, request); }
  const role = notPrincipals && !(effect === 'Deny' && isBounded) ? not(isExcepted(notPrincipals, request)) : 'yes';
  return { role, account: 'no', unbounded: role };
}

function limited({ role, account, unbounded }: PrincipalMatch, by: Ternary): PrincipalMatch {
  return { role: both(role, by), account: both(account, by), unbounded: both(unbounded, by) };
}

function matchResource({ statement: { resources, notResources } }: StatementAbout, request: AccessRequest, hasVariables: HasVariables): Ternary {
  return element(resources, notResources, pattern => {
    const read = patternIn(request, pattern, hasVariables);
    return typeof read === 'string' ? read : matchArn(read, request.resource);
  });
}
