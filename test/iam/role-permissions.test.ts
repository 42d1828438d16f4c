import { App, CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal, CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy, ManagedPolicy, Policy, PolicyDocument, PolicyStatement, Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, OTHER_ACCOUNT, symbolizerOf } from './private/policies';
import { type RolePermissions, rolePermissions } from '../../src/iam/role-permissions';
import { policyResourcesOf } from '../../src/iam/role-policies';
import { Template } from '../../src/template/template';
import { resolveReferencing } from '../../src/template/token-resolver';
import type { World } from '../../src/template/world';
import { symbolic } from '../template/private/strings';

const env = { account: ACCOUNT, region: 'eu-west-1' };
const assumedBy = new ServicePrincipal('sagemaker.amazonaws.com');
const assumeRolePolicyDocument = {};

const statement = (action: string) => new PolicyStatement({ actions: [action], resources: ['*'] });
const document = (action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const policyOf = (action: string) => new PolicyDocument({ statements: [statement(action)] });

function newStack(app = new App(), id = 'Stack'): Stack {
  return new Stack(app, id, { env });
}

function permissionsOf(arn: string, stack: Stack, options = {}, world?: World): RolePermissions | undefined {
  const symbolizer = symbolizerOf(stack, world);
  return rolePermissions(symbolizer.string(resolveReferencing(stack, arn), stack)!, stack, symbolizer, options);
}

/** The actions that a role's identity policies allow, with `?` behind those of policies that are perhaps attached. */
function actionsOf(permissions: RolePermissions): string[] {
  return permissions.identity.documents.flatMap(({ statements, attached }) =>
    statements.flatMap(({ actions }) => actions!.values.map(action => `${action}${attached === 'unknown' ? '?' : ''}`)));
}

describe('a role gets its policies', () => {
  test.each<[string, (stack: Stack) => Role]>([
    ['inline', stack => new Role(stack, 'Role', { assumedBy, inlinePolicies: { one: policyOf('s3:A') } })],
    ['by addToPolicy', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      role.addToPolicy(statement('s3:A'));
      return role;
    }],
    ['by a Policy', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new Policy(stack, 'Policy', { roles: [role], statements: [statement('s3:A')] });
      return role;
    }],
    ['by a managed policy that names it', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new ManagedPolicy(stack, 'Policy', { roles: [role], statements: [statement('s3:A')] });
      return role;
    }],
    ['by a managed policy that it names', stack => {
      const policy = new ManagedPolicy(stack, 'Policy', { statements: [statement('s3:A')] });
      return new Role(stack, 'Role', { assumedBy, managedPolicies: [policy] });
    }],
    ['by a managed policy that both name', stack => {
      const policy = new ManagedPolicy(stack, 'Policy', { statements: [statement('s3:A')] });
      const role = new Role(stack, 'Role', { assumedBy, managedPolicies: [policy] });
      (policy.node.defaultChild as CfnManagedPolicy).roles = [role.roleName];
      return role;
    }],
    ['by a managed policy with a name, named by its ARN', stack => {
      new ManagedPolicy(stack, 'Policy', { managedPolicyName: 'Mine', statements: [statement('s3:A')] });
      return new Role(stack, 'Role', { assumedBy, managedPolicies: [ManagedPolicy.fromManagedPolicyName(stack, 'Imported', 'Mine')] });
    }],
    ['by an AWS::IAM::Policy', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new CfnPolicy(stack, 'Policy', { policyName: 'x', roles: [role.roleName], policyDocument: document('s3:A') });
      return role;
    }],
    ['by an AWS::IAM::RolePolicy', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new CfnRolePolicy(stack, 'Policy', { policyName: 'x', roleName: role.roleName, policyDocument: document('s3:A') });
      return role;
    }],
    ['by its name as text', stack => {
      new CfnRolePolicy(stack, 'Policy', { policyName: 'x', roleName: 'Node', policyDocument: document('s3:A') });
      return new Role(stack, 'Role', { assumedBy, roleName: 'Node' });
    }],
    ['from another stack', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new CfnPolicy(newStack(stack.node.root as App, 'Other'), 'Policy', { policyName: 'x', roles: [role.roleName], policyDocument: document('s3:A') });
      return role;
    }],
    ['from a nested stack', stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      new CfnPolicy(new NestedStack(stack, 'Nested'), 'Policy', { policyName: 'x', roles: [role.roleName], policyDocument: document('s3:A') });
      return role;
    }],
  ])('%s', (_, make) => {
    const stack = newStack();
    const permissions = permissionsOf(make(stack).roleArn, stack)!;
    expect(actionsOf(permissions)).toEqual(['s3:A']);
    expect(permissions.identity.unseen).toEqual([]);
    expect(permissions.resource?.node.path).toBe('Stack/Role/Resource');
  });

  test('and not those of others', () => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy });
    new Role(stack, 'Other', { assumedBy, inlinePolicies: { one: policyOf('s3:A') } }).addToPolicy(statement('s3:B'));
    new CfnPolicy(stack, 'Policy', { policyName: 'x', roles: ['Third'], policyDocument: document('s3:C') });
    new CfnPolicy(stack, 'OfGroup', { policyName: 'x', groups: ['Group'], policyDocument: document('s3:D') });
    const permissions = permissionsOf(role.roleArn, stack)!;
    expect([actionsOf(permissions), permissions.identity.unseen, permissions.policyResources]).toEqual([[], [], []]);
  });
});

