import { CfnMapping, CfnParameter, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, executionRole, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus, findingsOf, type Scenario } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';
const READ = { Action: ['s3:ListBucket', 's3:GetObject'], Resource: [BUCKET, `${BUCKET}/*`] };
const ALL = [...readStatements(BUCKET)];

/** A role that may read the scripts, and a bucket policy with one more statement. */
function withBucketPolicy(statement: object, grants: object[] = ALL): Scenario['app'] {
  return stack => {
    define(stack, statement);
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: 'our-scripts', policyDocument: policy(statement) });
    cluster(stack, grants.length > 0 ? roleWith(stack, ...grants) : executionRole(stack), SCRIPTS);
  };
}

/** A role with one inline policy. */
function withPolicy(document: object): Scenario['app'] {
  return stack => {
    define(stack, document);
    cluster(stack, cfnRole(stack, { policies: [{ policyName: 'Scripts', policyDocument: document }] }).attrArn, SCRIPTS);
  };
}

const PARAMETERS = { Whoever: { default: '*' }, Fixed: { allowedValues: ['*'], default: '*' }, Trusted: { default: 'sagemaker.amazonaws.com' } };

const MAPPING = {
  all: {
    Principal: '*',
    Effect: 'Deny',
    Version: '2012-10-17',
    Actions: ['s3:ListBucket', 's3:GetObject'],
    SageMaker: 'sagemaker.amazonaws.com',
    Ec2: 'ec2.amazonaws.com',
  },
};

/** Defines the parameters and the mapping that a policy refers to. */
function define(stack: Stack, json: unknown): void {
  const text = JSON.stringify(json);
  Object.entries(PARAMETERS).filter(([name]) => text.includes(`"${name}"`)).forEach(([name, props]) => new CfnParameter(stack, name, props));
  if (text.includes('Fn::Transform')) { permitMacros(stack); }
  if (text.includes('Fn::FindInMap')) { new CfnMapping(stack, 'Elements', { mapping: MAPPING }); }
}

/** CDK's validation does not read what a macro makes. */
function permitMacros(stack: Stack): void {
  Validations.of(stack).acknowledge(...['E3510', 'E3002'].map(id => ({ id: `CloudFormation-Validate::${id}`, reason: 'A macro stands there.' })));
}

const mapped = (name: string) => ({ 'Fn::FindInMap': ['Elements', 'all', name] });
const INCLUDE = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://our-templates/statement.json' } } };

