import { Aws, CfnCondition, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, documentOf, executionRole, getStatement, listStatement, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus, findingsOf } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';
const READ = policy(...readStatements(BUCKET));

corpus('The policies that a role has of its own or is given', [
  {
    name: 'an inline policy',
    verdict: 'allowed',
    why: 'Policies of AWS::IAM::Role are part of the role',
    app: stack => cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS),
  },
  {
    name: 'two inline policies with one action each',
    verdict: 'allowed',
    why: 'all policies of a role count together',
    app: stack => cluster(stack, executionRole(stack, {
      inlinePolicies: { List: documentOf(listStatement(BUCKET)), Get: documentOf(getStatement(`${BUCKET}/*`)) },
    }), SCRIPTS),
  },
  {
    name: 'an inline policy that only lists',
    verdict: 'denied',
    why: 's3:ListBucket shows names, s3:GetObject reads content',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET)), SCRIPTS),
  },
  {
    name: 'an inline policy that only gets',
    verdict: 'denied',
    why: 'a node lists the prefix to find out what to download',
    app: stack => cluster(stack, roleWith(stack, getStatement(`${BUCKET}/*`)), SCRIPTS),
  },
  {
    name: 'AWS::IAM::Policy for the role',
    verdict: 'allowed',
    why: 'it is embedded in each role that it names',
    app: stack => {
      const role = cfnRole(stack);
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::Policy for another role',
    verdict: 'denied',
    why: 'it is embedded only in the roles that it names',
    app: stack => {
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [cfnRole(stack, {}, 'Other').ref] });
      cluster(stack, cfnRole(stack).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::Policy for a user',
    verdict: 'denied',
    why: 'a policy of users gives a role nothing',
    app: stack => {
      const user = new iam.CfnUser(stack, 'User');
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, users: [user.ref] });
      cluster(stack, cfnRole(stack).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::Policy for a role that a parameter names',
    verdict: 'unknown',
    why: 'the parameter may name this role or another',
    app: stack => {
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [new CfnParameter(stack, 'RoleName').valueAsString] });
      cluster(stack, cfnRole(stack, { roleName: 'HyperPodRole' }).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::RolePolicy for the role',
    verdict: 'allowed',
    why: 'it is embedded in the role that it names',
    app: stack => {
      const role = cfnRole(stack);
      new iam.CfnRolePolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roleName: role.ref });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::RolePolicy for another role',
    verdict: 'denied',
    why: 'it is embedded only in the role that it names',
    app: stack => {
      new iam.CfnRolePolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roleName: cfnRole(stack, {}, 'Other').ref });
      cluster(stack, cfnRole(stack).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::ManagedPolicy that names the role',
    verdict: 'allowed',
    why: 'a managed policy can list the roles that it is attached to',
    app: stack => {
      const role = cfnRole(stack);
      new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::ManagedPolicy beside the one that the role names',
    verdict: 'denied',
    why: 'the app\'s other managed policies are not the role\'s',
    app: stack => {
      new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ });
      const listing = new iam.CfnManagedPolicy(stack, 'List', { policyDocument: policy(listStatement(BUCKET)) });
      cluster(stack, cfnRole(stack, { managedPolicyArns: [listing.ref] }).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::ManagedPolicy that the role names',
    verdict: 'allowed',
    why: 'a role can list the managed policies that it has',
    app: stack => {
      const managed = new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ });
      cluster(stack, cfnRole(stack, { managedPolicyArns: [managed.ref] }).attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::ManagedPolicy that nobody names',
    verdict: 'denied',
    why: 'a managed policy counts only where it is attached',
    app: stack => {
      new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ });
      cluster(stack, cfnRole(stack).attrArn, SCRIPTS);
    },
  },
  {
    name: 'a managed policy of another stack',
    verdict: 'allowed',
    why: 'the reference to the other stack is the policy\'s ARN',
    app: stack => {
      const managed = new iam.ManagedPolicy(new Stack(stack.node.root, 'Policies'), 'Read', { document: documentOf(...readStatements(BUCKET)) });
      cluster(stack, executionRole(stack, { managedPolicies: [managed] }), SCRIPTS);
    },
  },
  {
    name: 'a policy that exists under the condition under which the cluster does',
    verdict: 'allowed',
    why: 'wherever there is a cluster there is the policy',
    app: stack => {
      const wanted = new CfnCondition(stack, 'Wanted', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Train').valueAsString, 'yes') });
      const role = cfnRole(stack);
      const read = new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      read.cfnOptions.condition = wanted;
      cluster(stack, role.attrArn, SCRIPTS).cfnOptions.condition = wanted;
    },
  },
  {
    name: 'a policy that exists under a condition of its own',
    verdict: 'unknown',
    why: 'the stack can be deployed with the policy and without it',
    app: stack => {
      const wanted = new CfnCondition(stack, 'Wanted', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Grant').valueAsString, 'yes') });
      const role = cfnRole(stack);
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] }).cfnOptions.condition = wanted;
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a dozen conditions on resources that have nothing to do with the scripts',
    verdict: 'allowed',
    why: 'the ways to deploy them are not ways to deploy the cluster',
    app: stack => {
      for (let index = 0; index < 12; index++) {
        const wanted = new CfnCondition(stack, `Wanted${index}`, { expression: Fn.conditionEquals(new CfnParameter(stack, `Want${index}`).valueAsString, 'yes') });
        const other = cfnRole(stack, {}, `Other${index}`);
        const bucket = new s3.CfnBucket(stack, `Bucket${index}`);
        const key = new kms.CfnKey(stack, `Key${index}`);
        const optional = [
          other, bucket, key,
          new kms.CfnAlias(stack, `Alias${index}`, { aliasName: `alias/our-key-${index}`, targetKeyId: key.ref }),
          new iam.CfnPolicy(stack, `Policy${index}`, { policyName: 'Read', roles: [other.ref], policyDocument: policy(...readStatements(BUCKET)) }),
          new s3.CfnBucketPolicy(stack, `BucketPolicy${index}`, {
            bucket: bucket.ref, policyDocument: policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucket.attrArn }),
          }),
        ];
        for (const resource of optional) { resource.cfnOptions.condition = wanted; }
      }
      cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS);
    },
  },
  {
    name: 'a policy of which a condition chooses the statement, both of them enough',
    verdict: 'allowed',
    why: 'Fn::If is one of its branches, and either one reads the scripts',
    app: stack => {
      new CfnCondition(stack, 'Narrow', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Scope').valueAsString, 'narrow') });
      const role = cfnRole(stack);
      const read = new CfnResource(stack, 'Read', { type: 'AWS::IAM::Policy', properties: { PolicyName: 'Read', Roles: [role.ref] } });
      read.addPropertyOverride('PolicyDocument', policy(listStatement(BUCKET),
        Fn.conditionIf('Narrow', getStatement(`${BUCKET}/config/*`), getStatement(`${BUCKET}/*`))));
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a policy of which a condition leaves out the statement',
    verdict: 'unknown',
    why: 'in the branch with AWS::NoValue there is no such statement',
    app: stack => {
      new CfnCondition(stack, 'Grant', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Scope').valueAsString, 'narrow') });
      const role = cfnRole(stack);
      new iam.CfnPolicy(stack, 'Read', {
        policyName: 'Read',
        roles: [role.ref],
        policyDocument: policy(listStatement(BUCKET), Fn.conditionIf('Grant', getStatement(`${BUCKET}/*`), Aws.NO_VALUE)),
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'actions with wildcards',
    verdict: 'allowed',
    why: 's3:Get* and s3:List* hold the two actions',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: [BUCKET, `${BUCKET}/*`] }), SCRIPTS),
  },
  {
    name: 'actions in another case',
    verdict: 'allowed',
    why: 'IAM ignores the case of action names',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: ['S3:getobject', 's3:LISTBUCKET'], Resource: '*' }), SCRIPTS),
  },
  {
    name: 's3:GetObjectVersion instead of s3:GetObject',
    verdict: 'denied',
    why: 'it reads a version that the request names, and the node names none',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), { Effect: 'Allow', Action: 's3:GetObjectVersion', Resource: `${BUCKET}/*` }), SCRIPTS),
  },
  {
    name: 's3:ListAllMyBuckets instead of s3:ListBucket',
    verdict: 'denied',
    why: 'it lists the buckets of the account, not what is in one',
    app: stack => cluster(stack, roleWith(stack, getStatement(`${BUCKET}/*`), { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }), SCRIPTS),
  },
  {
    name: 'NotAction that does not name the two',
    verdict: 'allowed',
    why: 'Allow with NotAction allows everything but what it names',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }), SCRIPTS),
  },
  {
    name: 'NotAction that names one of them',
    verdict: 'denied',
    why: 'what NotAction names is not allowed by it',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', NotAction: ['s3:Get*'], Resource: '*' }), SCRIPTS),
  },
  {
    name: 'NotResource that names another bucket',
    verdict: 'allowed',
    why: 'Allow with NotResource allows every resource but those that it names',
    app: stack => cluster(stack, roleWith(stack,
      { Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::our-secrets', 'arn:aws:s3:::our-secrets/*'] }), SCRIPTS),
  },
  {
    name: 'NotResource that names the scripts',
    verdict: 'denied',
    why: 'what NotResource names is not allowed by it',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: 's3:*', NotResource: [`${BUCKET}/config/*`] }), SCRIPTS),
  },
  {
    name: 'GetObject on the prefix of the scripts',
    verdict: 'allowed',
    why: 'a node reads nothing beyond the prefix of its source',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/config/*`)), SCRIPTS),
  },
  {
    name: 'GetObject on another prefix',
    verdict: 'denied',
    why: 'the scripts do not lie there',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/data/*`)), SCRIPTS),
  },
  {
    name: 'GetObject on a deeper prefix',
    verdict: 'denied',
    why: 'the entry script lies beside it, and is certainly there',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/config/slurm/*`)), SCRIPTS),
  },
  {
    name: 'GetObject on the entry script alone',
    verdict: 'unknown',
    why: 'a node downloads everything under the prefix, and the app does not show what is there',
    app: stack => cluster(stack, roleWith(stack, listStatement(BUCKET), getStatement(`${BUCKET}/config/on_create.sh`)), SCRIPTS),
  },
  {
    name: 'everything on everything',
    verdict: 'allowed',
    why: 'a wildcard holds all actions and all resources',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: '*', Resource: '*' }), SCRIPTS),
  },
]);

const ONE_NAME = 'a role has one inline policy of a name, and PutRolePolicy replaces it: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html';

/** A role with a policy that lists and one that gets, by the names that they are given. */
function twoPolicies(listing: string, getting: string) {
  return (stack: Stack) => {
    const role = cfnRole(stack);
    new iam.CfnPolicy(stack, 'List', { policyName: listing, policyDocument: policy(listStatement(BUCKET)), roles: [role.ref] });
    new iam.CfnPolicy(stack, 'Get', { policyName: getting, policyDocument: policy(getStatement(`${BUCKET}/*`)), roles: [role.ref] });
    cluster(stack, role.attrArn, SCRIPTS);
  };
}

corpus('Inline policies of one name', [
  { name: 'AWS::IAM::Policy twice, by two names', verdict: 'allowed', why: 'both stay', app: twoPolicies('List', 'Get') },
  { name: 'AWS::IAM::Policy twice, by one name', verdict: 'unknown', why: ONE_NAME, app: twoPolicies('Read', 'Read') },
  {
    name: 'AWS::IAM::Policy by a name that a parameter gives',
    verdict: 'unknown',
    why: 'the parameter may give it the name of the other policy',
    app: stack => twoPolicies('List', new CfnParameter(stack, 'Name').valueAsString)(stack),
  },
  {
    name: 'in two stacks',
    verdict: 'unknown',
    why: ONE_NAME,
    app: stack => {
      const role = cfnRole(stack, { roleName: 'Node' });
      const other = new Stack(stack.node.root, 'Other');
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      new iam.CfnPolicy(other, 'Read', { policyName: 'Read', policyDocument: policy(listStatement('arn:aws:s3:::our-data')), roles: ['Node'] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::RolePolicy and one within the role',
    verdict: 'unknown',
    why: ONE_NAME,
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: policy(listStatement(BUCKET)) }] });
      new iam.CfnRolePolicy(stack, 'Read', { policyName: 'Read', policyDocument: policy(getStatement(`${BUCKET}/*`)), roleName: role.ref });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'each of which allows everything',
    verdict: 'allowed',
    why: 'whichever of them stays allows it',
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }] });
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'none of which allows anything',
    verdict: 'denied',
    why: 'whichever of them stays does not allow it',
    app: stack => {
      const ELSEWHERE = policy(...readStatements('arn:aws:s3:::our-data'));
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: ELSEWHERE }] });
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: ELSEWHERE, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'one of which denies',
    verdict: 'unknown',
    why: ONE_NAME,
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }, { policyName: 'Closed', policyDocument: READ }] });
      new iam.CfnPolicy(stack, 'Closed', {
        policyName: 'Closed', policyDocument: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), roles: [role.ref],
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'of which conditions choose one',
    verdict: 'allowed',
    why: 'in each way to deploy there is one of them',
    app: stack => {
      const expression = Fn.conditionEquals(new CfnParameter(stack, 'Scope').valueAsString, 'narrow');
      const narrow = new CfnCondition(stack, 'Narrow', { expression });
      const wide = new CfnCondition(stack, 'Wide', { expression: Fn.conditionNot(narrow) });
      const role = cfnRole(stack);
      [narrow, wide].forEach(condition => {
        const read = new iam.CfnPolicy(stack, `Read${condition.node.id}`, { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
        read.cfnOptions.condition = condition;
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'of two roles',
    verdict: 'allowed',
    why: 'each role has its own policies',
    app: stack => {
      const role = cfnRole(stack);
      const other = cfnRole(stack, {}, 'Other');
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      new iam.CfnPolicy(stack, 'ReadOther', { policyName: 'Read', policyDocument: policy(listStatement(BUCKET)), roles: [other.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'managed policies that have the name of an inline one',
    verdict: 'allowed',
    why: 'managed policies are attached by their ARNs, and have names of their own',
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: policy(listStatement(BUCKET)) }] });
      new iam.CfnManagedPolicy(stack, 'Read', { managedPolicyName: 'Read', policyDocument: policy(getStatement(`${BUCKET}/*`)), roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
]);

test('a finding about inline policies of one name names both', () => {
  const [{ message }] = findingsOf({ app: twoPolicies('Read', 'Read') }).filter(({ rule }) => rule === 'HyperPod-LifecycleBucketAccess');
  expect(message).toContain('Training/List and Training/Get have, or may have, one name in the role');
});

corpus('Policies that name a role by text', [
  {
    name: 'in an environment-agnostic stack, for a role of a known account',
    verdict: 'unknown',
    why: 'the policy is attached in the account that its stack is deployed to, which may be another',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const role = cfnRole(stack, { roleName: 'Node' });
      new iam.CfnPolicy(new Stack(stack.node.root, 'Policies'), 'Read', { policyName: 'Read', policyDocument: READ, roles: ['Node'] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a Deny in an environment-agnostic stack, for a role of a known account',
    verdict: 'unknown',
    why: 'the policy is attached in the account that its stack is deployed to, which may be another',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const role = cfnRole(stack, { roleName: 'Node', policies: [{ policyName: 'Scripts', policyDocument: READ }] });
      new iam.CfnManagedPolicy(new Stack(stack.node.root, 'Policies'), 'Closed', {
        policyDocument: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), roles: ['Node'],
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'in a stack of the role\'s account and another Region',
    verdict: 'allowed',
    why: 'IAM is one for all Regions of an account',
    env: { account: '111122223333', region: 'eu-west-1' },
    app: stack => {
      const role = cfnRole(stack, { roleName: 'Node' });
      const there = new Stack(stack.node.root, 'Policies', { env: { account: '111122223333', region: 'us-east-1' } });
      new iam.CfnPolicy(there, 'Read', { policyName: 'Read', policyDocument: READ, roles: ['Node'] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
]);
