import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Template } from '../../src/template/template';
import { isReferenceMarker, resolveReferencing } from '../../src/template/token-resolver';
import { symbolizerOf } from '../iam/private/policies';

describe('resources', () => {
  test('of a type, in all stacks', () => {
    const app = new App();
    const one = new CfnBucket(new Stack(app, 'One'), 'Bucket');
    const other = new CfnBucket(new NestedStack(new Stack(app, 'Other'), 'Nested'), 'Bucket');
    expect(Template.of(one).resources('AWS::S3::Bucket')).toEqual([one, other]);
    expect(Template.of(one).resources('AWS::SNS::Topic')).toEqual([]);
  });

  test('of an app are none of those that a Stage in it deploys for itself', () => {
    const app = new App();
    const [own, staged] = [new CfnBucket(new Stack(app, 'Own'), 'Bucket'), new CfnBucket(new Stack(new Stage(app, 'Prod'), 'Staged'), 'Bucket')];
    expect([own, staged].map(bucket => Template.of(bucket).resources('AWS::S3::Bucket'))).toEqual([[own], [staged]]);
  });

  test('with overrides, dependencies and a condition', () => {
    const stack = new Stack(new App(), 'Stack');
    const [one, other] = ['One', 'Other'].map(id => new CfnBucket(stack, id));
    one.addPropertyOverride('BucketName', 'overridden');
    one.addResourceDependency(other);
    one.cfnOptions.condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
    const template = Template.of(stack);
    expect(template.render(one)).toEqual({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'overridden' }, DependsOn: ['Other'], Condition: 'Condition' });
    expect(template.render(other)).toEqual({ Type: 'AWS::S3::Bucket', Properties: {}, DependsOn: [], Condition: undefined });
    expect(template.render(one).Properties).toBe(template.render(one).Properties);
  });

  test('that will not be in a template are left out', () => {
    const stack = new Stack(new App(), 'Stack');
    class Absent extends CfnResource {
      protected shouldSynthesize(): boolean { return false; }
    }
    new Absent(stack, 'Absent', { type: 'AWS::S3::Bucket' });
    expect(Template.of(stack).resources('AWS::S3::Bucket')).toEqual([]);
  });
});

test('elements are found by their logical id, in their own stack', () => {
  const stack = new Stack(new App(), 'Stack');
  const outer = new CfnParameter(stack, 'Same');
  const nested = new NestedStack(stack, 'Nested');
  const inner = new CfnParameter(nested, 'Same');
  const template = Template.of(stack);
  expect([template.element(stack, 'Same'), template.element(nested, 'Same'), template.element(stack, 'Nothing')]).toEqual([outer, inner, undefined]);
});

test('a definition tells its section', () => {
  const stack = new Stack(new App(), 'Stack');
  const template = Template.of(stack);
  const sections = [
    new CfnParameter(stack, 'P'), new CfnOutput(stack, 'O', { value: 'x' }), new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') }), new CfnBucket(stack, 'B'),
  ].map(element => template.definition(element).section);
  expect(sections).toEqual(['Parameters', 'Outputs', 'Conditions', 'Resources']);
});

test('a reference is a marker of its construct; other tokens are what CloudFormation reads', () => {
  const stack = new Stack(new App(), 'Stack');
  const bucket = new Bucket(stack, 'Bucket');
  expect(resolveReferencing(stack, { arn: bucket.bucketArn, region: stack.region, list: Token.asList({ Ref: 'L' }) })).toEqual({
    arn: { 'Fn::Reference': ['Stack/Bucket/Resource', 'Arn'] }, region: { Ref: 'AWS::Region' }, list: { Ref: 'L' },
  });
  expect(resolveReferencing(stack, `a-${bucket.bucketName}`)).toEqual({ 'Fn::Join': ['', ['a-', { 'Fn::Reference': ['Stack/Bucket/Resource', 'Ref'] }]] });
  expect([{ 'Fn::Reference': [] }, { Ref: 'x' }, null, 'x'].map(isReferenceMarker)).toEqual([true, false, false, false]);
});

describe('an included template', () => {
  const directory = mkdtempSync(join(tmpdir(), 'template-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const file = join(directory, 'template.json');
  writeFileSync(file, JSON.stringify({
    Parameters: { Prefix: { Type: 'String' }, Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] } },
    Mappings: { Names: { prod: { Name: 'production' }, dev: { Name: 'development' } } },
    Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${Prefix}-${AWS::AccountId}-scripts' } } },
      Mapped: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::FindInMap': ['Names', { Ref: 'Stage' }, 'Name'] } } },
      Chosen: { Type: 'AWS::S3::Bucket', Condition: 'IsProduction', Properties: { BucketName: { 'Fn::If': ['IsProduction', 'a', 'b'] } } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': ['${Arn}/*', { Arn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }] } } },
      Other: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': '${Bucket.Arn}/${!aws:userid}' } } },
    },
  }));

  function value(id: string, property: string, outcome = 1): string {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    const included = new CfnInclude(stack, 'Include', { templateFile: file });
    const symbolizer = symbolizerOf(stack, { is: ({ values }, asked) => values ? values[outcome] === asked : outcome === 0 });
    const resource = included.getResource(id);
    return `${symbolizer.exists(resource)} ${symbolizer.property(resource, property)}`;
  }

  test.each([
    ['Bucket', 'BucketName', 'true ${Prefix}-111111111111-scripts'],
    ['Mapped', 'BucketName', 'true production'],
    ['Chosen', 'BucketName', 'true a'],
    ['Topic', 'DisplayName', 'true arn:aws:s3:::${Prefix}-111111111111-scripts/*'],
    ['Other', 'DisplayName', 'true arn:aws:s3:::${Prefix}-111111111111-scripts/${aws:userid}'],
    ['Bucket', 'Tags', 'true undefined'],
  ])('%s.%s: %s', (id, property, expected) => {
    expect(value(id, property)).toBe(expected);
  });

  test('in the other way to deploy it', () => {
    expect([value('Mapped', 'BucketName', 0), value('Chosen', 'BucketName', 0)]).toEqual(['true development', 'false b']);
  });
});