corpus('Elements of a policy that are intrinsic functions', [
  {
    name: 'Deny for a Principal that a Fn::Sub writes as everyone',
    verdict: 'denied',
    why: 'the function is replaced by its value before IAM sees the policy: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html',
    app: withBucketPolicy({ Effect: 'Deny', Principal: { 'Fn::Sub': '*' }, ...READ }),
  },
  {
    name: 'Deny for a Principal that a mapping gives as everyone',
    verdict: 'denied',
    why: 'the keys of the mapping are known, so its value is',
    app: withBucketPolicy({ Effect: 'Deny', Principal: mapped('Principal'), ...READ }),
  },
  {
    name: 'Deny for a Principal that a parameter names',
    verdict: 'unknown',
    why: 'the parameter\'s default is not its value',
    app: withBucketPolicy({ Effect: 'Deny', Principal: { Ref: 'Whoever' }, ...READ }),
  },
  {
    name: 'Deny for a Principal that a parameter with one allowed value names',
    verdict: 'denied',
    why: 'the parameter can be nothing else',
    app: withBucketPolicy({ Effect: 'Deny', Principal: { Ref: 'Fixed' }, ...READ }),
  },
  {
    name: 'Allow for a Principal that a parameter names',
    verdict: 'unknown',
    why: 'in one account the bucket\'s policy may allow the role by itself',
    app: withBucketPolicy({ Effect: 'Allow', Principal: { Ref: 'Whoever' }, ...READ }, []),
  },
  {
    name: 'Allow for a Principal that a mapping gives as everyone',
    verdict: 'allowed',
    why: 'in one account the bucket\'s policy allows the role by itself',
    app: withBucketPolicy({ Effect: 'Allow', Principal: mapped('Principal'), ...READ }, []),
  },
  {
    name: 'Deny for a NotPrincipal that a parameter names',
    verdict: 'unknown',
    why: 'the parameter may name the role',
    app: withBucketPolicy({ Effect: 'Deny', NotPrincipal: { Ref: 'Whoever' }, ...READ }),
  },
  {
    name: 'Deny for a Principal with AWS by a parameter',
    verdict: 'unknown',
    why: 'the parameter may name the role, its account or everyone',
    app: withBucketPolicy({ Effect: 'Deny', Principal: { AWS: { Ref: 'Whoever' } }, ...READ }),
  },
  {
    name: 'Deny for a Principal with another type by a parameter',
    verdict: 'allowed',
    why: 'a service is not the role',
    app: withBucketPolicy({ Effect: 'Deny', Principal: { Service: { Ref: 'Whoever' } }, ...READ }),
  },
  {
    name: 'an Effect that a mapping gives',
    verdict: 'denied',
    why: 'the mapping says Deny',
    app: withBucketPolicy({ Effect: mapped('Effect'), Principal: '*', ...READ }),
  },
  {
    name: 'an Effect that a parameter gives',
    verdict: 'unknown',
    why: 'the parameter may say Deny',
    app: withBucketPolicy({ Effect: { Ref: 'Whoever' }, Principal: '*', ...READ }),
  },
  {
    name: 'actions that a mapping gives',
    verdict: 'allowed',
    why: 'a mapping\'s value may be a list',
    app: withPolicy(policy({ Effect: 'Allow', Action: mapped('Actions'), Resource: READ.Resource })),
  },
  {
    name: 'a NotAction that a parameter gives',
    verdict: 'unknown',
    why: 'the parameter may name what a node needs',
    app: withPolicy(policy({ Effect: 'Allow', NotAction: { Ref: 'Whoever' }, Resource: '*' })),
  },
  {
    name: 'a Version by a mapping, and a policy variable',
    verdict: 'allowed',
    why: 'the mapping says 2012-10-17, which has policy variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    app: withPolicy({
      Version: mapped('Version'),
      Statement: [{ Effect: 'Allow', ...READ, Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } }],
    }),
  },
  {
    name: 'a Version by a parameter, and a policy variable',
    verdict: 'unknown',
    why: 'in the older version the variable stands for its own text',
    app: withPolicy({
      Version: { Ref: 'Whoever' },
      Statement: [{ Effect: 'Allow', ...READ, Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } }],
    }),
  },
  {
    name: 'a Version by a parameter, and no policy variable',
    verdict: 'allowed',
    why: 'without variables both versions say the same',
    app: withPolicy({ Version: { Ref: 'Whoever' }, Statement: [{ Effect: 'Allow', ...READ }] }),
  },
  {
    name: 'the tests of a condition by a parameter',
    verdict: 'unknown',
    why: 'what is asked for is not known',
    app: withPolicy(policy({ Effect: 'Allow', ...READ, Condition: { StringEquals: { Ref: 'Whoever' } } })),
  },
]);

const MACRO = 'a macro may replace what stands beside it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html';

