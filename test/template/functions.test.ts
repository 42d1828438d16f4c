import {
  App, Aws, CfnMapping, CfnOutput, CfnParameter, CfnResource, type Environment, Fn, NestedStack, SecretValue, Stack, Stage,
} from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { matchGlob } from '../../src/template/symbolic/glob';
import { SymbolicString } from '../../src/template/symbolic/symbolic-string';
import { resolveReferencing } from '../../src/template/token-resolver';
import { inEveryWorld } from '../../src/template/world';
import { ACCOUNT, OTHER_ACCOUNT, symbolizerOf } from '../iam/private/policies';

const ENV = { account: ACCOUNT, region: 'eu-west-1' };

function stackWithParameters(env?: Environment): Stack {
  const stack = new Stack(new App(), 'Stack', { env });
  new CfnParameter(stack, 'P');
  new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' });
  new CfnBucket(stack, 'Named', { bucketName: 'named' });
  new CfnBucket(stack, 'Generated');
  new CfnMapping(stack, 'Map', { mapping: { 'eu-west-1': { bucket: 'data', count: 3 as any, list: ['a', 'b'] as any } } });
  return stack;
}

/** What CloudFormation's JSON is in a stack, printed as the body of a Fn::Sub; a value that cannot be computed prints as its JSON. */
const read = (json: any, stack = stackWithParameters(ENV)) => `${symbolizerOf(stack).string(json, stack)}`;

describe('Ref and Fn::GetAtt', () => {
  test.each([
    [{ Ref: 'AWS::AccountId' }, ACCOUNT],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::StackName' }, 'Stack'],
    [{ Ref: 'AWS::StackId' }, '${AWS::StackId}'],
    [{ Ref: 'P' }, '${P}'],
    [{ Ref: 'Named' }, 'named'],
    [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:s3:::named'],
    [{ 'Fn::GetAtt': 'Named.Arn' }, 'arn:aws:s3:::named'],
    [{ Ref: 'Generated' }, '${Generated}'],
    [{ 'Fn::GetAtt': ['Generated', 'Arn'] }, 'arn:aws:s3:::${Generated}'],
    [{ 'Fn::GetAtt': ['Generated', 'WebsiteURL'] }, '${Generated.WebsiteURL}'],
    [{ Ref: 'Nowhere' }, '{"Ref":"Nowhere"}'],
    [{ 'Fn::GetAtt': ['Nowhere', 'Arn'] }, '{"Fn::GetAtt":["Nowhere","Arn"]}'],
  ])('%j is %s', (json, expected) => {
    expect(read(json)).toBe(expected);
  });

  test.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    [undefined, 'aws', 'amazonaws.com'],
  ])('in the Region %s, the partition is %s and the suffix %s', (region, partition, suffix) => {
    const stack = stackWithParameters({ region });
    expect([read({ Ref: 'AWS::Partition' }, stack), read({ Ref: 'AWS::URLSuffix' }, stack)]).toEqual([partition, suffix]);
  });

  test('stacks without an environment share account and Region', () => {
    const app = new App();
    const [one, other] = ['One', 'Other'].map(id => new Stack(app, id));
    const symbolizer = symbolizerOf(one);
    for (const name of ['AWS::AccountId', 'AWS::Region']) {
      expect(symbolizer.string({ Ref: name }, one)!.equals(symbolizer.string({ Ref: name }, other)!)).toBe(true);
    }
    expect(symbolizer.string({ Ref: 'AWS::StackId' }, one)!.equals(symbolizer.string({ Ref: 'AWS::StackId' }, other)!)).toBe(false);
  });
});