test('the resources that give a role its permissions', () => {
  const stack = newStack();
  const managed = new ManagedPolicy(stack, 'Managed', { statements: [statement('s3:A')] });
  const role = new Role(stack, 'Role', { assumedBy, managedPolicies: [managed], inlinePolicies: { one: policyOf('s3:B') } });
  role.addToPolicy(statement('s3:C'));
  const expected = ['Stack/Managed/Resource', 'Stack/Role/DefaultPolicy/Resource'];
  expect(permissionsOf(role.roleArn, stack)!.policyResources.map(({ node }) => node.path)).toEqual(expected);
  expect(policyResourcesOf(role, Template.of(stack)).map(({ node }) => node.path)).toEqual(expected);
});

test('policies under a condition are among a role\'s resources in whatever way the app is deployed', () => {
  const stack = newStack();
  const role = new Role(stack, 'Role', { assumedBy });
  const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'x') });
  const policy = new CfnPolicy(stack, 'Policy', { policyName: 'x', roles: [role.roleName], policyDocument: document('s3:A') });
  policy.cfnOptions.condition = condition;
  expect(policyResourcesOf(role, Template.of(stack))).toEqual([policy]);
  const actions = (outcome: string) => actionsOf(permissionsOf(role.roleArn, stack, {}, { is: () => outcome === 'true' })!);
  expect([actions('true'), actions('false')]).toEqual([['s3:A'], []]);
});

test('a role whose ARN is not known has no resources', () => {
  const stack = newStack();
  const role = Role.fromRoleArn(stack, 'Role', new CfnParameter(stack, 'P').valueAsString);
  expect(policyResourcesOf(role, Template.of(stack))).toEqual([]);
});

describe('by its text, a policy names', () => {
  const parameter = (stack: Stack) => new CfnParameter(stack, 'P').valueAsString;

  test.each<[what: string, roleName: string | undefined, named: (stack: Stack) => string, attached: string[]]>([
    ['a role of which it has the name', 'Node', () => 'Node', ['s3:A']],
    ['no role that is called otherwise', 'Node', () => 'Nodes', []],
    ['perhaps a role whose name begins so', 'Node', stack => `No${parameter(stack)}`, ['s3:A?']],
    ['no role whose name begins otherwise', 'Node', stack => `X${parameter(stack)}`, []],
    ['no role whose name is shorter', 'Node', stack => `Node-${parameter(stack)}`, []],
    ['perhaps a role that CloudFormation names', undefined, () => 'Stack-RoleABCDEFGH-123456789012', ['s3:A?']],
    ['no such role, in a text that is too short for one', undefined, () => 'Stack-Role', []],
    ['no such role, in the name of another stack\'s', undefined, () => 'Other-RoleABCDEFGH-123456789012', []],
    ['perhaps such a role, in a text that begins so', undefined, stack => `Stack-${parameter(stack)}`, ['s3:A?']],
    ['no such role, in a text that begins otherwise', undefined, stack => `Other-${parameter(stack)}`, []],
  ])('%s', (_, roleName, named, attached) => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy, roleName });
    const another = new Role(stack, 'Another', { assumedBy });
    new CfnPolicy(stack, 'Policy', { policyName: 'x', roles: [another.roleName, named(stack)], policyDocument: document('s3:A') });
    expect(actionsOf(permissionsOf(role.roleArn, stack)!)).toEqual(attached);
    expect(actionsOf(permissionsOf(another.roleArn, stack)!)).toEqual(['s3:A']);
  });
});

