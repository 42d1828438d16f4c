import * as fc from 'fast-check';
import type { Condition, HasVariables, PolicyDocument, Principals, Statement, Values } from '../../../src/iam/policy/document';
import type { ApplicablePolicies, PolicySet } from '../../../src/iam/policy/evaluate';
import { type AccessRequest, accessRequest, ANYTHING } from '../../../src/iam/policy/request';
import { Alphabet, type OpaqueSymbol, type Piece, SymbolicString } from '../../../src/template/symbolic/symbolic-string';
import type { Ternary } from '../../../src/template/ternary';

/** A request and all policies that decide over it, with symbols in both. */
export interface Case {
  readonly request: AccessRequest;
  readonly policies: ApplicablePolicies;
}

const text = (...parts: (Piece | SymbolicString)[]) => SymbolicString.concat(...parts);

const ACCOUNT: OpaqueSymbol = { id: 'account', placeholder: 'account', alphabet: Alphabet.digits, minLength: 12, fixedLength: true };
const BUCKET: OpaqueSymbol = { id: 'bucket', placeholder: 'bucket', beginsWith: 'st-', alphabet: Alphabet.bucketName, minLength: 3, uniqueIn: 'buckets' };
const OTHER_BUCKET: OpaqueSymbol = { ...BUCKET, id: 'other-bucket' };
const ROLE: OpaqueSymbol = { id: 'role', placeholder: 'role', beginsWith: 'St-', alphabet: Alphabet.iamName, minLength: 3, uniqueIn: 'roles' };
const OTHER_ROLE: OpaqueSymbol = { ...ROLE, id: 'other-role' };
const REGION: OpaqueSymbol = { id: 'region', placeholder: 'region', alphabet: Alphabet.region, minLength: 9 };
const PARAMETER: OpaqueSymbol = { id: 'parameter', placeholder: 'parameter' };
/** The same parameter where a bucket's name stands. */
const NAMED_BY_PARAMETER: OpaqueSymbol = { ...PARAMETER, alphabet: Alphabet.bucketName, minLength: 3 };

const literal = (value: string) => SymbolicString.literal(value);
const OTHER_ACCOUNT = literal('222222222222');

const oneOf = <T>(...choices: [number, T][]) => fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** What a request is about, in terms that its policies may repeat. */
interface Subject {
  readonly action: string;
  readonly bucket: SymbolicString;
  readonly prefix: SymbolicString;
  readonly roleName: SymbolicString;
  readonly account: SymbolicString;
  readonly resourceAccount: SymbolicString;
  readonly region: SymbolicString;
}

const subject: fc.Arbitrary<Subject> = fc.record({
  action: oneOf([3, 's3:GetObject'], [2, 's3:ListBucket'], [1, 'kms:Decrypt']),
  bucket: oneOf([2, text(BUCKET)], [2, literal('sagemaker-data')], [1, text(NAMED_BY_PARAMETER)], [1, text('data-', ACCOUNT)], [1, text('data-', ACCOUNT, '-', REGION)]),
  prefix: oneOf([2, literal('scripts/')], [1, SymbolicString.EMPTY], [1, text(PARAMETER, '/')]),
  roleName: oneOf([2, text(ROLE)], [1, literal('NodeRole')]),
  account: oneOf([2, text(ACCOUNT)], [2, literal('111111111111')]),
  region: oneOf([1, text(REGION)], [1, literal('eu-west-1')]),
  resourceAccount: oneOf([1, text(ACCOUNT)], [1, literal('111111111111')], [1, OTHER_ACCOUNT]),
  isCrossAccount: oneOf([4, false], [1, true]),
}).map(({ isCrossAccount, ...made }) => isCrossAccount ? made : { ...made, resourceAccount: made.account });

