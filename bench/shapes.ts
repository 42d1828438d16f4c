import { type App, CfnCondition, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { nestedTemplate } from './nested-template';
import { addCluster, addResource, allow, RESOURCES_PER_CLUSTER, trust } from './resources';

/*
 * Apps in the manner of templates that people publish: what varies between deployments is a parameter or a condition. The tests look at what
 * is found in them, so that a check is not fast because it does not look. None of this loads the library.
 */

/** An app, and the most that the check may cost it. */
export interface Shape {
  /** The CPU time of the process, times that of the same process without the check. */
  readonly limit: number;
  readonly build: (app: App) => void;
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  '10 groups, a condition on the image of each': { limit: 1.5, build: app => groupsWithImages(app, 10) },
  '20 groups, a condition on the image of each': { limit: 1.5, build: app => groupsWithImages(app, 20) },
  '40 groups, a condition on the image of each': { limit: 1.5, build: app => groupsWithImages(app, 40) },
  '12 optional groups, with parameters for names': { limit: 2, build: app => optionalGroups(app, 12) },
  'ten nested stacks, fourteen conditions, parameters open': { limit: 1.6, build: nestedTemplate },
  'a bucket of 1000 allowed names': { limit: 1.6, build: app => allowedBuckets(app, 1000) },
  'ten conditions in the policy of a role': { limit: 1.6, build: app => conditionalStatements(app, 10) },
};

/** An app of so many resources with one cluster, in a Region. */
export function plainApp(app: App, resources: number): void {
  const stack = new Stack(app, 'Training', { env: { region: 'us-west-2' } });
  addCluster(stack, 0);
  for (let index = 0; index < resources - RESOURCES_PER_CLUSTER; index++) { addResource(stack, index); }
}

/** Each group starts from an image of its own, if there is one. */
function groupsWithImages(app: App, count: number): void {
  const stack = new Stack(app, 'Training');
  const { role, scripts } = prerequisites(stack);
  const groups = Array.from({ length: count }, (_, index) => {
    const image = new CfnParameter(stack, `ImageId${index}`, { default: 'ami-0123456789abcdef0' });
    const isWanted = flag(stack, `UseImage${index}`);
    return {
      ...group(`workers-${index}`, role, scripts),
      imageId: Token.asString(Fn.conditionIf(isWanted.logicalId, image.valueAsString, { Ref: 'AWS::NoValue' })),
    };
  });
  new CfnCluster(stack, 'Cluster', { instanceGroups: groups }).node.addDependency(role);
}

/** Apart from the first, each group exists only if it is wanted; what it is called is a parameter. */
function optionalGroups(app: App, count: number): void {
  const stack = new Stack(app, 'Training');
  const { role, scripts } = prerequisites(stack);
  const groups = Array.from({ length: count }, (_, index) => {
    const name = new CfnParameter(stack, `GroupName${index}`, { default: `group-${index}` });
    const isWanted = flag(stack, `CreateGroup${index}`);
    return Fn.conditionIf(isWanted.logicalId, {
      InstanceGroupName: name.valueAsString,
      InstanceType: 'ml.g5.8xlarge',
      InstanceCount: 2,
      ExecutionRole: role.attrArn,
      LifeCycleConfig: { SourceS3Uri: scripts, OnCreate: 'on_create.sh' },
    }, { Ref: 'AWS::NoValue' });
  });
  new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers', role, scripts), ...groups] }).node.addDependency(role);
}

/** The scripts lie in one of so many buckets, all of which the role may read. */
function allowedBuckets(app: App, count: number): void {
  const stack = new Stack(app, 'Training');
  const name = new CfnParameter(stack, 'ScriptsBucket', { default: 'scripts-0', allowedValues: Array.from({ length: count }, (_, index) => `scripts-${index}`) });
  const bucketArn = stack.formatArn({ service: 's3', account: '', region: '', resource: name.valueAsString });
  const role = executionRole(stack);
  const policy = new CfnPolicy(stack, 'ExecutionPolicy', {
    policyName: 'scripts', roles: [role.ref], policyDocument: allow(['s3:ListBucket', 's3:GetObject'], [bucketArn, `${bucketArn}/*`]),
  });
  new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers', role, `s3://${name.valueAsString}/config/`)] }).node.addDependency(policy);
}

/** Each statement about data stands there if it is wanted; the scripts can be read in any case. */
function conditionalStatements(app: App, count: number): void {
  const stack = new Stack(app, 'Training');
  const { role, scripts } = prerequisites(stack);
  const statements = Array.from({ length: count }, (_, index) => {
    const isWanted = flag(stack, `UseData${index}`);
    return Fn.conditionIf(isWanted.logicalId, {
      Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: stack.formatArn({ service: 's3', account: '', region: '', resource: `data-${index}*` }),
    }, { Ref: 'AWS::NoValue' });
  });
  const [common] = allow('s3:ListAllMyBuckets', '*').Statement;
  const data = new CfnPolicy(stack, 'DataPolicy', {
    policyName: 'data', roles: [role.ref], policyDocument: { Version: '2012-10-17', Statement: [common, ...statements] },
  });
  const cluster = new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers', role, scripts)] });
  cluster.node.addDependency(role, data);
}

/** A condition that a parameter of its own decides. */
function flag(stack: Stack, name: string): CfnCondition {
  const parameter = new CfnParameter(stack, name, { default: 'false', allowedValues: ['true', 'false'] });
  return new CfnCondition(stack, `${name}Condition`, { expression: Fn.conditionEquals(parameter.valueAsString, 'true') });
}

/** A role that may read the scripts in a bucket of the same stack. */
function prerequisites(stack: Stack): { role: CfnRole; scripts: string } {
  const bucket = new CfnBucket(stack, 'Scripts');
  const role = executionRole(stack, allow(['s3:ListBucket', 's3:GetObject'], [bucket.attrArn, `${bucket.attrArn}/*`]));
  return { role, scripts: `s3://${bucket.ref}/config/` };
}

function executionRole(stack: Stack, scripts?: object): CfnRole {
  return new CfnRole(stack, 'ExecutionRole', {
    assumeRolePolicyDocument: trust('sagemaker.amazonaws.com'),
    managedPolicyArns: [stack.formatArn({ service: 'iam', region: '', account: 'aws', resource: 'policy', resourceName: 'AmazonSageMakerClusterInstanceRolePolicy' })],
    policies: scripts && [{ policyName: 'scripts', policyDocument: scripts }],
  });
}

function group(instanceGroupName: string, role: CfnRole, scripts: string): CfnCluster.ClusterInstanceGroupProperty {
  return {
    instanceGroupName,
    instanceType: 'ml.g5.8xlarge',
    instanceCount: 2,
    executionRole: role.attrArn,
    lifeCycleConfig: { sourceS3Uri: scripts, onCreate: 'on_create.sh' },
  };
}