describe('a policy that is perhaps attached', () => {
  test.each<[string, (stack: Stack) => void]>([
    ['names a parameter', stack => new CfnPolicy(stack, 'Policy', {
      policyName: 'x', roles: [new CfnParameter(stack, 'P').valueAsString], policyDocument: document('s3:A'),
    })],
    ['names a list of roles that is not known', stack => new CfnPolicy(stack, 'Policy', {
      policyName: 'x', roles: Fn.split(',', new CfnParameter(stack, 'P').valueAsString), policyDocument: document('s3:A'),
    })],
  ])('%s', (_, attach) => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy });
    attach(stack);
    const permissions = permissionsOf(role.roleArn, stack)!;
    expect([actionsOf(permissions), permissions.policyResources]).toEqual([['s3:A?'], []]);
  });

  test('but not if it is of another account', () => {
    const app = new App();
    const stack = newStack(app);
    const role = new Role(stack, 'Role', { assumedBy, roleName: 'Node' });
    const elsewhere = new Stack(app, 'Elsewhere', { env: { ...env, account: OTHER_ACCOUNT } });
    new CfnPolicy(elsewhere, 'Policy', { policyName: 'x', roles: ['Node'], policyDocument: document('s3:A') });
    expect(actionsOf(permissionsOf(role.roleArn, stack)!)).toEqual([]);
  });
});

describe('managed policies', () => {
  const unseenWith = (...managedPolicyArns: any[]) => {
    const stack = newStack();
    new CfnParameter(stack, 'P');
    const role = new CfnRole(stack, 'Role', { assumeRolePolicyDocument, managedPolicyArns });
    const { identity } = permissionsOf(role.attrArn, stack)!;
    return [identity.documents.map(({ origin }) => origin), identity.unseen];
  };

  test.each([
    ['arn:aws:iam::aws:policy/AmazonS3FullAccess', 'AWS managed policy AmazonS3FullAccess'],
    ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', 'AWS managed policy ViewOnlyAccess'],
    [Fn.sub('arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess'), 'AWS managed policy AmazonS3FullAccess'],
  ])('%s is the %s', (arn, origin) => {
    expect(unseenWith(arn)).toEqual([[origin], []]);
  });

  test.each([
    ['arn:aws:iam::aws:policy/AmazonNewService', 'the AWS managed policy AmazonNewService is not known to this check'],
    [`arn:aws:iam::${ACCOUNT}:policy/Elsewhere`, `the managed policy arn:aws:iam::${ACCOUNT}:policy/Elsewhere is not defined in this app`],
    [`arn:aws:iam::${ACCOUNT}:policy/AmazonS3FullAccess`, `the managed policy arn:aws:iam::${ACCOUNT}:policy/AmazonS3FullAccess is not defined in this app`],
    [Fn.ref('P'), 'the managed policy ${P} is not defined in this app'],
    [Fn.sub('arn:aws:iam::aws:policy/${P}'), 'the managed policy arn:aws:iam::aws:policy/${P} is not defined in this app'],
  ])('%s is not seen', (arn, reason) => {
    expect(unseenWith(arn)).toEqual([[], [reason]]);
  });

  test('in a list that is not known', () => {
    const stack = newStack();
    const role = new CfnRole(stack, 'Role', { assumeRolePolicyDocument, managedPolicyArns: Fn.split(',', new CfnParameter(stack, 'P').valueAsString) });
    expect(permissionsOf(role.attrArn, stack)!.identity.unseen).toEqual(['a managed policy is not known until deployment']);
  });

  test('are of the partition that their ARN names', () => {
    const stack = newStack();
    const managedPolicyArns = ['arn:aws-cn:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy'];
    const role = new CfnRole(stack, 'Role', { assumeRolePolicyDocument, managedPolicyArns });
    const resources = permissionsOf(role.attrArn, stack)!.identity.documents
      .flatMap(({ statements }) => statements.flatMap(one => one.resources!.values.map(String)));
    expect(resources.filter(arn => arn.includes('s3:::'))).toEqual(expect.arrayContaining([expect.stringMatching(/^arn:aws-cn:s3:::sagemaker-/)]));
  });
});

