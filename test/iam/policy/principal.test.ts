import { isExcepted, matchPrincipal } from '../../../src/iam/policy/principal';
import type { Ternary } from '../../../src/template/ternary';
import { symbolic } from '../../template/private/strings';
import { objectRequest, OTHER_ACCOUNT, ROLE_ARN } from '../private/policies';

const request = objectRequest();
const listed = (type: string, values: string[], complete = true) => new Map([[type, { values: values.map(symbolic), complete }]]);

test.each<[type: string, values: string[], role: Ternary, account: Ternary, unbounded: Ternary]>([
  ['AWS', ['*'], 'yes', 'no', 'yes'],
  ['AWS', [ROLE_ARN], 'yes', 'no', 'no'],
  ['AWS', ['arn:aws:iam::111111111111:role/path/Other'], 'no', 'no', 'no'],
  ['AWS', [`arn:aws:iam::${OTHER_ACCOUNT}:role/path/Node`], 'no', 'no', 'no'],
  ['AWS', ['arn:aws:iam::111111111111:role/path/*'], 'no', 'no', 'no'],
  ['AWS', ['arn:aws:iam::111111111111:role/path/Nod?'], 'no', 'no', 'no'],
  ['AWS', [`${ROLE_ARN}*`], 'no', 'no', 'no'],
  ['AWS', ['?'], 'no', 'no', 'no'],
  ['AWS', ['111111111111'], 'no', 'yes', 'no'],
  ['AWS', [OTHER_ACCOUNT], 'no', 'no', 'no'],
  ['AWS', ['arn:aws:iam::111111111111:root'], 'no', 'yes', 'no'],
  ['AWS', ['arn:aws:iam::<Account>:root'], 'no', 'unknown', 'no'],
  ['AWS', [`arn:aws:iam::${OTHER_ACCOUNT}:root`], 'no', 'no', 'no'],
  ['AWS', ['<P>:root'], 'no', 'unknown', 'no'],
  ['AWS', ['<P>'], 'unknown', 'unknown', 'unknown'],
  ['AWS', ['arn:aws:sts::111111111111:<P>'], 'unknown', 'no', 'unknown'],
  ['AWS', ['arn:aws:iam::111111111111:roo<P>'], 'no', 'unknown', 'no'],
  ['AWS', ['arn:aws:sts::111111111111:assumed-role/Node/i-1'], 'unknown', 'no', 'unknown'],
  ['AWS', ['arn:aws:sts::111111111111:assumed-role/Other/i-1'], 'no', 'no', 'no'],
  ['AWS', ['arn:aws:sts::111111111111:assumed-role/Node/*'], 'no', 'no', 'no'],
  ['AWS', [`arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/Node/i-1`], 'no', 'no', 'no'],
  ['AWS', ['arn:aws:iam::111111111111:user/Node', ROLE_ARN, '111111111111'], 'yes', 'yes', 'no'],
  ['AWS', ['AROAEXAMPLEID'], 'unknown', 'no', 'no'],
  ['AWS', ['AIDAEXAMPLEID'], 'no', 'no', 'no'],
  ['AWS', [], 'no', 'no', 'no'],
  ['Service', ['s3.amazonaws.com'], 'no', 'no', 'no'],
  ['Federated', ['*'], 'no', 'no', 'no'],
  ['CanonicalUser', ['79a59df900b949e55d96a1e698fbaced'], 'no', 'unknown', 'no'],
])('%s %j: the role %s, its account %s, beyond a boundary %s', (type, values, role, account, unbounded) => {
  expect(matchPrincipal(listed(type, values), request)).toEqual({ role, account, unbounded });
});

test('a list that may hold more may name the role', () => {
  expect(matchPrincipal(listed('AWS', ['arn:aws:iam::111111111111:user/x'], false), request))
    .toEqual({ role: 'unknown', account: 'unknown', unbounded: 'unknown' });
});

test.each<[values: string[], excepted: Ternary]>([
  [[ROLE_ARN], 'unknown'],
  [['111111111111'], 'unknown'],
  [['arn:aws:iam::111111111111:role/Other'], 'no'],
])('NotPrincipal %j leaves the role out: %s', (values, excepted) => {
  expect(isExcepted(listed('AWS', values), request)).toBe(excepted);
});
