import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cfnRole, cluster, executionRole, policy, readStatements } from './private/building-blocks';
import { corpus } from './private/harness';

/** A stage needs a stack of the app beside it only because every case begins with one. */
const filled = (stack: Stack) => executionRole(stack, {}, 'Unrelated');

corpus('Several stacks, nested stacks and Stages', [
  {
    name: 'role, bucket and cluster in three stacks',
    verdict: 'allowed',
    why: 'references between stacks are followed to where they lead',
    app: stack => {
      const role = executionRole(new Stack(stack.node.root, 'Identity'));
      const bucket = new s3.Bucket(new Stack(stack.node.root, 'Storage'), 'Bucket');
      bucket.grantRead(role);
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'role, bucket and cluster in three stacks, granted nothing',
    verdict: 'denied',
    why: 'references between stacks are followed to where they lead',
    app: stack => cluster(stack, executionRole(new Stack(stack.node.root, 'Identity')),
      new s3.Bucket(new Stack(stack.node.root, 'Storage'), 'Bucket').s3UrlForObject('config/')),
  },
  {
    name: 'role and bucket in two nested stacks, the cluster in a third',
    verdict: 'allowed',
    why: 'outputs and parameters are followed to where they lead',
    app: stack => {
      const role = executionRole(new NestedStack(stack, 'Identity'));
      const bucket = new s3.Bucket(new NestedStack(stack, 'Storage'), 'Bucket');
      bucket.grantRead(role);
      cluster(new NestedStack(stack, 'HyperPod'), role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a cluster in a nested stack of a nested stack',
    verdict: 'denied',
    why: 'parameters are followed through every level',
    app: stack => {
      const outer = new NestedStack(stack, 'Outer');
      cluster(new NestedStack(outer, 'Inner'), executionRole(stack), new s3.Bucket(stack, 'Bucket').s3UrlForObject('config/'));
    },
  },
  {
    name: 'a cluster in a Stage',
    verdict: 'denied',
    why: 'a check that is applied to the Stage sees its stacks',
    app: stack => {
      filled(stack);
      const training = new Stack(new Stage(stack.node.root, 'Production'), 'Training');
      cluster(training, executionRole(training), 's3://our-scripts/config/');
    },
  },
  {
    name: 'a cluster in a Stage, granted',
    verdict: 'allowed',
    why: 'a check that is applied to the Stage sees its stacks',
    app: stack => {
      filled(stack);
      const stage = new Stage(stack.node.root, 'Production');
      const training = new Stack(stage, 'Training');
      const role = executionRole(new Stack(stage, 'Identity'));
      const bucket = new s3.Bucket(new Stack(stage, 'Storage'), 'Bucket');
      bucket.grantRead(role);
      cluster(training, role, bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'a cluster in a nested stack in a Stage',
    verdict: 'denied',
    why: 'a check that is applied to the Stage sees its stacks and theirs',
    app: stack => {
      filled(stack);
      const training = new Stack(new Stage(stack.node.root, 'Production'), 'Training');
      cluster(new NestedStack(training, 'HyperPod'), executionRole(training), 's3://our-scripts/config/');
    },
  },
  {
    name: 'two Stages with a role of one name, of which only the other is granted',
    verdict: 'denied',
    why: 'each Stage is deployed for itself: the roles never meet',
    app: stack => {
      filled(stack);
      const development = new Stack(new Stage(stack.node.root, 'Development'), 'Training');
      cfnRole(development, { roleName: 'HyperPodRole' });
      new iam.CfnPolicy(development, 'Read', { policyName: 'Read', policyDocument: policy(...readStatements('arn:aws:s3:::our-scripts')), roles: ['HyperPodRole'] });
      const production = new Stack(new Stage(stack.node.root, 'Production'), 'Training');
      cluster(production, cfnRole(production, { roleName: 'HyperPodRole' }).attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'two Stages with a role of one name, of which the cluster\'s is granted',
    verdict: 'allowed',
    why: 'each Stage is deployed for itself: the roles never meet',
    app: stack => {
      filled(stack);
      cfnRole(new Stack(new Stage(stack.node.root, 'Development'), 'Training'), { roleName: 'HyperPodRole' });
      const production = new Stack(new Stage(stack.node.root, 'Production'), 'Training');
      const role = cfnRole(production, {
        roleName: 'HyperPodRole', policies: [{ policyName: 'Read', policyDocument: policy(...readStatements('arn:aws:s3:::our-scripts')) }],
      });
      cluster(production, role.attrArn, 's3://our-scripts/config/');
    },
  },
  {
    name: 'a role of the app outside of the cluster\'s Stage, by its name',
    verdict: 'unknown',
    why: 'what is deployed apart may go to another account: of the role only the name is known',
    app: stack => {
      cfnRole(stack, { roleName: 'HyperPodRole' });
      const production = new Stack(new Stage(stack.node.root, 'Production'), 'Training');
      cluster(production, iam.Role.fromRoleName(production, 'Role', 'HyperPodRole'), 's3://our-scripts/config/');
    },
  },
]);