describe('what is known of an environment that the app does not give', () => {
  test.each([
    ['AWS::AccountId', '12345678901?', 'unknown', 'an account has twelve digits'],
    ['AWS::AccountId', '1234567890123', 'no', 'not thirteen'],
    ['AWS::AccountId', '12345678901', 'no', 'not eleven'],
    ['AWS::AccountId', 'a*', 'no', 'and no letters'],
    ['AWS::Region', 'us-west-2', 'unknown', 'a Region may be that'],
    ['AWS::Region', 'us-west-', 'no', 'none is shorter'],
    ['AWS::Region', '*/*', 'no', 'none has a slash'],
  ])('%s is %s: %s, because %s', (name, pattern, answer) => {
    const stack = stackWithParameters();
    expect(matchGlob(SymbolicString.literal(pattern), symbolizerOf(stack).string({ Ref: name }, stack)!)).toBe(answer);
  });

  test('it is printed as the pseudo parameter', () => {
    expect(read({ 'Fn::Sub': '${AWS::AccountId}/${AWS::Region}' }, stackWithParameters())).toBe('${AWS::AccountId}/${AWS::Region}');
  });
});

describe('Fn::Join, Fn::Sub, Fn::Split and Fn::Select', () => {
  test.each([
    [{ 'Fn::Join': ['', ['a', { Ref: 'P' }, 'b']] }, 'a${P}b'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Named' }]] }, 'a-named'],
    [{ 'Fn::Join': ['-', []] }, ''],
    [{ 'Fn::Join': ['-', { 'Fn::Split': ['/', 'a/b'] }] }, 'a-b'],
    [{ 'Fn::Join': ['-', { Ref: 'Names' }] }, '{"Fn::Join":["-",{"Ref":"Names"}]}'],
    [{ 'Fn::Join': ['-', ['a', ['b']]] }, '{"Fn::Join":["-",["a",["b"]]]}'],
    [{ 'Fn::Join': [{ Ref: 'P' }, ['a', 'b']] }, '{"Fn::Join":[{"Ref":"P"},["a","b"]]}'],
    [{ 'Fn::Sub': ['${P}/${X}', { X: ['a'] }] }, '{"Fn::Sub":["${P}/${X}",{"X":["a"]}]}'],
    [{ 'Fn::Select': [0, { 'Fn::Split': ['/', ['a']] }] }, '{"Fn::Select":[0,{"Fn::Split":["/",["a"]]}]}'],
    [{ 'Fn::Sub': 'a-${P}-${AWS::Region}' }, 'a-${P}-eu-west-1'],
    [{ 'Fn::Sub': '${Named.Arn}/*' }, 'arn:aws:s3:::named/*'],
    [{ 'Fn::Sub': '${ Named }' }, 'named'],
    [{ 'Fn::Sub': ['${X}/${P}', { X: { Ref: 'Named' } }] }, 'named/${P}'],
    [{ 'Fn::Sub': ['${P}', { P: 'shadowed' }] }, 'shadowed'],
    [{ 'Fn::Sub': 'a/${!aws:PrincipalAccount}' }, 'a/${aws:PrincipalAccount}'],
    [{ 'Fn::Sub': 'no variables' }, 'no variables'],
    [{ 'Fn::Select': [1, ['a', 'b', 'c']] }, 'b'],
    [{ 'Fn::Select': ['0', ['a', 'b', 'c']] }, 'a'],
    [{ 'Fn::Select': [3, ['a', 'b', 'c']] }, '{"Fn::Select":[3,["a","b","c"]]}'],
    [{ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Named', 'Arn'] }] }] }, 'named'],
    [{ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Generated', 'Arn'] }] }] }, '${Generated}'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::GetAtt': ['Generated', 'Arn'] }] }] },
      '{"Fn::Select":[1,{"Fn::Split":["-",{"Fn::GetAtt":["Generated","Arn"]}]}]}'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'P' }] }] }, '{"Fn::Select":[1,{"Fn::Split":[":",{"Ref":"P"}]}]}'],
    [{ 'Fn::Select': [0, { Ref: 'Names' }] }, '{"Fn::Select":[0,{"Ref":"Names"}]}'],
    [{ 'Fn::Select': [{ Ref: 'P' }, ['a']] }, '{"Fn::Select":[{"Ref":"P"},["a"]]}'],
    [{ 'Fn::Split': [',', 'a,b'] }, '{"Fn::Split":[",","a,b"]}'],
    [{ 'Fn::Base64': 'a' }, '{"Fn::Base64":"a"}'],
  ])('%j is %s', (json, expected) => {
    expect(read(json)).toBe(expected);
  });

  test('one expression has one value in a stack, and another elsewhere', () => {
    const app = new App();
    const [one, other] = ['One', 'Other'].map(id => new Stack(app, id));
    const symbolizer = symbolizerOf(one);
    const value = (stack: Stack) => symbolizer.string({ 'Fn::Base64': 'a' }, stack)!;
    expect([value(one).equals(value(one)), value(one).equals(value(other))]).toEqual([true, false]);
  });
});