function resourceOf({ action, bucket, prefix, resourceAccount, region }: Subject): SymbolicString {
  switch (action) {
    case 's3:ListBucket': return text('arn:aws:s3:::', bucket);
    case 's3:GetObject': return text('arn:aws:s3:::', bucket, '/', prefix, ANYTHING);
    default: return text('arn:aws:kms:', region, ':', resourceAccount, ':key/', { id: 'key', placeholder: 'key', alphabet: Alphabet.keyId, minLength: 3 });
  }
}

const roleArn = ({ account, roleName }: Subject) => text('arn:aws:iam::', account, ':role/', roleName);

/**
 * What becomes of a choice once the request's subject is known. The arbitraries themselves do not depend on it, which makes them
 * several times as fast as chained ones.
 */
type Of<T> = (of: Subject) => T;

const fixed = <T>(value: T): Of<T> => () => value;

function list<T>(arbitrary: fc.Arbitrary<Of<T>>, minLength: number, maxLength: number): fc.Arbitrary<Of<T[]>> {
  return fc.array(arbitrary, { minLength, maxLength }).map(items => of => items.map(item => item(of)));
}

function record<T extends object>(arbitraries: { [K in keyof T]: fc.Arbitrary<Of<T[K]>> }): fc.Arbitrary<Of<T>> {
  return fc.record(arbitraries as Record<string, fc.Arbitrary<Of<unknown>>>).map(made => of =>
    Object.fromEntries(Object.entries(made).map(([key, value]) => [key, value(of)])) as T);
}

