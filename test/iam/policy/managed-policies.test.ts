import { App, Stack } from 'aws-cdk-lib';
import { awsManagedPolicy } from '../../../src/iam/policy/managed-policies';
import { MANAGED_POLICIES } from '../../../src/iam/policy/managed-policies-table';
import { symbolizerOf } from '../private/policies';

const stack = new Stack(new App(), 'Stack');
const read = (name: string, partition = 'aws') => awsManagedPolicy(name, partition, stack, symbolizerOf(stack));

test.each(Object.keys(MANAGED_POLICIES))('%s can be read as a whole', name => {
  const document = read(name)!;
  expect(document).toMatchObject({ origin: `AWS managed policy ${name}`, hidden: undefined, hasVariables: true });
  expect(document.statements.length).toBe([JSON.parse(MANAGED_POLICIES[name]).Statement].flat().length);
});

test.each(['NoSuchPolicy', 'toString', ''])('%j is not in the table', name => {
  expect(read(name)).toBeUndefined();
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])('ARNs are of the partition %s', partition => {
  const arns = read('AmazonSageMakerClusterInstanceRolePolicy', partition)!.statements
    .flatMap(({ resources }) => resources!.values.map(String)).filter(arn => arn !== '*');
  expect(arns.length).toBeGreaterThan(0);
  expect(arns.filter(arn => !arn.startsWith(`arn:${partition}:`))).toEqual([]);
});
