import { Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { printPolicy } from '../../src/execution-role/printed-policy';
import { testApp } from '../private/app';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

test.each<[string, () => string, unknown]>([
  ['a literal', () => 'arn:aws-cn:s3:::scripts', 'arn:aws-cn:s3:::scripts'],
  ['a pseudo parameter', () => `arn:${Aws.PARTITION}:s3:::scripts`, 'arn:${AWS::Partition}:s3:::scripts'],
  ['a parameter', () => new CfnParameter(stack, 'Arn').valueAsString, '${Arn}'],
  ['an attribute', () => new Bucket(stack, 'Scripts').bucketArn, expect.stringMatching(/^\$\{Scripts[0-9A-F]{8}\.Arn\}$/)],
  ['a substitution', () => Fn.sub('arn:${AWS::Partition}:s3:::scripts'), 'arn:${AWS::Partition}:s3:::scripts'],
  ['an import', () => Fn.importValue('Arn'), { 'Fn::ImportValue': 'Arn' }],
  ['an import within text', () => `${Fn.importValue('Arn')}/*`, { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Arn' }, '/*']] }],
  [
    'a condition',
    () => Fn.conditionIf(new CfnCondition(stack, 'IsProd').logicalId, Aws.ACCOUNT_ID, 'none').toString(),
    { 'Fn::If': ['IsProd', '${AWS::AccountId}', 'none'] },
  ],
])('%s is printed as it would stand in Fn::Sub, or else as it is', (_, resource, printed) => {
  const json = printPolicy(stack, [new PolicyStatement({ actions: ['s3:GetObject'], resources: [resource()] })]);

  expect(JSON.parse(json)).toEqual({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: printed }] });
});
