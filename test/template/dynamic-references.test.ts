import { App, Stack } from 'aws-cdk-lib';
import { symbolic } from './private/strings';
import { readDynamicReferences } from '../../src/template/dynamic-references';

const stack = (region?: string) => new Stack(new App(), 'Stack', { env: { region, account: region && '111111111111' } });
const read = (text: string, region?: string) => readDynamicReferences(symbolic(text), stack(region));

test.each([
  ['{{resolve:ssm:/a}}', 1],
  ['x{{resolve:ssm:/a}}y{{resolve:ssm:/b}}z', 2],
  ['{{resolve:ssm:/a/<P>/b}}', 1],
  ['{{resolve:ssm:<P>}}', 1],
  ['{{resolve:ssm:/a', 0],
  ['a}}', 0],
])('%s has so many values that are read at deployment: %d', (text, count) => {
  expect(read(text).symbols.filter(({ placeholder }) => placeholder.startsWith('{{resolve:'))).toHaveLength(count);
});

test('what stands around a dynamic reference stays, and it is written as it was', () => {
  expect(`${read('x{{resolve:ssm:/a/<P>}}y')}`).toBe('x{{resolve:ssm:/a/${P}}}y');
});

test('one text is one value in one account and Region', () => {
  expect(read('{{resolve:ssm:/a/<P>}}').equals(read('{{resolve:ssm:/a/<P>}}'))).toBe(true);
  expect(read('{{resolve:ssm:/a/<P>}}').equals(read('{{resolve:ssm:/a/<Q>}}'))).toBe(false);
  expect(read('{{resolve:ssm:/a}}', 'eu-west-1').equals(read('{{resolve:ssm:/a}}', 'us-east-1'))).toBe(false);
});
