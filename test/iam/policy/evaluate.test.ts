import { type ApplicablePolicies, decideAction, evaluateAccess, type Obstacle } from '../../../src/iam/policy/evaluate';
import type { Ternary } from '../../../src/template/ternary';
import { ACCOUNT, documentOf, objectRequest, OTHER_ACCOUNT, policySet, ROLE_ARN, UNSEEN } from '../private/policies';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
const deny = { ...allow, Effect: 'Deny' };
const elsewhere = { ...allow, Resource: 'arn:aws:s3:::other/*' };
const perhaps = { ...allow, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
const to = (principal: unknown, statement: object = allow) => ({ ...statement, Principal: principal });
const NOTHING = policySet();
const HIDDEN = { documents: [{ ...documentOf({ Statement: [] }), hidden: 'a statement is not known' }], unseen: [] };

const role = { AWS: ROLE_ARN };
const account = { AWS: ACCOUNT };
const session = { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/Node/i-1` };

/** An obstacle says that the request is denied, and why. */
type Outcome = 'yes' | 'unknown' | Obstacle;
type Row = [what: string, policies: ApplicablePolicies, outcome: Outcome];

function expectDecision(resourceAccount = ACCOUNT) {
  return (_: string, policies: ApplicablePolicies, outcome: Outcome) => {
    const { allowed, obstacle, reasons } = evaluateAccess(objectRequest({ resourceAccount }), policies);
    const isNotDenied = outcome === 'yes' || outcome === 'unknown';
    expect({ allowed, obstacle }).toEqual(isNotDenied ? { allowed: outcome, obstacle: undefined } : { allowed: 'no', obstacle: outcome });
    expect(reasons.length > 0).toBe(outcome === 'unknown' || outcome === 'explicit deny');
  };
}

describe('in one account', () => {
  test.each<Row>([
    ['nothing allows', { identity: NOTHING }, 'identity policies'],
    ['an identity policy allows', { identity: policySet(allow) }, 'yes'],
    ['one allows something else', { identity: policySet(elsewhere) }, 'identity policies'],
    ['one may allow', { identity: policySet(perhaps) }, 'unknown'],
    ['one may allow, another does', { identity: policySet(perhaps, allow) }, 'yes'],
    ['one allows, another denies', { identity: policySet(allow, deny) }, 'explicit deny'],
    ['one allows, another may deny', { identity: policySet(allow, { ...perhaps, Effect: 'Deny' }) }, 'unknown'],
    ['an unseen policy may allow', { identity: UNSEEN }, 'unknown'],
    ['an unseen policy is taken not to deny', { identity: { ...policySet(allow), unseen: UNSEEN.unseen } }, 'yes'],
    ['the bucket\'s policy allows the role', { identity: NOTHING, resource: policySet(to(role)) }, 'yes'],
    ['it allows everyone', { identity: NOTHING, resource: policySet(to('*')) }, 'yes'],
    ['it allows only the account', { identity: NOTHING, resource: policySet(to(account)) }, 'identity policies'],
    ['it denies the account', { identity: policySet(allow), resource: policySet(to(account, deny)) }, 'explicit deny'],
    ['it denies everyone but others', { identity: policySet(allow), resource: policySet({ ...deny, NotPrincipal: { AWS: OTHER_ACCOUNT } }) }, 'explicit deny'],
    ['it denies everyone but the role', { identity: policySet(allow), resource: policySet({ ...deny, NotPrincipal: role }) }, 'unknown'],
    ['it is not seen', { identity: policySet(allow), resource: UNSEEN }, 'yes'],
  ])('%s', expectDecision());
});

describe('permissions boundaries', () => {
  test.each<Row>([
    ['it allows as the role\'s policies do', { identity: policySet(allow), boundary: policySet(allow) }, 'yes'],
    ['it does not allow', { identity: policySet(allow), boundary: NOTHING }, 'permissions boundary'],
    ['it denies', { identity: policySet(allow), boundary: policySet(allow, deny) }, 'explicit deny'],
    ['it is not seen', { identity: policySet(allow), boundary: UNSEEN }, 'unknown'],
    ['it allows, the policies do not', { identity: NOTHING, boundary: policySet(allow) }, 'identity policies'],
    ['it limits what a bucket\'s policy gives to the role', { identity: NOTHING, boundary: NOTHING, resource: policySet(to(role)) }, 'permissions boundary'],
    ['it may not limit what is given to everyone', { identity: NOTHING, boundary: NOTHING, resource: policySet(to('*')) }, 'unknown'],
    ['nor what is given to a session', { identity: NOTHING, boundary: NOTHING, resource: policySet(to(session)) }, 'unknown'],
    ['nor to everyone but others', { identity: NOTHING, boundary: NOTHING, resource: policySet({ ...allow, NotPrincipal: { AWS: OTHER_ACCOUNT } }) }, 'unknown'],
    ['it allows what is given to everyone', { identity: NOTHING, boundary: policySet(allow), resource: policySet(to('*')) }, 'yes'],
    ['a bucket\'s policy that is not seen may give it to a session', { identity: policySet(allow), boundary: NOTHING, resource: UNSEEN }, 'unknown'],
    ['as may a part of it that is not seen', { identity: policySet(allow), boundary: NOTHING, resource: HIDDEN }, 'unknown'],
    ['but it denies them', { identity: NOTHING, boundary: policySet(deny), resource: policySet(to('*')) }, 'explicit deny'],
  ])('%s', expectDecision());

  test('across accounts it limits everything', () => {
    expectDecision(OTHER_ACCOUNT)('', { identity: policySet(allow), boundary: NOTHING, resource: policySet(to('*')) }, 'permissions boundary');
  });
});

describe('across accounts', () => {
  test.each<Row>([
    ['only the role\'s policies allow', { identity: policySet(allow) }, 'resource policy'],
    ['only the bucket\'s policy allows', { identity: NOTHING, resource: policySet(to(role)) }, 'identity policies'],
    ['both allow', { identity: policySet(allow), resource: policySet(to(role)) }, 'yes'],
    ['the bucket\'s policy allows the account', { identity: policySet(allow), resource: policySet(to(account)) }, 'yes'],
    ['the bucket\'s policy is not seen', { identity: policySet(allow), resource: UNSEEN }, 'unknown'],
    ['neither allows', { identity: NOTHING }, 'identity policies'],
  ])('%s', expectDecision(OTHER_ACCOUNT));
});

describe('in an account that may be another', () => {
  test.each<Row>([
    ['only the role\'s policies allow', { identity: policySet(allow) }, 'unknown'],
    ['both allow', { identity: policySet(allow), resource: policySet(to(role)) }, 'yes'],
    ['neither allows', { identity: NOTHING }, 'identity policies'],
  ])('%s', expectDecision('<Account>'));
});

describe('a resource whose policy is required', () => {
  test.each<Row>([
    ['no policy', { identity: policySet(allow), resourcePolicyRequired: true }, 'resource policy'],
    ['it leaves it to the account, which allows', { identity: policySet(allow), resource: policySet(to(account)), resourcePolicyRequired: true }, 'yes'],
    ['it leaves it to the account, which does not', { identity: NOTHING, resource: policySet(to(account)), resourcePolicyRequired: true }, 'identity policies'],
    ['it allows the role', { identity: NOTHING, resource: policySet(to(role)), resourcePolicyRequired: true }, 'yes'],
  ])('%s', expectDecision());
});

describe('VPC endpoints', () => {
  const through = (policy: ReturnType<typeof policySet>, passed: Ternary): ApplicablePolicies =>
    ({ identity: policySet(allow), endpoints: [{ policy, passed }] });

  test.each<Row>([
    ['passed, and open', through(policySet(to('*')), 'yes'), 'yes'],
    ['passed, and closed', through(NOTHING, 'yes'), 'VPC endpoint policy'],
    ['passed, and closed to it', through(policySet(to('*', allow), to('*', deny)), 'yes'), 'explicit deny'],
    ['passed, and open to the root user of the account only', through(policySet(to(account)), 'yes'), 'VPC endpoint policy'],
    ['not passed, and closed', through(NOTHING, 'no'), 'yes'],
    ['not passed, and denying', through(policySet(to('*', deny)), 'no'), 'yes'],
  ])('%s', expectDecision());

  test.each([['closed', NOTHING], ['denying', policySet(to('*'), to('*', deny))]])('perhaps passed, and %s', (_, policy) => {
    expect(evaluateAccess(objectRequest(), through(policy, 'unknown')).allowed).toBe('unknown');
  });

  test('perhaps passed, and open', () => {
    expectDecision()('', through(policySet(to('*')), 'unknown'), 'yes');
  });
});

describe('elements of a statement', () => {
  test.each<[statement: object, allowed: Ternary]>([
    [{ Action: 'S3:getobject' }, 'yes'],
    [{ Action: ['s3:PutObject', 's3:Get*'] }, 'yes'],
    [{ Action: 's3:GetObjectVersion' }, 'no'],
    [{ Action: [] }, 'no'],
    [{ Action: undefined, NotAction: 's3:Put*' }, 'yes'],
    [{ Action: undefined, NotAction: ['s3:Put*', 's3:Get*'] }, 'no'],
    [{ Action: { Ref: 'P' } }, 'unknown'],
    [{ Action: undefined }, 'unknown'],
    [{ Resource: undefined }, 'unknown'],
    [{ Resource: '*' }, 'yes'],
    [{ Resource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::bucket/a*'] }, 'yes'],
    [{ Resource: { Ref: 'P' } }, 'unknown'],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' }, 'yes'],
    [{ Resource: undefined, NotResource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::bucket/*'] }, 'no'],
    [{ Resource: undefined, NotResource: { Ref: 'P' } }, 'unknown'],
    [{ Resource: 'arn:aws:s3:::${aws:username}/*' }, 'unknown'],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::${s3:prefix}/*' }, 'yes'],
    [{ Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:SecureTransport': 'true' } } }, 'yes'],
    [{ Condition: { StringEquals: { 'aws:PrincipalAccount': OTHER_ACCOUNT }, Bool: { 'aws:SecureTransport': 'true' } } }, 'no'],
    [{ Condition: { Ref: 'P' } }, 'unknown'],
    [{ Condition: {} }, 'yes'],
  ])('%j: %s', (elements, allowed) => {
    const request = objectRequest({ context: { 'aws:SecureTransport': ['true'], 's3:prefix': [] } });
    const statement = JSON.parse(JSON.stringify({ ...allow, ...elements }));
    expect(evaluateAccess(request, { identity: policySet(statement) }).allowed).toBe(allowed);
  });
});

describe('documents', () => {
  const document = documentOf({ Version: '2012-10-17', Statement: [allow] });

  test('one of which a part is hidden may allow or deny', () => {
    const hidden = { ...document, hidden: 'a statement is not known' };
    expect(evaluateAccess(objectRequest(), { identity: { documents: [hidden], unseen: [] } }))
      .toEqual({ allowed: 'unknown', obstacle: undefined, reasons: ['policy: a statement is not known'] });
    expect(evaluateAccess(objectRequest(), { identity: { documents: [{ ...hidden, statements: [] }], unseen: [] } }).allowed).toBe('unknown');
  });

  test('one that is perhaps attached decides nothing by itself', () => {
    const perhapsAttached = { ...document, attached: 'unknown' as const };
    expect(evaluateAccess(objectRequest(), { identity: { documents: [perhapsAttached], unseen: [] } })).toEqual({
      allowed: 'unknown', obstacle: undefined, reasons: ['whether policy is attached is not known until deployment'],
    });
    expect(evaluateAccess(objectRequest(), { identity: { documents: [document, perhapsAttached], unseen: [] } }).allowed).toBe('yes');
    const denying = { ...documentOf({ Statement: [deny] }), attached: 'unknown' as const };
    expect(evaluateAccess(objectRequest(), { identity: { documents: [document, denying], unseen: [] } }).allowed).toBe('unknown');
    const other = { ...documentOf({ Statement: [elsewhere] }), attached: 'unknown' as const };
    expect(evaluateAccess(objectRequest(), { identity: { documents: [other], unseen: [] } }).allowed).toBe('no');
  });
});

describe('reasons', () => {
  test('are put into words only for who asks', () => {
    let words = 0;
    const document = { ...documentOf({ Statement: [deny] }), get origin() { words++; return 'policy'; } };
    const decision = decideAction(objectRequest(), { identity: { documents: [document], unseen: [] } });
    expect([decision.allowed, decision.obstacle, words]).toEqual(['no', 'explicit deny', 0]);
    expect(decision.reasons).toEqual(['policy, statement 0 denies it']);
    expect(words).toBe(1);
  });

  const reasons = (...statements: object[]) => evaluateAccess(objectRequest(), { identity: policySet(...statements) }).reasons;

  test('name the statement that denies', () => {
    expect(reasons(allow, { ...deny, Sid: 'Closed' })).toEqual(['policy, statement "Closed" denies it']);
    expect(reasons(allow, deny)).toEqual(['policy, statement 1 denies it']);
    expect(reasons({ ...elsewhere, Effect: 'Deny' })).toEqual([]);
  });

  test('name what cannot be decided', () => {
    expect(reasons(perhaps)).toEqual(['policy, statement 0: the condition StringEquals on aws:SourceVpc cannot be decided at synth']);
    expect(reasons({ ...allow, Action: { Ref: 'P' }, Resource: { Ref: 'P' } }))
      .toEqual(['policy, statement 0: its action and its resource cannot be decided at synth']);
    expect(reasons(to({ AWS: { Ref: 'P' } }))).toEqual(['policy, statement 0: its principal cannot be decided at synth']);
  });

  test('name what else is not known, or not documented', () => {
    expect(evaluateAccess(objectRequest({ resourceAccount: '<Account>' }), { identity: policySet(allow) }).reasons)
      .toEqual(['whether the resource lies in the role\'s account is not known until deployment']);
    expect(evaluateAccess(objectRequest(), { identity: NOTHING, boundary: NOTHING, resource: policySet(to('*')) }).reasons)
      .toEqual(['it is not documented whether the permissions boundary limits what the resource\'s policy allows']);
  });

  test('do not repeat themselves', () => {
    expect(evaluateAccess(objectRequest(), { identity: UNSEEN, boundary: UNSEEN }).reasons).toEqual(UNSEEN.unseen);
  });
});
