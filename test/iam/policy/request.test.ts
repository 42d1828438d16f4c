import { parseRoleArn } from '../../../src/iam/policy/request';
import { symbolic } from '../../template/private/strings';
import { objectRequest } from '../private/policies';

test.each([
  ['arn:aws:iam::111111111111:role/Node', '111111111111', 'Node'],
  ['arn:aws:iam::111111111111:role/service-role/a/Node', '111111111111', 'Node'],
  ['arn:<P>:iam::<Account>:role/<Role>', '<Account>', '<Role>'],
  ['arn:aws:iam::<P>:role/x', '<P>', 'x'],
])('%s is of the account %s and has the name %s', (arn, account, name) => {
  const parsed = parseRoleArn(symbolic(arn));
  expect([parsed?.account.key, parsed?.name.key]).toEqual([symbolic(account).key, symbolic(name).key]);
});

test.each(['<P>', 'Node', 'arn:aws:iam::1:user/Node', 'arn:aws:sts::1:role/Node', 'arn:aws:iam::1:role', 'arn:aws:iam::1:<P>', 'arn:aws:iam', 'x:aws:iam::1:role/Node'])(
  'in %s no role can be recognized', arn => {
    expect(parseRoleArn(symbolic(arn))).toBeUndefined();
  });

test('a parameter where an account stands is one', () => {
  const [symbol] = parseRoleArn(symbolic('arn:aws:iam::<P>:role/x'))!.account.symbols;
  expect(symbol).toMatchObject({ id: 'P', alphabet: '0123456789', minLength: 12, fixedLength: true });
  expect(parseRoleArn(symbolic('arn:aws:iam::1<P>:role/x'))!.account.key).toBe(symbolic('1<P>').key);
  expect(parseRoleArn(symbolic('arn:aws:iam::1<P>:role/x'))!.account.symbols).toEqual(symbolic('<P>').symbols);
});

test('the keys of a request have no case, and tell who asks for what', () => {
  const { context } = objectRequest({ resourceAccount: '222222222222', context: { 'S3:Prefix': [] } });
  expect(Object.fromEntries([...context].map(([key, values]) => [key, values.map(String)]))).toEqual({
    'aws:principalarn': ['arn:aws:iam::111111111111:role/path/Node'],
    'aws:principalaccount': ['111111111111'],
    'aws:resourceaccount': ['222222222222'],
    's3:prefix': [],
  });
});