test('an inline policy that is not known hides what it allows', () => {
  const stack = newStack();
  const role = new CfnResource(stack, 'Role', { type: 'AWS::IAM::Role', properties: { Policies: [{ 'Fn::Transform': { Name: 'AWS::Include' } }] } });
  expect(permissionsOf(role.getAtt('Arn').toString(), stack)!.identity.documents).toEqual([
    expect.objectContaining({ hidden: 'the document is not known until deployment', statements: [] }),
  ]);
});

describe('a role that the app does not define', () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/path/Node`;

  test('carries what it is taken to carry, and more that is not seen', () => {
    const permissions = permissionsOf(arn, newStack(), { assumedManagedPolicies: ['AmazonS3ReadOnlyAccess', 'NoSuchPolicy'] })!;
    expect(permissions.identity.documents.map(({ origin }) => origin)).toEqual(['AWS managed policy AmazonS3ReadOnlyAccess']);
    expect(permissions.identity.unseen).toEqual(['the role is not defined in this app, so its policies are not all known']);
    expect([permissions.resource, permissions.boundary, `${permissions.principal.arn}`, `${permissions.principal.account}`])
      .toEqual([undefined, undefined, arn, ACCOUNT]);
  });

  test.each([[true, ['s3:A']], [false, []]])('and what the app attaches to it, if it is mutable: %s', (mutable, expected) => {
    const stack = newStack();
    const role = Role.fromRoleArn(stack, 'Role', arn, { mutable });
    role.addToPrincipalPolicy(statement('s3:A'));
    expect(actionsOf(permissionsOf(role.roleArn, stack)!)).toEqual(expected);
  });

  test('is none that can be told if its ARN is a parameter', () => {
    const stack = newStack();
    expect(permissionsOf(new CfnParameter(stack, 'P').valueAsString, stack)).toBeUndefined();
  });

  test('is recognized in an ARN built by hand of a role of the app', () => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy, inlinePolicies: { one: policyOf('s3:A') } });
    expect(actionsOf(permissionsOf(`arn:aws:iam::${stack.account}:role/${role.roleName}`, stack)!)).toEqual(['s3:A']);
  });
});

describe('permissions boundaries', () => {
  const boundaryOf = (make: (stack: Stack) => Role) => {
    const stack = newStack();
    const { boundary } = permissionsOf(make(stack).roleArn, stack)!;
    return boundary && { documents: boundary.documents.map(({ origin }) => origin), unseen: boundary.unseen };
  };

  test('there is none unless it is said', () => {
    expect(boundaryOf(stack => new Role(stack, 'Role', { assumedBy }))).toBeUndefined();
  });

  test('a managed policy of the app', () => {
    expect(boundaryOf(stack => new Role(stack, 'Role', {
      assumedBy, permissionsBoundary: new ManagedPolicy(stack, 'Boundary', { statements: [statement('s3:A')] }),
    }))).toEqual({ documents: ['Stack/Boundary/Resource'], unseen: [] });
  });

  test('a managed policy of AWS', () => {
    expect(boundaryOf(stack => new Role(stack, 'Role', {
      assumedBy, permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
    }))).toEqual({ documents: ['AWS managed policy PowerUserAccess'], unseen: [] });
  });

  test.each([
    [`arn:aws:iam::${ACCOUNT}:policy/Boundary`, `as permissions boundary, the managed policy arn:aws:iam::${ACCOUNT}:policy/Boundary is not defined in this app`],
    ['', 'as permissions boundary, a managed policy is not known until deployment'],
  ])('%s is not seen', (arn, reason) => {
    expect(boundaryOf(stack => {
      const role = new Role(stack, 'Role', { assumedBy });
      (role.node.defaultChild as CfnRole).addPropertyOverride('PermissionsBoundary', arn || ['no', 'string']);
      return role;
    })).toEqual({ documents: [], unseen: [reason] });
  });

  test('one that is left out is none', () => {
    expect(boundaryOf(stack => {
      const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
      (role.node.defaultChild as CfnRole).addPropertyOverride('PermissionsBoundary', { Ref: 'AWS::NoValue' });
      return role;
    })).toBeUndefined();
  });
});

test('a role is one of an account, however its ARN is written', () => {
  const permissions = rolePermissions(symbolic('arn:aws:iam::<P>:role/Node'), newStack(), symbolizerOf(newStack()));
  expect(`${permissions?.principal.account}`).toBe('${P}');
});