describe('Fn::FindInMap', () => {
  test.each([
    [['Map', { Ref: 'AWS::Region' }, 'bucket'], 'data'],
    [['Map', 'eu-west-1', 'count'], '3'],
    [['Map', 'eu-west-2', 'bucket'], '{"Fn::FindInMap":["Map","eu-west-2","bucket"]}'],
    [['Nowhere', 'eu-west-1', 'bucket'], '{"Fn::FindInMap":["Nowhere","eu-west-1","bucket"]}'],
    [[['Map'], 'eu-west-1', 'bucket'], '{"Fn::FindInMap":[["Map"],"eu-west-1","bucket"]}'],
    [['Map', { Ref: 'P' }, 'bucket'], '{"Fn::FindInMap":["Map",{"Ref":"P"},"bucket"]}'],
  ])('%j is %s', (argument, expected) => {
    expect(read({ 'Fn::FindInMap': argument })).toBe(expected);
  });

  test('as a list', () => {
    const stack = stackWithParameters(ENV);
    const list = (second: string) => symbolizerOf(stack).list({ 'Fn::FindInMap': ['Map', 'eu-west-1', second] }, stack)?.map(String);
    expect([list('list'), list('bucket'), list('nothing')]).toEqual([['a', 'b'], ['data'], undefined]);
  });
});

