import { CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { cfnRole, cluster, executionRole, INSTANCE_ROLE_POLICY, policy, readStatements } from './private/building-blocks';
import { corpus } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const SCRIPTS_ARN = 'arn:aws:s3:::our-scripts';
const read = () => readStatements(SCRIPTS_ARN).map(statement => iam.PolicyStatement.fromJson(statement));
const grantRead = (role: iam.IRole) => read().forEach(statement => role.addToPrincipalPolicy(statement));
const MANAGED = `arn:aws:iam::aws:policy/${INSTANCE_ROLE_POLICY}`;

corpus('Where the execution role comes from', [
  {
    name: 'a role of the same stack, with a statement for the bucket',
    verdict: 'allowed',
    why: 's3:ListBucket on the bucket and s3:GetObject on its objects are all that a node needs',
    app: stack => {
      const role = executionRole(stack);
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role of the same stack, with only the managed policy',
    verdict: 'denied',
    why: 'the managed policy covers no bucket but sagemaker-*',
    app: stack => cluster(stack, executionRole(stack), SCRIPTS),
  },
  {
    name: 'an L1 role',
    verdict: 'allowed',
    why: 'what counts is the resource in the template, not how it was written',
    app: stack => cluster(stack, cfnRole(stack, {
      policies: [{ policyName: 'Scripts', policyDocument: policy(...readStatements(SCRIPTS_ARN)) }],
    }).attrArn, SCRIPTS),
  },
  {
    name: 'an L1 role without policies',
    verdict: 'denied',
    why: 'nothing is allowed by default',
    app: stack => cluster(stack, cfnRole(stack).attrArn, 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'an L1 role whose ARN is written as text',
    verdict: 'allowed',
    why: 'a role with a name of its own has an ARN that can be written without a reference',
    app: stack => {
      cfnRole(stack, { roleName: 'HyperPodRole', managedPolicyArns: [MANAGED] });
      cluster(stack, stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'HyperPodRole' }), 's3://sagemaker-scripts/');
    },
  },
  {
    name: 'a role of the app without the managed policy, whose ARN is written as text',
    verdict: 'denied',
    why: 'it is the app\'s own role all the same, and what it may do is known',
    app: stack => {
      cfnRole(stack, { roleName: 'HyperPodRole' });
      cluster(stack, stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'HyperPodRole' }), 's3://sagemaker-scripts/');
    },
  },
  {
    name: 'a role with a path',
    verdict: 'allowed',
    why: 'the path is part of the ARN, not of the name',
    app: stack => {
      const role = executionRole(stack, { path: '/hyperpod/' });
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role of another stack, granted there',
    verdict: 'allowed',
    why: 'a reference to another stack becomes an import of the same value',
    app: stack => {
      const role = executionRole(new Stack(stack.node.root, 'Identity'));
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role of another stack, granted in the cluster\'s stack',
    verdict: 'allowed',
    why: 'a policy names its role, wherever the policy stands',
    app: stack => {
      const role = executionRole(new Stack(stack.node.root, 'Identity'));
      new iam.Policy(stack, 'Read', { statements: read(), roles: [role] });
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role of another stack, granted nothing',
    verdict: 'denied',
    why: 'all of the role is known, in whichever stack it stands',
    app: stack => cluster(stack, executionRole(new Stack(stack.node.root, 'Identity')), SCRIPTS),
  },
  {
    name: 'a role of a nested stack',
    verdict: 'allowed',
    why: 'the nested stack\'s output is the role\'s ARN',
    app: stack => {
      const role = executionRole(new NestedStack(stack, 'Identity'));
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role of a nested stack, granted nothing',
    verdict: 'denied',
    why: 'all of the role is known, through the nested stack\'s output',
    app: stack => cluster(stack, executionRole(new NestedStack(stack, 'Identity')), SCRIPTS),
  },
  {
    name: 'a role of the parent of the cluster\'s nested stack',
    verdict: 'denied',
    why: 'the parameter that the parent passes is the role\'s ARN',
    app: stack => cluster(new NestedStack(stack, 'HyperPod'), executionRole(stack), SCRIPTS),
  },
  {
    name: 'a role imported by ARN, that the app may change',
    verdict: 'allowed',
    why: 'the app attaches its statements to it as a policy of its own',
    app: stack => {
      const role = iam.Role.fromRoleArn(stack, 'Role', stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'HyperPodRole' }));
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role imported by ARN, that the app may not change',
    verdict: 'unknown',
    why: 'the app\'s statements are dropped, and what else the role may do is not in the app',
    app: stack => {
      const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/HyperPodRole', { mutable: false });
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role imported by ARN, and a sagemaker- bucket',
    verdict: 'allowed',
    why: 'HyperPod requires the managed policy on every execution role, so that an imported one is taken to carry it',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => cluster(stack, iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/HyperPodRole'), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'a role imported by ARN into an environment-agnostic stack, and a sagemaker- bucket',
    verdict: 'allowed',
    why: 'a role can be passed to a service only in its own account, so that the stack is deployed to the role\'s',
    app: stack => cluster(stack, iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/HyperPodRole'), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'a role imported by name, and a sagemaker- bucket',
    verdict: 'allowed',
    why: 'the role is in the account of the stack, and carries the managed policy',
    app: stack => cluster(stack, iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole'), 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'a role imported by name, granted in the app',
    verdict: 'allowed',
    why: 'the app attaches its statements to the role of that name',
    app: stack => {
      const role = iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole');
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a role imported by name, granted nothing',
    verdict: 'unknown',
    why: 'it may have policies that the app does not see',
    app: stack => cluster(stack, iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole'), SCRIPTS),
  },
  {
    name: 'a role that CDK is not to change',
    verdict: 'denied',
    why: 'withoutPolicyUpdates drops the grant, and the role\'s own policies are all known',
    app: stack => {
      const role = executionRole(stack).withoutPolicyUpdates();
      grantRead(role);
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a literal ARN',
    verdict: 'unknown',
    why: 'nothing in the app says what the role may do',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => cluster(stack, 'arn:aws:iam::111122223333:role/HyperPodRole', SCRIPTS),
  },
  {
    name: 'a literal ARN whose role a policy of the app names',
    verdict: 'allowed',
    why: 'AWS::IAM::Policy attaches by the role\'s name',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: policy(...readStatements(SCRIPTS_ARN)), roles: ['HyperPodRole'] });
      cluster(stack, 'arn:aws:iam::111122223333:role/teams/ml/HyperPodRole', SCRIPTS);
    },
  },
  {
    name: 'a literal ARN, and a policy for a role of that name in another account',
    verdict: 'unknown',
    why: 'a policy is attached in the account of its own stack',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { account: '444455556666', region: 'eu-west-1' } });
      new iam.CfnPolicy(elsewhere, 'Read', { policyName: 'Read', policyDocument: policy(...readStatements(SCRIPTS_ARN)), roles: ['HyperPodRole'] });
      cluster(stack, 'arn:aws:iam::111122223333:role/HyperPodRole', SCRIPTS);
    },
  },
  {
    name: 'two accounts with a role of one name, of which only the other is granted',
    verdict: 'denied',
    why: 'roles of one name in two accounts are two roles',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { account: '444455556666', region: 'eu-west-1' } });
      grantRead(executionRole(elsewhere, { roleName: 'HyperPodRole' }));
      cluster(stack, executionRole(stack, { roleName: 'HyperPodRole' }), SCRIPTS);
    },
  },
  {
    name: 'a parameter for the role\'s ARN',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the role',
    app: stack => cluster(stack, new CfnParameter(stack, 'RoleArn').valueAsString, 's3://sagemaker-scripts/config/'),
  },
  {
    name: 'a parameter for the role\'s name',
    verdict: 'allowed',
    why: 'whichever role it names is in this account and carries the managed policy',
    app: stack => {
      const name = new CfnParameter(stack, 'RoleName').valueAsString;
      cluster(stack, stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }), 's3://sagemaker-scripts/config/');
    },
  },
  {
    name: 'a parameter for the role\'s name, to which the app attaches a policy',
    verdict: 'allowed',
    why: 'the policy is attached by the same parameter',
    app: stack => {
      const name = new CfnParameter(stack, 'RoleName').valueAsString;
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: policy(...readStatements(SCRIPTS_ARN)), roles: [name] });
      cluster(stack, stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }), SCRIPTS);
    },
  },
  {
    name: 'an ARN from Systems Manager',
    verdict: 'unknown',
    why: 'the value is read at deployment',
    app: stack => cluster(stack, ssm.StringParameter.valueForStringParameter(stack, '/hyperpod/role-arn'), SCRIPTS),
  },
]);
