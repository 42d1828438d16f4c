import { CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, executionRole, policy, readStatements } from './private/building-blocks';
import { findingsOf, type Scenario } from './private/harness';

interface OrderingCase extends Scenario {
  readonly name: string;
  readonly reported: boolean | 'error';
  readonly why: string;
}

const SCRIPTS = 's3://our-scripts/config/';
const READ = policy(...readStatements('arn:aws:s3:::our-scripts'));
const granted = (stack: Stack) => {
  const role = executionRole(stack);
  readStatements('arn:aws:s3:::our-scripts').forEach(statement => role.addToPolicy(iam.PolicyStatement.fromJson(statement)));
  return role;
};

/** Only the bucket's policy allows the role to read the scripts. */
function clusterOnBucketPolicy(stack: Stack) {
  const role = executionRole(stack);
  const bucket = new s3.Bucket(stack, 'Bucket');
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    principals: [role], actions: ['s3:ListBucket', 's3:GetObject'], resources: [bucket.bucketArn, bucket.arnForObjects('*')],
  }));
  return { bucket, created: cluster(stack, role, bucket.s3UrlForObject('config/')) };
}

function condition(stack: Stack): CfnCondition {
  return new CfnCondition(stack, 'IsProduction', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod') });
}

function policyOrdering(cases: readonly OrderingCase[]): void {
  describe('HyperPod-PolicyOrdering', () => {
    test.each(cases.map(one => ({ ...one, outcome: one.reported === 'error' ? 'error' : one.reported ? 'reported' : 'silent' })))('$outcome: $name — $why', one => {
      const reported = findingsOf(one).filter(({ rule }) => rule === 'HyperPod-PolicyOrdering');
      expect(reported.map(({ level, subjects }) => [level, ...subjects])).toEqual(one.reported ? [[one.reported === 'error' ? 'error' : 'warning', 'workers']] : []);
      for (const { message } of reported) { expect(message).toMatch(one.reported === 'error' ? /(Training|Later)\/.* waits for the cluster/ : /does not wait for Training\//); }
    });
  });
}

policyOrdering([
  {
    name: 'a role with a default policy',
    reported: true,
    why: 'the cluster refers to the role, and CloudFormation may create it before the role\'s policy',
    app: stack => cluster(stack, granted(stack), SCRIPTS),
  },
  {
    name: 'a role with a default policy, and a dependency on the role',
    reported: false,
    why: 'a dependency on a construct is one on everything in it',
    app: stack => {
      const role = granted(stack);
      cluster(stack, role, SCRIPTS).node.addDependency(role);
    },
  },
  {
    name: 'inline policies of the role',
    reported: false,
    why: 'they are created with the role',
    app: stack => cluster(stack, cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }] }).attrArn, SCRIPTS),
  },
  {
    name: 'a managed policy that the role names',
    reported: false,
    why: 'the role waits for the policy, and the cluster for the role',
    app: stack => {
      const managed = new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ });
      cluster(stack, cfnRole(stack, { managedPolicyArns: [managed.ref] }).attrArn, SCRIPTS);
    },
  },
  {
    name: 'a managed policy that names the role',
    reported: true,
    why: 'the policy waits for the role, and nothing waits for the policy',
    app: stack => {
      const role = cfnRole(stack);
      new iam.CfnManagedPolicy(stack, 'Read', { policyDocument: READ, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'AWS::IAM::RolePolicy, and DependsOn',
    reported: false,
    why: 'DependsOn is the order that CloudFormation keeps',
    app: stack => {
      const role = cfnRole(stack);
      const read = new iam.CfnRolePolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roleName: role.ref });
      cluster(stack, role.attrArn, SCRIPTS).addResourceDependency(read);
    },
  },
  {
    name: 'a bucket policy that lets the role in',
    reported: true,
    why: 'the cluster refers to the bucket, and CloudFormation may create it before the bucket\'s policy',
    app: stack => void clusterOnBucketPolicy(stack),
  },
  {
    name: 'a bucket policy that lets the role in, and a dependency on the bucket',
    reported: false,
    why: 'CDK lets the cluster wait for all that belongs to the bucket',
    app: stack => {
      const { created, bucket } = clusterOnBucketPolicy(stack);
      created.node.addDependency(bucket);
    },
  },
  {
    name: 'a bucket policy that the role can do without',
    reported: false,
    why: 'the role\'s own policies are enough',
    app: stack => void cluster(stack, executionRole(stack), new s3.Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts', enforceSSL: true }).s3UrlForObject()),
  },
  {
    name: 'a policy of the stack of the role',
    reported: false,
    why: 'the cluster\'s stack imports from that stack, and is deployed after all of it',
    app: stack => cluster(stack, granted(new Stack(stack.node.root, 'Identity')), SCRIPTS),
  },
  {
    name: 'a policy of the cluster\'s stack for a role of another',
    reported: true,
    why: 'within the cluster\'s stack nothing orders the two',
    app: stack => {
      const role = executionRole(new Stack(stack.node.root, 'Identity'));
      new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.roleName] });
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a policy of the nested stack of the role',
    reported: false,
    why: 'an output of a nested stack exists once all of it does',
    app: stack => cluster(stack, granted(new NestedStack(stack, 'Identity') as unknown as Stack), SCRIPTS),
  },
  {
    name: 'a policy that mentions the cluster',
    reported: false,
    why: 'it can only be created after the cluster',
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }] });
      const { attrClusterArn } = cluster(stack, role.attrArn, SCRIPTS);
      new iam.CfnPolicy(stack, 'Describe', {
        policyName: 'Describe',
        roles: [role.ref],
        policyDocument: policy({ Effect: 'Allow', Action: 'sagemaker:DescribeCluster', Resource: attrClusterArn }),
      });
    },
  },
  {
    name: 'a needed policy that mentions the cluster',
    reported: 'error',
    why: 'one default policy holds what creation needs and what waits for it, so creation certainly lacks it',
    app: stack => {
      const role = granted(stack);
      const { attrClusterArn } = cluster(stack, role, SCRIPTS);
      role.addToPolicy(new iam.PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [attrClusterArn] }));
    },
  },
  {
    name: 'a needed policy that depends on the cluster',
    reported: 'error',
    why: 'DependsOn puts it after the cluster',
    app: stack => {
      const role = cfnRole(stack);
      const read = new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      read.addResourceDependency(cluster(stack, role.attrArn, SCRIPTS));
    },
  },
  {
    name: 'a needed policy in a stack that waits for the cluster\'s',
    reported: 'error',
    why: 'a stack is deployed after those that it depends on',
    app: stack => {
      const later = new Stack(stack.node.root, 'Later');
      new iam.CfnPolicy(later, 'Read', { policyName: 'Read', policyDocument: READ, roles: ['Nodes'] });
      later.addDependency(stack);
      const role = cfnRole(stack, { roleName: 'Nodes' });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'a second policy that allows the same',
    reported: false,
    why: 'the cluster waits for one, and does not need the other',
    app: stack => {
      const role = cfnRole(stack);
      const read = new iam.CfnPolicy(stack, 'Read', { policyName: 'Read', policyDocument: READ, roles: [role.ref] });
      new iam.CfnPolicy(stack, 'Again', { policyName: 'Again', policyDocument: READ, roles: [role.ref] });
      cluster(stack, role.attrArn, SCRIPTS).addResourceDependency(read);
    },
  },
  {
    name: 'a policy about something else',
    reported: false,
    why: 'nodes are created without it',
    app: stack => {
      const role = cfnRole(stack, { policies: [{ policyName: 'Read', policyDocument: READ }] });
      new iam.CfnPolicy(stack, 'Table', {
        policyName: 'Table', roles: [role.ref], policyDocument: policy({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }),
      });
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'two policies that allow it only together',
    reported: true,
    why: 'without either, something is missing',
    app: stack => {
      const role = cfnRole(stack);
      readStatements('arn:aws:s3:::our-scripts').forEach((statement, index) => new iam.CfnPolicy(stack, `Read${index}`, {
        policyName: `Read${index}`, roles: [role.ref], policyDocument: policy(statement),
      }));
      cluster(stack, role.attrArn, SCRIPTS);
    },
  },
  {
    name: 'an order through a resource that a condition leaves out',
    reported: true,
    why: 'where the resource is not, there is no order',
    app: stack => {
      const role = granted(stack);
      const between = new CfnResource(stack, 'Between', { type: 'AWS::CloudFormation::WaitConditionHandle' });
      const isProduction = between.cfnOptions.condition = condition(stack);
      between.node.addDependency(role);
      cluster(stack, role, SCRIPTS).addPropertyOverride('Tags', [{ Key: 'after', Value: Fn.conditionIf(isProduction.logicalId, between.ref, 'none') }]);
    },
  },
  {
    name: 'an order by a reference in one branch of Fn::If',
    reported: true,
    why: 'where the other branch is taken, there is no order',
    app: stack => {
      const role = granted(stack);
      const between = new CfnResource(stack, 'Between', { type: 'AWS::CloudFormation::WaitConditionHandle' });
      between.node.addDependency(role);
      cluster(stack, role, SCRIPTS).addPropertyOverride('Tags', [{ Key: 'after', Value: Fn.conditionIf(condition(stack).logicalId, between.ref, 'none') }]);
    },
  },
  {
    name: 'an order by a reference in both branches of Fn::If',
    reported: false,
    why: 'whichever is taken, the policy comes first',
    app: stack => {
      const role = granted(stack);
      const between = new CfnResource(stack, 'Between', { type: 'AWS::CloudFormation::WaitConditionHandle' });
      between.node.addDependency(role);
      cluster(stack, role, SCRIPTS)
        .addPropertyOverride('Tags', [{ Key: 'after', Value: Fn.conditionIf(condition(stack).logicalId, between.ref, `${between.ref}-other`) }]);
    },
  },
  {
    name: 'a dependency that an override of DependsOn replaces',
    reported: true,
    why: 'the template has what the override says',
    app: stack => {
      const role = granted(stack);
      const created = cluster(stack, role, SCRIPTS);
      created.node.addDependency(role);
      created.addOverride('DependsOn', [stack.getLogicalId(role.node.defaultChild as iam.CfnRole)]);
    },
  },
  {
    name: 'a dependency that an override deletes',
    reported: true,
    why: 'the template has no DependsOn',
    app: stack => {
      const role = granted(stack);
      const created = cluster(stack, role, SCRIPTS);
      created.node.addDependency(role);
      created.addDeletionOverride('DependsOn');
    },
  },
  {
    name: 'an order through a policy that is not in the template',
    reported: true,
    why: 'an iam.Policy without statements is not synthesized, nor is what it waits for',
    app: stack => {
      const role = granted(stack);
      const empty = new iam.Policy(stack, 'Empty');
      empty.node.addDependency(role);
      cluster(stack, role, SCRIPTS).node.addDependency(empty);
    },
  },
  {
    name: 'a policy for an imported role',
    reported: true,
    why: 'nothing refers to the policy that the app attaches',
    app: stack => {
      const role = iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole');
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket', 's3:GetObject'], resources: ['*'] }));
      cluster(stack, role, SCRIPTS);
    },
  },
]);