function weighted<T>(...choices: [number, fc.Arbitrary<T>][]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

type Context = Record<string, SymbolicString[]>;

const prefixInContext: fc.Arbitrary<Of<Context>> = oneOf<Of<Context>>(
  [3, ({ prefix }) => ({ 's3:prefix': [prefix] })], [1, () => ({ 's3:prefix': [] })], [1, () => ({})]);

function request(of: Subject, listContext: Context): AccessRequest {
  return accessRequest({ arn: roleArn(of), account: of.account }, of.action, resourceOf(of), of.resourceAccount, {
    's3:ResourceAccount': [of.resourceAccount],
    'aws:RequestedRegion': [of.region],
    'aws:SecureTransport': [literal('true')],
    'aws:TagKeys': [literal('team'), text(PARAMETER)],
    ...(of.action === 's3:ListBucket' ? listContext : { 's3:prefix': [] }),
  });
}

function values(value: fc.Arbitrary<Of<SymbolicString>>, maxLength = 2): fc.Arbitrary<Of<Values>> {
  return record<Values>({ values: list(value, 1, maxLength), complete: oneOf([30, fixed(true)], [1, fixed(false)]) });
}

type OfString = Of<SymbolicString>;
const strings = (...choices: [number, OfString | SymbolicString | string][]): fc.Arbitrary<OfString> => oneOf(...choices.map(
  ([weight, value]): [number, OfString] => [weight, typeof value === 'function' ? value : fixed(typeof value === 'string' ? literal(value) : value)]));

const action = strings([6, ({ action: asked }) => literal(asked)], [3, ({ action: asked }) => literal(asked.toUpperCase())],
  [3, 's3:*'], [2, '*'], [2, 's3:Get*'], [1, 'kms:*'], [1, 's3:ListBucket'], [1, 's3:GetObject'], [1, 'logs:PutLogEvents'], [1, text('s3:', PARAMETER)]);

const bucketArn: OfString = ({ bucket }) => text('arn:aws:s3:::', bucket);

const resource = strings([4, '*'], [6, resourceOf], [5, of => text(bucketArn(of), '/*')], [4, of => text(bucketArn(of), '*')], [3, bucketArn],
  [4, of => text(bucketArn(of), '/', of.prefix, '*')], [1, of => text(bucketArn(of), '/s*')], [1, of => text(bucketArn(of), '/', of.prefix, '??*')],
  [2, 'arn:aws:s3:::sagemaker-*'], [1, 'arn:aws:s3:::*/*'], [1, 'arn:*:s3:::*'], [1, 'arn:aws:kms:*:*:key/*'],
  [1, of => text('arn:aws:kms:', of.region, ':', OTHER_ACCOUNT, ':key/*')],
  [1, text('arn:aws:s3:::', OTHER_BUCKET, '/*')], [1, text('arn:aws:s3:::', BUCKET, '-logs/*')],
  [1, text('arn:aws:s3:::', PARAMETER, '*')], [1, text(PARAMETER)],
  [1, 'arn:aws:s3:::data-${aws:PrincipalAccount}*'], [1, 'arn:aws:s3:::data-${aws:PrincipalAccount}-${aws:RequestedRegion}/*'],
  [1, 'arn:aws:s3:::${aws:PrincipalTag/team}/*'], [1, 'arn:aws:s3:::${s3:prefix}*']);

const account = strings([3, ({ account: own }) => own], [2, ({ resourceAccount }) => resourceAccount], [1, OTHER_ACCOUNT],
  [1, '${aws:PrincipalAccount}'], [1, '1*'], [1, text(PARAMETER)]);

/** Values that may stand in a condition on a key, of which some agree with the request. */
const CONDITION_VALUES: Readonly<Record<string, fc.Arbitrary<OfString>>> = {
  'aws:PrincipalAccount': account,
  'aws:ResourceAccount': account,
  's3:ResourceAccount': account,
  'aws:RequestedRegion': strings([2, ({ region }) => region], [1, 'eu-*'], [1, 'us-east-1'], [1, 'EU-WEST-1']),
  's3:prefix': strings([2, ({ prefix }) => prefix], [1, ({ prefix }) => text(prefix, '*')], [1, ''], [1, '*'], [1, 'other/*']),
  'aws:TagKeys': strings([1, 'team'], [1, 'TEAM'], [1, text(PARAMETER)], [1, '*']),
};

const STRING_OPERATORS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
const ARN_OPERATORS = ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'];

function operator(names: readonly string[], isMultivalued = false): fc.Arbitrary<Of<string>> {
  return fc.tuple(oneOf([isMultivalued ? 0 : 6, ''], [1, 'ForAllValues:'], [1, 'ForAnyValue:']), fc.constantFrom(...names), oneOf([3, ''], [1, 'IfExists']))
    .map(parts => fixed(parts.join('')));
}

const keys = (...choices: string[]) => fc.constantFrom(...choices.map(key => fixed(key)));

const condition: fc.Arbitrary<Of<Condition>> = weighted(
  ...Object.entries(CONDITION_VALUES).map(([key, value]): [number, fc.Arbitrary<Of<Condition>>] => [2, record<Condition>({
    operator: operator(STRING_OPERATORS, key === 'aws:TagKeys'), key: keys(key, key.toUpperCase()), values: values(value),
  })]),
  [5, record<Condition>({
    operator: operator([...ARN_OPERATORS, 'StringLike', 'StringNotEquals']),
    key: keys('aws:PrincipalArn'),
    values: values(strings([3, roleArn], [2, of => text('arn:aws:iam::', of.account, ':role/*')], [1, 'arn:aws:iam::*:role/NodeRole'],
      [1, text('arn:aws:iam::', ACCOUNT, ':role/', OTHER_ROLE)], [1, '*'], [1, text(PARAMETER)])),
  })],
  [6, record<Condition>({
    operator: keys('Bool', 'BoolIfExists'), key: keys('aws:SecureTransport', 'aws:securetransport'), values: values(strings([3, 'true'], [2, 'false'], [1, 'True']), 1),
  })],
  [5, record<Condition>({
    operator: keys('Null'), key: keys('s3:prefix', 'aws:PrincipalArn', 'aws:PrincipalTag/team'), values: values(strings([1, 'true'], [1, 'false']), 1),
  })],
  [2, record<Condition>({
    operator: keys('StringEquals', 'IpAddress', 'NumericLessThanEquals', 'StringNotEqualsIfExists'),
    key: keys('aws:SourceVpc', 'aws:PrincipalTag/team'),
    values: values(strings([1, 'vpc-1'], [1, 'red'])),
  })],
);

const principals: fc.Arbitrary<Of<Principals>> = weighted(
  [8, values(strings([4, '*'], [5, roleArn], [2, of => text('arn:aws:iam::', of.account, ':root')], [1, of => of.account],
    [1, text('arn:aws:iam::', OTHER_ACCOUNT, ':root')], [1, of => text('arn:aws:iam::', of.account, ':role/', OTHER_ROLE)], [1, text(PARAMETER)],
    [1, of => text('arn:aws:sts::', of.account, ':assumed-role/', of.roleName, '/i-1')], [1, text('arn:aws:iam::', ACCOUNT, ':root')]))
    .map(listed => (of: Subject): Principals => new Map([['AWS', listed(of)]]))],
  [1, fc.constant(fixed<Principals>(new Map([['Service', { values: [literal('s3.amazonaws.com')], complete: true }]])))],
);

const acted = weighted<Of<Partial<Statement>>>(
  [9, record<Partial<Statement>>({ actions: values(action, 3) })], [1, record<Partial<Statement>>({ notActions: values(action) })]);
const about = weighted<Of<Partial<Statement>>>(
  [9, record<Partial<Statement>>({ resources: values(resource) })], [1, record<Partial<Statement>>({ notResources: values(resource) })]);
const naming = weighted<Of<Partial<Statement>>>(
  [12, record<Partial<Statement>>({ principals })], [1, record<Partial<Statement>>({ notPrincipals: principals })]);
const conditions = weighted([3, fc.constant(fixed<Condition[]>([]))], [2, list(condition, 1, 2)]);

function statement(allowing: number, isResourcePolicy: boolean): fc.Arbitrary<Of<Statement>> {
  const effect = oneOf<Of<'Allow' | 'Deny'>>([allowing, fixed('Allow')], [2, fixed('Deny')]);
  return fc.tuple(effect, acted, about, isResourcePolicy ? naming : fc.constant(fixed({})), conditions).map(([how, ...parts]) => of => {
    const [what, on, who, when] = parts;
    return { effect: how(of), ...what(of), ...on(of), ...who(of), conditions: when(of) };
  });
}

function policySet(allowing: number, isResourcePolicy: boolean, documents = 1): fc.Arbitrary<Of<PolicySet>> {
  const document = record<PolicyDocument>({
    origin: fc.constant(fixed('policy')),
    statements: list(statement(allowing, isResourcePolicy), 1, 3),
    hidden: oneOf<Of<string | undefined>>([30, fixed(undefined)], [1, fixed('a statement is not known')]),
    hasVariables: oneOf<Of<HasVariables>>([10, fixed(true)], [2, fixed(false)], [1, fixed('unknown')]),
  });
  return record<PolicySet>({
    documents: list(document, 1, documents),
    alternatives: weighted<Of<PolicyDocument[][]>>([15, fc.constant(fixed([]))], [1, list(list(document, 2, 2), 1, 1)]),
    unseen: oneOf<Of<string[]>>([15, fixed([])], [1, fixed(['a policy is not seen'])]),
  });
}

const nothing = fc.constant(fixed(undefined));

const policies = record<ApplicablePolicies>({
  identity: policySet(8, false, 2),
  boundary: weighted<Of<PolicySet | undefined>>([3, nothing], [1, policySet(20, false)]),
  resource: weighted<Of<PolicySet | undefined>>([1, nothing], [1, policySet(8, true)]),
  endpoints: weighted<Of<ApplicablePolicies['endpoints']>>([3, nothing], [1, list(
    record({ policy: policySet(20, true), passed: oneOf<Of<Ternary>>([1, fixed('yes')], [1, fixed('no')], [1, fixed('unknown')]) }), 1, 1)]),
});

export const accessCase: fc.Arbitrary<Case> = fc.tuple(subject, prefixInContext, policies).map(([of, context, made]) => ({
  request: request(of, context(of)),
  policies: { ...made(of), resourcePolicyRequired: of.action === 'kms:Decrypt' },
}));
