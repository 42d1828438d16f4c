import { App, type AppProps, Aspects, Aws, type IAspect, Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { HyperPodPreflight } from 'cdk-hyperpod';

/** CloudFormation's limit (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
const RESOURCES_PER_STACK = 500;

/** An app as `cdk synth` runs it. */
export const WHOLE: AppProps = {
  analyticsReporting: false,
  // What a pack finds stands in its report, as with the command line.
  context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
};

/** CDK's own validation costs the same in all variants, and hides what differs. */
export const WITHOUT_CDK_VALIDATION: AppProps = { ...WHOLE, builtinCloudFormationValidation: false };

/** What runs over the app besides its synthesis. */
export type Check = 'an Aspect that does nothing' | 'HyperPodPreflight' | 'AwsSolutions';

/** An app of so many resources, a tenth of them policies, with so many clusters among them: not yet synthesized. */
export function largeApp(resources: number, clusters: number, check: Check, props: AppProps): App {
  const app = new App(props);
  const perCluster = 4;
  const stacks = Math.ceil(resources / RESOURCES_PER_STACK);
  for (let index = 0; index < stacks; index++) {
    const stack = new Stack(app, `Stack${index}`);
    const here = Math.floor((clusters * (index + 1)) / stacks) - Math.floor((clusters * index) / stacks);
    for (let one = 0; one < here; one++) { addCluster(stack, one); }
    for (let one = 0; one < RESOURCES_PER_STACK - here * perCluster; one++) { addResource(stack, one); }
    apply(check, stack);
  }
  if (check === 'AwsSolutions') { Validations.of(app).addPlugins(new AwsSolutionsChecks()); }
  return app;
}

function apply(check: Check, stack: Stack): void {
  if (check === 'HyperPodPreflight') { HyperPodPreflight.applyTo(stack); } else { Aspects.of(stack).add(new Idle()); }
}

class Idle implements IAspect {
  public visit(): void {}
}

function addResource(stack: Stack, index: number): void {
  switch (index % 10) {
    case 0: return void new CfnRole(stack, `Role${index}`, { assumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    case 1: return void new CfnPolicy(stack, `Policy${index}`, {
      policyName: `policy-${index}`, roles: [`${stack.stackName}-role-${index}`], policyDocument: allow('sqs:SendMessage', '*'),
    });
    case 2:
    case 3: return void new CfnBucket(stack, `Bucket${index}`);
    case 4:
    case 5:
    case 6: return void new CfnTopic(stack, `Topic${index}`);
    default: return void new CfnQueue(stack, `Queue${index}`);
  }
}

/** A cluster that is right, with its role, its policy and its bucket. */
function addCluster(stack: Stack, index: number): void {
  const bucket = new CfnBucket(stack, `Scripts${index}`);
  const role = new CfnRole(stack, `ExecutionRole${index}`, {
    assumeRolePolicyDocument: trust('sagemaker.amazonaws.com'),
    managedPolicyArns: [`arn:${Aws.PARTITION}:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy`],
  });
  const policy = new CfnPolicy(stack, `ExecutionPolicy${index}`, {
    policyName: 'scripts', roles: [role.ref], policyDocument: allow(['s3:ListBucket', 's3:GetObject'], [bucket.attrArn, `${bucket.attrArn}/*`]),
  });
  const cluster = new CfnCluster(stack, `Cluster${index}`, {
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 2,
      executionRole: role.attrArn,
      lifeCycleConfig: { sourceS3Uri: `s3://${bucket.ref}/config/`, onCreate: 'on_create.sh' },
    }],
  });
  cluster.node.addDependency(policy);
}

function trust(service: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
}

function allow(actions: string | string[], resources: string | string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resources }] };
}
