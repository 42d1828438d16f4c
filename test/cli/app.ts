import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { HyperPodChecks, HyperPodPreflight } from '../../src';
import type { Rule } from '../../src/preflight/findings/rule';
import { RULES } from '../../src/preflight/rules';

/**
 * The app of the command line tests: one cluster with one kind of finding, in one kind of place, checked through one door.
 *
 * usage: app.ts <finding> <place> <door>
 */
const [finding, place, door] = process.argv.slice(2);

function defineCluster(scope: Construct, bucket: string, isOrdered: boolean): CfnCluster {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
  });
  const policy = new Policy(scope, 'Policy', {
    roles: [role],
    statements: [new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetObject'], resources: ['arn:aws:s3:::granted', 'arn:aws:s3:::granted/*'] })],
  });
  const cluster = new CfnCluster(scope, 'Cluster', {
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 1,
      executionRole: role.roleArn,
      lifeCycleConfig: { sourceS3Uri: `s3://${bucket}/config/`, onCreate: 'on_create.sh' },
    }],
  });
  if (isOrdered) { cluster.node.addDependency(policy); }
  return cluster;
}

/** What is wrong, if anything, and what the user acknowledges of it. */
const FINDINGS: Record<string, (scope: Construct) => void> = {
  'none': scope => defineCluster(scope, 'sagemaker-scripts', true),
  'error': scope => defineCluster(scope, 'scripts', true),
  'acknowledged-error': scope => Validations.of(defineCluster(scope, 'scripts', true)).acknowledge(
    { id: 'HyperPod-LifecycleBucketAccess[workers]', reason: 'the bucket\'s own policy lets the role in' }),
  'warning': scope => defineCluster(scope, 'granted', false),
  'acknowledged-warning': scope => Validations.of(defineCluster(scope, 'granted', false)).acknowledge(
    { id: 'HyperPod-PolicyOrdering', reason: 'the role is deployed long before' }),
  'acknowledged-in-report': scope => Validations.of(defineCluster(scope, 'scripts', true)).acknowledge(
    { id: 'HyperPod::HyperPod-LifecycleBucketAccess[workers]', reason: 'the bucket\'s own policy lets the role in' }),
  'throwing-rule': scope => {
    (RULES as Rule[]).push({ ...RULES[0], id: 'HyperPod-Broken', check: () => { throw new Error('broken on purpose'); } });
    defineCluster(scope, 'sagemaker-scripts', true);
  },
};

const PLACES: Record<string, (app: App) => Construct> = {
  'stack': app => new Stack(app, 'Stack'),
  'nested-stack': app => new NestedStack(new Stack(app, 'Stack'), 'Nested'),
  'stage': app => new Stack(new Stage(app, 'Stage'), 'Stack'),
};

const app = new App();
const scope = PLACES[place](app);
FINDINGS[finding](scope);
if (door === 'pack') {
  Validations.of(app).addPlugins(new HyperPodChecks());
} else {
  HyperPodPreflight.applyTo(scope);
}
app.synth();