corpus('Fn::Transform beside other elements', [
  {
    name: 'in a statement that allows',
    verdict: 'unknown',
    why: MACRO,
    app: withPolicy(policy({ Effect: 'Allow', ...READ, ...INCLUDE })),
  },
  {
    name: 'in a statement that denies',
    verdict: 'unknown',
    why: MACRO,
    app: withPolicy(policy(...ALL, { Effect: 'Deny', ...READ, ...INCLUDE })),
  },
  {
    name: 'in a document',
    verdict: 'unknown',
    why: MACRO,
    app: withPolicy({ ...policy(...ALL), ...INCLUDE }),
  },
  {
    name: 'in a condition block',
    verdict: 'unknown',
    why: MACRO,
    app: withPolicy(policy({ Effect: 'Allow', ...READ, Condition: { StringEquals: { 'aws:ResourceAccount': '999999999999' }, ...INCLUDE } })),
  },
  {
    name: 'in a Principal of a Deny',
    verdict: 'unknown',
    why: MACRO,
    app: withBucketPolicy({ Effect: 'Deny', Principal: { AWS: '999999999999', ...INCLUDE }, ...READ }),
  },
  {
    name: 'in an inline policy',
    verdict: 'unknown',
    why: MACRO,
    app: stack => {
      permitMacros(stack);
      const role = cfnRole(stack, { policies: [{ policyName: 'Scripts', policyDocument: policy(...ALL) }] });
      role.addPropertyOverride('Policies.0.Fn::Transform', INCLUDE['Fn::Transform']);
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'in the properties of the role, which has the permissions',
    verdict: 'unknown',
    why: MACRO,
    app: stack => {
      permitMacros(stack);
      const role = cfnRole(stack, { policies: [{ policyName: 'Scripts', policyDocument: policy(...ALL) }] });
      role.addPropertyOverride('Fn::Transform', INCLUDE['Fn::Transform']);
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'in the properties of the role, which has none',
    verdict: 'unknown',
    why: MACRO,
    app: stack => {
      permitMacros(stack);
      const role = cfnRole(stack);
      role.addPropertyOverride('Fn::Transform', INCLUDE['Fn::Transform']);
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'in the properties of a policy of the role',
    verdict: 'unknown',
    why: MACRO,
    app: stack => {
      permitMacros(stack);
      const role = cfnRole(stack);
      const read = new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: policy(...ALL), roles: [role.ref] });
      read.addPropertyOverride('Fn::Transform', INCLUDE['Fn::Transform']);
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'in the properties of a bucket policy that denies another role',
    verdict: 'unknown',
    why: MACRO,
    app: stack => {
      permitMacros(stack);
      const denying = new s3.CfnBucketPolicy(stack, 'Policy', {
        bucket: 'our-scripts', policyDocument: policy({ Effect: 'Deny', Principal: { AWS: '999999999999' }, ...READ }),
      });
      denying.addPropertyOverride('Fn::Transform', INCLUDE['Fn::Transform']);
      cluster(stack, roleWith(stack, ...ALL), SCRIPTS);
    },
  },
]);

describe('Trust policies', () => {
  const trusting = (principal: unknown, more: object = {}): Scenario => ({
    app: stack => {
      define(stack, { principal, ...more });
      const role = new CfnResource(stack, 'Role', {
        type: 'AWS::IAM::Role',
        properties: {
          AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }),
          Policies: [{ PolicyName: 'Scripts', PolicyDocument: policy(...ALL) }],
        },
      });
      cluster(stack, role.getAtt('Arn').toString(), SCRIPTS);
    },
  });
  const findings = (scenario: Scenario) => findingsOf(scenario).filter(({ rule }) => rule === 'HyperPod-ExecutionRoleTrust');

  test.each<[string, unknown, object]>([
    ['a service of a mapping', { Service: mapped('SageMaker') }, {}],
    ['a service that a parameter names', { Service: { Ref: 'Trusted' } }, {}],
    ['a principal that a parameter names', { Ref: 'Trusted' }, {}],
    ['everyone, by a mapping', mapped('Principal'), {}],
    ['an AWS principal that a parameter names', { AWS: { Ref: 'Whoever' } }, {}],
    ['a service beside a transform', { Service: 'ec2.amazonaws.com', ...INCLUDE }, {}],
    ['a service in a statement beside a transform', { Service: 'ec2.amazonaws.com' }, INCLUDE],
  ])('may let SageMaker in: %s', (_, principal, more) => {
    expect(findings(trusting(principal, more))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['another service of a mapping', { Service: mapped('Ec2') }],
    ['another service by a Fn::Sub', { Service: { 'Fn::Sub': 'ec2.${AWS::URLSuffix}' } }],
  ])('do not let SageMaker in: %s', (_, principal) => {
    expect(findings(trusting(principal)).map(({ level }) => level)).toEqual(['error']);
  });

  test('may let SageMaker in: a transform in the properties of the role', () => {
    const { app } = trusting({ Service: 'ec2.amazonaws.com' });
    expect(findings({
      app: stack => {
        app(stack);
        permitMacros(stack);
        (stack.node.findChild('Role') as CfnResource).addPropertyOverride('Fn::Transform', INCLUDE['Fn::Transform']);
      },
    })).toEqual([]);
  });
});

