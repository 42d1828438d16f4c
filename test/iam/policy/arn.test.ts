import { matchArn } from '../../../src/iam/policy/arn';
import type { Ternary } from '../../../src/template/ternary';
import { symbolic } from '../../template/private/strings';

test.each<[pattern: string, arn: string, answer: Ternary, why: string]>([
  ['*', 'arn:aws:s3:::b', 'yes', 'an asterisk alone is everything'],
  ['*', '<P>', 'yes', 'even what is no ARN'],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x/y', 'yes', 'an asterisk crosses slashes'],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', 'no', 'a bucket is none of its objects'],
  ['arn:aws:s3:::b', 'arn:aws:s3:::b/x', 'no', 'an object is not the bucket'],
  ['arn:*:s3:::b', 'arn:aws:s3:::b', 'yes', 'any partition'],
  ['arn:*:s3:::b', 'arn:aws:s3:::c', 'no', 'any partition, another bucket'],
  ['arn:aws-cn:s3:::b', 'arn:aws:s3:::b', 'no', 'another partition'],
  ['arn:aws:s3:*:*:b', 'arn:aws:s3:::b', 'yes', 'an asterisk matches an empty segment'],
  ['arn:aws:s3:?::b', 'arn:aws:s3:::b', 'no', 'a question mark does not'],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::<Account>:role/x', 'yes', 'any account'],
  ['arn:aws:iam::<Account>:role/<Role>', 'arn:aws:iam::<Account>:role/<Role>', 'yes', 'the same role'],
  ['arn:aws:iam::<Account>:role/<OtherRole>', 'arn:aws:iam::<Account>:role/<Role>', 'no', 'another role'],
  ['arn:aws:iam::<P>:role/x', 'arn:aws:iam::111111111111:role/x', 'unknown', 'a parameter for the account'],
  ['arn:aws:iam::<P>:role/x', 'arn:aws:iam::111111111111:role/y', 'no', 'a parameter for the account, another role'],
  ['arn:aws:s3:::*', 'arn:aws:s3:::b:c', 'yes', 'in the last segment, colons are text'],
  ['arn:aws:logs:*:*:log-group:x', 'arn:aws:logs:eu-west-1:111111111111:log-group:x', 'yes', 'an asterisk that need not reach over a colon does not'],
  ['arn:<P>:s3:::*', 'arn:<P>:s3:::b', 'yes', 'a partition that is a parameter is one segment'],
  ['arn:aws:s3:*:a:b', 'arn:aws:s3:::x:a:b', 'unknown', 'an asterisk at the end of a segment may reach over colons'],
  ['arn:aws:s3:<P>:a:b', 'arn:aws:s3:::x:a:b', 'unknown', 'as may one that a parameter holds'],
  ['arn:aws:s3:*:a:b', 'arn:aws:s3:::x:a:c', 'no', 'even so, it ends differently'],
  ['arn:aws:s3:*:a:b', 'arn:aws:s3:::x/a/b', 'no', 'there are no colons to reach over'],
  ['arn:aws:s3:*x:a:b', 'arn:aws:s3:::x:a:b', 'no', 'an asterisk inside a segment stays there'],
  ['arn:aws:s3:*:*:b/*', 'arn:aws:s3:::c/<P>', 'no', 'an object\'s key is taken to hold no colon'],
  ['arn:aws:s3:*', 'arn:aws:s3:::b', 'unknown', 'fewer segments than an ARN has: not documented'],
  ['arn:aws:sqs:*', 'arn:aws:s3:::b', 'no', 'fewer segments, another service'],
  ['<P>', 'arn:aws:s3:::b', 'unknown', 'a parameter may be any ARN'],
  ['<P>', '<P>', 'yes', 'a parameter is itself'],
  ['<P>/*', 'arn:aws:s3:::b', 'no', 'a parameter and a slash that the ARN does not have'],
  ['arn:aws:s3:::<P>', 'arn:aws:s3:::b', 'unknown', 'a parameter for the name'],
  ['arn:aws:x<P>y:a::b', 'arn:aws:x:y:a::b', 'unknown', 'a parameter that may hold a colon shifts the segments'],
  ['arn:aws:xy:a::b', 'arn:aws:x<P>y:a::b', 'unknown', 'in the ARN, too'],
])('%s on %s: %s, because %s', (pattern, arn, answer) => {
  expect(matchArn(symbolic(pattern), symbolic(arn))).toBe(answer);
});
