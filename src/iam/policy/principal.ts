import { matchArn } from './arn';
import { incompleteness } from './condition';
import type { Principals } from './document';
import { type AccessRequest, ANYTHING, parseRoleArn, SESSION_NAME } from './request';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { any, type Ternary } from '../../template/ternary';

/**
 * How a resource policy's statement names the role that asks: itself, or only its account, which then has to let the role in by an
 * identity policy.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface PrincipalMatch {
  readonly role: Ternary;
  readonly account: Ternary;
  /** The role, by other means than its ARN: as everyone, or as its session. A permissions boundary does not limit what is given so. */
  readonly unbounded: Ternary;
}

export function matchPrincipal(principals: Principals, request: AccessRequest): PrincipalMatch {
  const { values, complete } = principals.get('AWS') ?? { values: [], complete: true };
  const hidden = incompleteness({ values, complete });
  const unbounded = any([...values.map(value => any([namesEveryone(value), namesSession(value, request)])), ...hidden]);
  return {
    role: any([...values.flatMap(value => [matchArn(asText(value), request.principal.arn), namesUniqueId(value)]), unbounded]),
    // A canonical user id stands for an account (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html).
    account: any([...values.map(value => namesAccount(value, request)), ...hidden, ...(principals.has('CanonicalUser') ? ['unknown' as const] : [])]),
    unbounded,
  };
}

/** Is the role among those whom a `NotPrincipal` leaves out? To be left out for certain, its session has to be named too. */
export function isExcepted(principals: Principals, request: AccessRequest): Ternary {
  const { role, account } = matchPrincipal(principals, request);
  return any([role, account]) === 'no' ? 'no' : 'unknown';
}

function namesEveryone(value: SymbolicString): Ternary {
  return matchGlob(value, SymbolicString.literal('*'), { literal: true });
}

function namesAccount(value: SymbolicString, { principal }: AccessRequest): Ternary {
  const root = SymbolicString.concat(...principal.arn.split(':', 6).slice(0, 4).flatMap(segment => [segment, ':']), principal.account, ':root');
  return any([principal.account, root].map(account => matchGlob(value, account, { literal: true })));
}

/** `arn:…:sts::…:assumed-role/Role/Session` names the role only while it goes by that session's name, which is not known. */
function namesSession(value: SymbolicString, { principal }: AccessRequest): Ternary {
  const [, partition] = principal.arn.split(':', 6);
  const name = parseRoleArn(principal.arn)?.name ?? ANYTHING;
  const session = SymbolicString.concat('arn:', partition, ':sts::', principal.account, ':assumed-role/', name, '/', SESSION_NAME);
  return matchGlob(value, session, { literal: true }) === 'no' ? 'no' : 'unknown';
}

/**
 * A role's unique id, which a policy that names a role may be stored with. It is not known before the role exists
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
function namesUniqueId(value: SymbolicString): Ternary {
  return value.literalPrefix.startsWith('AROA') ? 'unknown' : 'no';
}

/** A principal is compared as text: it cannot hold a wildcard. */
function asText(value: SymbolicString): SymbolicString {
  return value.mapLiterals(text => text.replace(/[*?]/g, '\0'));
}
