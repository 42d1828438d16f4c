import fc from 'fast-check';

/** A template as JSON. */
export type Json = any;

/** What a deployment gives the parameters. */
export type Assignment = Readonly<Record<string, string>>;

/** The parameters on which conditions rest, with the values that are told apart: another value is like the last. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Stage: ['prod', 'test', 'else'],
  Size: ['large', 'small'],
  Scripts: ['', 'given'],
  Mode: ['on', 'else'],
};

const DECLARED = {
  Stage: { Type: 'String' },
  Size: { Type: 'String', AllowedValues: ['large', 'small'], Default: 'small' },
  Scripts: { Type: 'String', Default: '' },
  Mode: { Type: 'String' },
  FirstName: { Type: 'String' },
  SecondName: { Type: 'String' },
};

const equals = (parameter: string, value: string) => ({ 'Fn::Equals': [{ Ref: parameter }, value] });

const CONDITIONS: Readonly<Record<string, Json>> = {
  IsProduction: equals('Stage', 'prod'),
  IsTest: { 'Fn::Equals': ['test', { Ref: 'Stage' }] },
  IsLarge: equals('Size', 'large'),
  IsSmall: { 'Fn::Not': [{ Condition: 'IsLarge' }] },
  HasScripts: { 'Fn::Not': [equals('Scripts', '')] },
  IsOn: equals('Mode', 'on'),
  IsLargeProduction: { 'Fn::And': [{ Condition: 'IsProduction' }, { Condition: 'IsLarge' }] },
  IsOnOrTest: { 'Fn::Or': [{ Condition: 'IsOn' }, { Condition: 'IsTest' }] },
};

/** Every way to give the parameters values. */
export const ASSIGNMENTS: readonly Assignment[] = Object.entries(PARAMETERS).reduce<Assignment[]>((all, [name, values]) =>
  all.flatMap(assignment => values.map(value => ({ ...assignment, [name]: value }))), [{}]);

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** A value that is mostly plain, else one of two by a condition. */
function either(plain: fc.Arbitrary<Json>, other = plain): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 3, arbitrary: plain }, {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...Object.keys(CONDITIONS)), plain, other).map(branches => ({ 'Fn::If': branches })),
  });
}

/** The same of a value that may be missing. */
function maybe(plain: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return either(plain, fc.oneof(plain, fc.constant(NO_VALUE)));
}

const roleArn = either(fc.constantFrom({ 'Fn::GetAtt': ['Reader', 'Arn'] }, { 'Fn::GetAtt': ['Other', 'Arn'] }));
const source = either(fc.constantFrom('s3://our-scripts/config/', 's3://sagemaker-scripts/config/', 's3://others/config/'));

const group = (name: Json) => fc.record({
  InstanceGroupName: fc.constant(name),
  ExecutionRole: roleArn,
  InstanceCount: either(fc.constantFrom(1, 3)),
  MinInstanceCount: either(fc.constantFrom(0, 2)),
  InstanceType: fc.constant('ml.m5.xlarge'),
  ImageId: maybe(fc.constantFrom('ami-0123456789abcdef0', 'ami-1123456789abcdef0')),
  ThreadsPerCore: maybe(fc.constantFrom(1, 2)),
  LifeCycleConfig: maybe(fc.record({ SourceS3Uri: source, OnCreate: fc.constant('on_create.sh') })),
  SlurmConfig: maybe(fc.record({ NodeType: either(fc.constantFrom('Controller', 'Login')) })),
}, { requiredKeys: ['InstanceGroupName', 'ExecutionRole', 'InstanceCount', 'InstanceType'] });

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: either(fc.constantFrom(['s3:GetObject', 's3:ListBucket'], ['s3:GetObject'], ['dynamodb:GetItem'])),
  Resource: either(fc.constantFrom(['arn:aws:s3:::our-scripts', 'arn:aws:s3:::our-scripts/*'], ['arn:aws:s3:::others', 'arn:aws:s3:::others/*'])),
});