describe('lists', () => {
  test.each<[any, string[] | undefined]>([
    [['a', { Ref: 'P' }], ['a', '${P}']],
    ['a', ['a']],
    [{ Ref: 'P' }, ['${P}']],
    [{ Ref: 'AWS::NoValue' }, []],
    [['a', { Ref: 'AWS::NoValue' }], ['a']],
    [{ 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [{ 'Fn::Split': [',', { Ref: 'P' }] }, undefined],
    [{ 'Fn::GetAZs': '' }, undefined],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, undefined],
    [null, ['undefined']],
  ])('%j', (json, expected) => {
    const stack = stackWithParameters(ENV);
    expect(symbolizerOf(stack).list(json, stack)?.map(String)).toEqual(expected);
  });
});

describe('Fn::ImportValue', () => {
  function exporting(scope: App | Stage, id: string, value: string, env: Environment = ENV): Stack {
    const stack = new Stack(scope, id, { env });
    new CfnOutput(stack, 'Output', { value, exportName: 'shared' });
    return stack;
  }
  const imported = (stack: Stack) => read({ 'Fn::ImportValue': 'shared' }, stack);
  const opaque = '{"Fn::ImportValue":"shared"}';

  test('is the value of the output with that export name', () => {
    const app = new App();
    new CfnOutput(exporting(app, 'Exporting', 'exported'), 'Another', { value: 'another', exportName: 'another' });
    expect(imported(new Stack(app, 'Importing', { env: ENV }))).toBe('exported');
  });

  test('is not known if nothing in the app exports it', () => {
    expect(imported(new Stack(new App(), 'Importing', { env: ENV }))).toBe(opaque);
  });

  test('keeps references of the exporting stack', () => {
    const app = new App();
    const producer = new Stack(app, 'Producer', { env: ENV });
    const bucket = new Bucket(producer, 'Bucket');
    new CfnOutput(producer, 'Name', { value: bucket.bucketName, exportName: 'shared' });
    const consumer = new Stack(app, 'Consumer', { env: ENV });
    const symbolizer = symbolizerOf(consumer);
    expect(symbolizer.string({ 'Fn::ImportValue': 'shared' }, consumer)!
      .equals(symbolizer.string(resolveReferencing(consumer, bucket.bucketName), consumer)!)).toBe(true);
  });

  test.each([[{ ...ENV, account: OTHER_ACCOUNT }], [{ ...ENV, region: 'eu-west-2' }]])('is not one of the environment %j', env => {
    const app = new App();
    exporting(app, 'Exporting', 'exported', env);
    expect(imported(new Stack(app, 'Importing', { env: ENV }))).toBe(opaque);
  });

  test('is not known if two stacks export it', () => {
    const app = new App();
    exporting(app, 'One', 'exported');
    exporting(app, 'Other', 'exported');
    expect(imported(new Stack(app, 'Importing', { env: ENV }))).toBe(opaque);
  });

  test('is the one of the same Stage', () => {
    const app = new App();
    const [dev, prod] = ['Dev', 'Prod'].map(id => new Stage(app, id));
    exporting(dev, 'Exporting', 'of-dev');
    exporting(prod, 'Exporting', 'of-prod');
    expect([dev, prod, app].map((scope, index) => imported(new Stack(scope, `Importing${index}`, { env: ENV })))).toEqual(['of-dev', 'of-prod', opaque]);
  });
});

describe('parameters', () => {
  function valuesOf(type: string, allowedValues?: string[]): string[] {
    const stack = new Stack(new App(), 'Stack');
    new CfnParameter(stack, 'P', { type, allowedValues, default: 'a' });
    return inEveryWorld(world => `${symbolizerOf(stack, world).string({ Ref: 'P' }, stack)}`).all.map(({ value }) => value);
  }

  test.each([
    ['String', undefined, ['${P}']],
    ['String', ['a', 'b'], ['a', 'b']],
    ['Number', [1, 2] as any, ['1', '2']],
    ['AWS::EC2::VPC::Id', ['vpc-1'], ['vpc-1']],
    ['CommaDelimitedList', ['a', 'b'], ['${P}']],
    ['List<String>', ['a', 'b'], ['${P}']],
    ['AWS::SSM::Parameter::Value<String>', ['/a', '/b'], ['${P}']],
  ])('of type %s with the allowed values %j: %j', (type, allowed, expected) => {
    expect(valuesOf(type, allowed)).toEqual(expected);
  });
});

describe('dynamic references', () => {
  test('are symbols within text', () => {
    expect(read('a-{{resolve:ssm:/bucket}}-b')).toBe('a-{{resolve:ssm:/bucket}}-b');
    expect(read(stackWithParameters().resolve(SecretValue.ssmSecure('/x', '1').unsafeUnwrap()))).toBe('{{resolve:ssm-secure:/x:1}}');
  });

  test.each([[ENV, ENV, true], [undefined, undefined, true], [ENV, { ...ENV, account: OTHER_ACCOUNT }, false], [ENV, { ...ENV, region: 'us-east-1' }, false]])(
    'of the environments %j and %j have one value: %s', (first, second, same) => {
      const app = new App();
      const [one, other] = [new Stack(app, 'One', { env: first }), new Stack(app, 'Other', { env: second })];
      const symbolizer = symbolizerOf(one);
      const value = (stack: Stack) => symbolizer.string('{{resolve:ssm:/bucket}}', stack)!;
      expect(value(one).equals(value(other))).toBe(same);
    });
});

describe('nested stacks', () => {
  const reference = (stack: Stack, token: string) => symbolizerOf(stack).string(resolveReferencing(stack, token), stack)!;

  test('a parameter is what the parent passes, or its default', () => {
    const parent = stackWithParameters(ENV);
    const nested = new NestedStack(parent, 'Nested', { parameters: { Passed: 'from-parent', Referenced: Fn.ref('Named') } });
    new CfnParameter(nested, 'Passed');
    new CfnParameter(nested, 'Referenced');
    new CfnParameter(nested, 'Other', { default: 'default' });
    expect(['Passed', 'Referenced', 'Other'].map(name => read({ Ref: name }, nested))).toEqual(['from-parent', 'named', 'default']);
  });

  test('an output is its value in the nested stack', () => {
    const parent = stackWithParameters(ENV);
    const nested = new NestedStack(parent, 'Nested');
    const bucket = new Bucket(nested, 'Bucket');
    new CfnOutput(nested, 'Name', { value: bucket.bucketName });
    const resource = nested.nestedStackResource as CfnResource;
    const outputOf = (name: string) => symbolizerOf(parent).string({ 'Fn::GetAtt': [parent.resolve(resource.logicalId), `Outputs.${name}`] }, parent)!;
    expect(outputOf('Name').equals(reference(nested, bucket.bucketName))).toBe(true);
    expect(`${outputOf('Nothing')}`).toContain('Outputs.Nothing');
  });

  test('references across nested stacks are those of the constructs themselves', () => {
    const parent = stackWithParameters(ENV);
    const [one, other] = ['One', 'Other'].map(id => new NestedStack(parent, id));
    const bucket = new Bucket(one, 'Bucket');
    expect(reference(one, bucket.bucketArn).equals(reference(other, bucket.bucketArn))).toBe(true);
  });

  test('a parameter and an output that refer to each other are not known', () => {
    const parent = stackWithParameters(ENV);
    const nested = new NestedStack(parent, 'Nested');
    const parameter = new CfnParameter(nested, 'Circular');
    new CfnOutput(nested, 'Out', { value: parameter.valueAsString });
    const resource = nested.nestedStackResource as CfnResource;
    nested.setParameter('Circular', Fn.getAtt(parent.resolve(resource.logicalId), 'Outputs.Out').toString());
    expect(read({ Ref: 'Circular' }, nested)).toMatch(/^\$\{/);
  });

  test('its name begins with the name of its parent', () => {
    const nested = new NestedStack(stackWithParameters(ENV), 'Nested');
    expect(read({ Ref: 'AWS::StackName' }, nested)).toBe('Stack-${AWS::StackName}');
    const [symbol] = reference(nested, new Bucket(nested, 'Bucket').bucketName).symbols;
    expect(symbol.beginsWith).toBe('stack-');
  });
});

describe('the tokens of the CDK', () => {
  test.each([
    ['Aws.PARTITION', Aws.PARTITION, 'aws'],
    ['Fn.sub', Fn.sub('x-${P}-${Named}'), 'x-${P}-named'],
    ['Fn.join', Fn.join('/', ['a', Fn.ref('P')]), 'a/${P}'],
    ['a concatenation', `a-${Fn.ref('P')}-${Fn.getAtt('Named', 'Arn')}`, 'a-${P}-arn:aws:s3:::named'],
    ['Fn.select of Fn.split', Fn.select(2, Fn.split('-', Fn.ref('Named') + '-a-b')), 'b'],
    ['Fn.findInMap', Fn.findInMap('Map', Aws.REGION, 'bucket'), 'data'],
    ['Fn.importValue', Fn.importValue('nowhere'), '{"Fn::ImportValue":"nowhere"}'],
  ])('%s', (_, token, expected) => {
    const stack = stackWithParameters(ENV);
    expect(`${symbolizerOf(stack).string(resolveReferencing(stack, token), stack)}`).toBe(expected);
  });

  test('a reference keeps its construct when logical ids repeat', () => {
    const app = new App();
    const [one, other] = ['One', 'Other'].map(id => new Bucket(new Stack(app, id, { stackName: 'Same' }), 'Bucket'));
    const symbolizer = symbolizerOf(one.stack);
    const name = (bucket: Bucket) => symbolizer.string(resolveReferencing(bucket, bucket.bucketName), bucket.stack)!;
    expect(one.stack.resolve(one.bucketName)).toEqual(other.stack.resolve(other.bucketName));
    expect(name(one).equals(name(other))).toBe(false);
  });
});
