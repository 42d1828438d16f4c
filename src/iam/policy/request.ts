import { Alphabet, type OpaqueSymbol, SymbolicString } from '../../template/symbolic/symbolic-string';

/**
 * The values of a condition key in a request. An empty list: the key is certainly absent. A key that the request's context does not
 * mention at all is not known.
 */
export type ContextValues = readonly SymbolicString[];

/** The role that makes a request. */
export interface RolePrincipal {
  readonly arn: SymbolicString;
  readonly account: SymbolicString;
  /** The role's unique id, if the app refers to it. */
  readonly id?: SymbolicString;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const SESSION_NAME: OpaqueSymbol = { id: 'session name', placeholder: 'session name', alphabet: Alphabet.iamName, minLength: 2 };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
function someRoleId(arn: SymbolicString): SymbolicString {
  return SymbolicString.symbol({ id: `id of ${arn.key}`, placeholder: `id of ${arn}`, beginsWith: 'AROA', alphabet: Alphabet.uniqueId, minLength: 12 });
}

/** One request of a role to a service, as the service will evaluate it. */
export interface AccessRequest {
  readonly principal: RolePrincipal;
  readonly action: string;
  readonly resource: SymbolicString;
  readonly resourceAccount: SymbolicString;
  /** By condition key, in lower case: IAM ignores the case of keys. */
  readonly context: ReadonlyMap<string, ContextValues>;
}

/** Something that may be any string at all: "every object whose key begins so" is a prefix and this. */
export const ANYTHING: OpaqueSymbol = { id: 'anything', placeholder: 'anything', minLength: 1 };

/**
 * The request of a role, with the condition keys that follow from the request alone.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function accessRequest(
  principal: RolePrincipal,
  action: string,
  resource: SymbolicString,
  resourceAccount: SymbolicString,
  context: Readonly<Record<string, ContextValues>> = {},
): AccessRequest {
  let byKey: ReadonlyMap<string, ContextValues> | undefined;
  return {
    principal,
    action,
    resource,
    resourceAccount,
    // Most requests are decided without a look at a condition.
    get context() {
      return byKey ??= new Map(Object.entries<ContextValues>({
        'aws:PrincipalArn': [principal.arn],
        'aws:PrincipalAccount': [principal.account],
        'aws:ResourceAccount': [resourceAccount],
        ...context,
      }).map(([key, values]) => [key.toLowerCase(), values]));
    },
  };
}

/** Identity of a request: two with the same key are decided alike. */
export function keyOf({ principal, action, resource, resourceAccount, context }: AccessRequest): string {
  const values = [...context].map(([key, ones]) => `${key}=${ones.map(({ key: value }) => value).join()}`);
  return [principal.arn.key, principal.account.key, action, resource.key, resourceAccount.key, ...values].join(' ');
}

/**
 * What services know of every request that a role sends to a Region with an AWS SDK: it comes over TLS, and from neither a user nor a
 * service (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 */
export function fromSdk({ arn, id = someRoleId(arn) }: RolePrincipal, region: SymbolicString): Readonly<Record<string, ContextValues>> {
  return {
    'aws:RequestedRegion': [region],
    'aws:SecureTransport': [SymbolicString.literal('true')],
    'aws:PrincipalIsAWSService': [SymbolicString.literal('false')],
    'aws:userid': [SymbolicString.concat(id, ':', SESSION_NAME)],
    'aws:username': [],
  };
}

/** What names a role among all others. */
export interface RoleName {
  readonly account: SymbolicString;
  readonly name: SymbolicString;
}

/** Splits a role's ARN into what names the role. Undefined if it is not one that can be taken apart. */
export function parseRoleArn(arn: SymbolicString): RoleName | undefined {
  const segments = arn.split(':', 6);
  if (segments.length !== 6 || segments[0].literal !== 'arn' || segments[2].literal !== 'iam') { return undefined; }
  const path = segments[5].split('/');
  if (path.length < 2 || path[0].literal !== 'role') { return undefined; }
  return { account: account(segments[4]), name: path[path.length - 1] };
}

/** What is known of a symbol that stands where an account id stands. */
function account(segment: SymbolicString): SymbolicString {
  return segment.pieces.length === 1
    ? segment.mapSymbols(symbol => ({ ...symbol, alphabet: Alphabet.digits, minLength: 12, fixedLength: true })) : segment;
}