const role = fc.record({
  AssumeRolePolicyDocument: fc.constant({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
  ManagedPolicyArns: maybe(fc.constant([{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy' }])),
});

const policy = fc.record({
  Type: fc.constant('AWS::IAM::Policy'),
  Condition: fc.option(fc.constantFrom(...Object.keys(CONDITIONS)), { nil: undefined }),
  Properties: fc.record({
    PolicyName: fc.constant('Policy'),
    Roles: fc.constant([{ Ref: 'Reader' }]),
    PolicyDocument: fc.record({ Version: fc.constant('2012-10-17'), Statement: fc.array(maybe(statement), { minLength: 1, maxLength: 2 }) }),
  }),
});

/** A template of a cluster, its roles and a policy, much of it under conditions. */
export const conditionalTemplate: fc.Arbitrary<Json> = fc.record({
  reader: role,
  other: role,
  policy,
  groups: fc.tuple(
    maybe(group({ Ref: 'FirstName' })),
    fc.oneof(fc.constant(undefined), maybe(group({ Ref: 'SecondName' })), maybe(group('third'))),
  ),
  mode: fc.option(maybe(fc.constant('Continuous')), { nil: undefined }),
}).map(({ reader, other, policy: attached, groups, mode }) => ({
  Parameters: DECLARED,
  Conditions: CONDITIONS,
  Resources: {
    Reader: { Type: 'AWS::IAM::Role', Properties: reader },
    Other: { Type: 'AWS::IAM::Role', Properties: other },
    Policy: attached,
    Cluster: {
      Type: 'AWS::SageMaker::Cluster',
      DependsOn: ['Policy'],
      Properties: { InstanceGroups: groups.filter(one => one !== undefined), NodeProvisioningMode: mode },
    },
  },
}));

/** The template that a deployment makes of it: without conditions. */
export function deployed(template: Json, assignment: Assignment): Json {
  const holds = (expression: Json): boolean => {
    const [[name, argument]] = Object.entries<Json>(expression);
    switch (name) {
      case 'Condition': return holds(template.Conditions[argument]);
      case 'Fn::Not': return !holds(argument[0]);
      case 'Fn::And': return argument.every(holds);
      case 'Fn::Or': return argument.some(holds);
      default: {
        const [left, right] = argument.map((operand: Json) => typeof operand === 'string' ? operand : assignment[operand.Ref]);
        return left === right;
      }
    }
  };
  const resolve = (json: Json): Json => {
    if (Array.isArray(json)) { return json.map(resolve).filter(item => item !== undefined); }
    if (typeof json !== 'object' || json === null) { return json; }
    if (json.Ref === 'AWS::NoValue') { return undefined; }
    if (json['Fn::If']) { return resolve(json['Fn::If'][holds({ Condition: json['Fn::If'][0] }) ? 1 : 2]); }
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, resolve(value)]).filter(([, value]) => value !== undefined));
  };
  const kept = Object.entries<Json>(template.Resources).filter(([, { Condition }]) => Condition === undefined || holds({ Condition }));
  const ids = kept.map(([id]) => id);
  return {
    Parameters: template.Parameters,
    Resources: Object.fromEntries(kept.map(([id, { Condition: _, DependsOn, ...resource }]) => [id, {
      ...resolve(resource), ...DependsOn ? { DependsOn: DependsOn.filter((one: string) => ids.includes(one)) } : {},
    }])),
  };
}

/** Is a clause of "This is so when …" true of a deployment? */
export function isTrueOf(assignment: Assignment, when: string | undefined): boolean {
  return when === undefined || when.split(', or when ').some(alternative => alternative.split(' and ').every(clause => {
    const [, name, negation, value] = /^(\w+) is (not )?(\w+)$/.exec(clause)!;
    return (assignment[name] === (value === 'empty' ? '' : value)) === (negation === undefined);
  }));
}
