import { Aws, CfnCondition, CfnMapping, CfnOutput, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { cluster, clusterOf, executionRole, getStatement, listStatement, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

const roleFor = (stack: Stack, bucketArn = 'arn:aws:s3:::our-scripts') => roleWith(stack, ...readStatements(bucketArn));
const read = (stack: Stack, uri: string) => cluster(stack, roleFor(stack), uri);

/** A part of the template that CloudFormation reads from elsewhere. */
const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: 's3://our-templates/scripts.yaml' } };

/** A role that may get certain objects, and scripts under a prefix that is a parameter. */
function readUnder(stack: Stack, objects: (prefix: string) => string, source: (prefix: string) => string): void {
  const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
  const role = roleWith(stack, listStatement('arn:aws:s3:::our-scripts'), getStatement(`arn:aws:s3:::our-scripts/${objects(prefix)}`));
  cluster(stack, role, `s3://our-scripts/${source(prefix)}`);
}

corpus('What the source of the scripts is computed from', [
  {
    name: 'Fn::Join',
    verdict: 'allowed',
    why: 'the parts are put together as text',
    app: stack => read(stack, Fn.join('/', ['s3:/', 'our-scripts', 'config'])),
  },
  {
    name: 'Fn::Sub with a pseudo parameter',
    verdict: 'allowed',
    why: 'both sides stand for the same account id',
    app: stack => cluster(stack, roleFor(stack, `arn:aws:s3:::scripts-${Aws.ACCOUNT_ID}`), Fn.sub('s3://scripts-${AWS::AccountId}/config/')),
  },
  {
    name: 'Fn::Sub with a literal sagemaker- before the pseudo parameter',
    verdict: 'allowed',
    why: 'the name begins so, whatever the account is',
    app: stack => cluster(stack, executionRole(stack), Fn.sub('s3://sagemaker-${AWS::Region}-${AWS::AccountId}/config/')),
  },
  {
    name: 'Fn::Sub with a variable of its own',
    verdict: 'denied',
    why: 'the variable\'s value is text',
    app: stack => cluster(stack, executionRole(stack), Fn.sub('s3://${Name}-sagemaker/config/', { Name: 'our' })),
  },
  {
    name: 'Fn::Select of Fn::Split',
    verdict: 'allowed',
    why: 'text can be split at synth',
    app: stack => read(stack, `s3://${Fn.select(5, Fn.split(':', 'arn:aws:s3:::our-scripts'))}/config/`),
  },
  {
    name: 'the name split off a bucket\'s ARN',
    verdict: 'allowed',
    why: 'a bucket\'s ARN is known to end in its name',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), `s3://${Fn.select(5, Fn.split(':', bucket.bucketArn))}/config/`);
    },
  },
  {
    name: 'Fn::FindInMap',
    verdict: 'allowed',
    why: 'the mapping is in the template',
    app: stack => {
      const map = new CfnMapping(stack, 'Buckets', { mapping: { scripts: { name: 'our-scripts' } } });
      read(stack, `s3://${map.findInMap('scripts', 'name')}/config/`);
    },
  },
  {
    name: 'Fn::FindInMap by a parameter',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the entry',
    app: stack => {
      const map = new CfnMapping(stack, 'Buckets', { mapping: { dev: { name: 'our-scripts' }, prod: { name: 'our-production-scripts' } } });
      read(stack, `s3://${map.findInMap(new CfnParameter(stack, 'Which').valueAsString, 'name')}/config/`);
    },
  },
  {
    name: 'Fn::ImportValue of an export of the app',
    verdict: 'allowed',
    why: 'the export\'s value is in the app',
    app: stack => {
      const storage = new Stack(stack.node.root, 'Storage');
      const bucket = new s3.CfnBucket(storage, 'Bucket', { bucketName: 'our-scripts' });
      new CfnOutput(storage, 'Scripts', { value: bucket.ref, exportName: 'scripts-bucket' });
      read(stack, `s3://${Fn.importValue('scripts-bucket')}/config/`);
    },
  },
  {
    name: 'Fn::ImportValue of an export that is not in the app',
    verdict: 'unknown',
    why: 'the value is read at deployment',
    app: stack => read(stack, `s3://${Fn.importValue('scripts-bucket')}/config/`),
  },
  {
    name: 'Fn::ImportValue, granted by the same import',
    verdict: 'allowed',
    why: 'one export has one value',
    app: stack => cluster(stack, roleFor(stack, `arn:aws:s3:::${Fn.importValue('scripts-bucket')}`), `s3://${Fn.importValue('scripts-bucket')}/config/`),
  },
  {
    name: 'Fn::If with two buckets that are granted',
    verdict: 'allowed',
    why: 'either branch is covered',
    app: stack => {
      new CfnCondition(stack, 'Production', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Level').valueAsString, 'prod') });
      const source = Fn.conditionIf('Production', 's3://our-scripts/prod/', 's3://our-scripts/dev/').toString();
      read(stack, source);
    },
  },
  {
    name: 'Fn::If with one bucket that is granted and one that is not',
    verdict: 'unknown',
    why: 'it depends on the condition which bucket the nodes read',
    app: stack => {
      new CfnCondition(stack, 'Production', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Level').valueAsString, 'prod') });
      read(stack, Fn.conditionIf('Production', 's3://our-production-scripts/', 's3://our-scripts/').toString());
    },
  },
  {
    name: 'Fn::If with two buckets that are not granted',
    verdict: 'denied',
    why: 'whatever the condition says, the nodes cannot read',
    app: stack => {
      new CfnCondition(stack, 'Production', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Level').valueAsString, 'prod') });
      cluster(stack, executionRole(stack), Fn.conditionIf('Production', 's3://our-production-scripts/', 's3://our-scripts/').toString());
    },
  },
  {
    name: 'Fn::If with two buckets that are not granted, one of which another group reads',
    verdict: 'denied',
    why: 'each group is wrong in every deployment, though not always together with the other',
    app: stack => {
      const isSmall = new CfnCondition(stack, 'IsSmall', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Size').valueAsString, 'small') });
      const role = roleFor(stack);
      clusterOf(stack, { controller: [role, 's3://small/'], workers: [role, Fn.conditionIf(isSmall.logicalId, 's3://small/', 's3://large/').toString()] });
    },
  },
  {
    name: 'Fn::If that leaves the scripts out',
    verdict: 'unknown',
    why: 'without scripts there is nothing to read, with them the role cannot',
    app: stack => {
      new CfnCondition(stack, 'Scripted', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Scripts').valueAsString, 'yes') });
      const { instanceGroups } = cluster(stack, executionRole(stack), 's3://our-scripts/');
      const [group] = instanceGroups as any[];
      group.lifeCycleConfig = Fn.conditionIf('Scripted', { SourceS3Uri: 's3://our-scripts/', OnCreate: 'on_create.sh' }, { Ref: 'AWS::NoValue' });
    },
  },
  {
    name: 'Fn::Transform for the lifecycle configuration',
    verdict: 'unknown',
    why: 'what the macro puts there is not in the app',
    app: stack => read(stack, 's3://our-scripts').addPropertyOverride('InstanceGroups.0', {
      LifeCycleConfig: { 'SourceS3Uri': undefined, 'OnCreate': undefined, 'Fn::Transform': INCLUDE },
    }),
  },
  {
    name: 'an output of a nested stack',
    verdict: 'allowed',
    why: 'the output\'s value is the bucket\'s name',
    app: stack => {
      const bucket = new s3.Bucket(new NestedStack(stack, 'Storage'), 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), `s3://${bucket.bucketName}/config/`);
    },
  },
  {
    name: 'a parameter of a nested stack',
    verdict: 'denied',
    why: 'the parameter\'s value is what the parent passes',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      const nested = new NestedStack(stack, 'HyperPod');
      cluster(nested, executionRole(nested), `s3://${bucket.bucketName}/config/`);
    },
  },
  {
    name: 'a parameter of a nested stack, given as text',
    verdict: 'allowed',
    why: 'the parameter\'s value is what the parent passes',
    app: stack => {
      const nested = new NestedStack(stack, 'HyperPod', { parameters: { Scripts: 'our-scripts' } });
      const name = new CfnParameter(nested, 'Scripts').valueAsString;
      cluster(nested, roleFor(nested), `s3://${name}/config/`);
    },
  },
  {
    name: 'a parameter of a nested stack that keeps its default',
    verdict: 'allowed',
    why: 'only the parent stack could give it another value',
    app: stack => {
      const nested = new NestedStack(stack, 'Nested');
      read(nested, `s3://${new CfnParameter(nested, 'Name', { default: 'our-scripts' }).valueAsString}/config/`);
    },
  },
  {
    name: 'a dynamic reference to Systems Manager',
    verdict: 'unknown',
    why: 'the value is read at deployment',
    app: stack => cluster(stack, executionRole(stack), 's3://{{resolve:ssm:/hyperpod/scripts}}/config/'),
  },
  {
    name: 'a dynamic reference to Systems Manager, granted by the same reference',
    verdict: 'allowed',
    why: 'one parameter has one value in one deployment',
    app: stack => cluster(stack, roleFor(stack, 'arn:aws:s3:::{{resolve:ssm:/hyperpod/scripts:1}}'), 's3://{{resolve:ssm:/hyperpod/scripts:1}}/config/'),
  },
  {
    name: 'sagemaker- and a dynamic reference',
    verdict: 'allowed',
    why: 'the name begins so, whatever the rest is',
    app: stack => cluster(stack, executionRole(stack), 's3://sagemaker-{{resolve:ssm:/hyperpod/suffix}}/config/'),
  },
  {
    name: 'a parameter of Systems Manager, granted by the same parameter',
    verdict: 'allowed',
    why: 'the template reads it once',
    app: stack => {
      const name = ssm.StringParameter.valueForStringParameter(stack, '/hyperpod/scripts');
      cluster(stack, roleFor(stack, `arn:aws:s3:::${name}`), `s3://${name}/config/`);
    },
  },
  {
    name: 'a parameter for the whole URI',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the bucket',
    app: stack => read(stack, new CfnParameter(stack, 'Source').valueAsString),
  },
  {
    name: 'a parameter for the prefix',
    verdict: 'allowed',
    why: 'the role may read the whole bucket, whatever the prefix is',
    app: stack => read(stack, `s3://our-scripts/${new CfnParameter(stack, 'Prefix').valueAsString}`),
  },
  {
    name: 'a parameter for the prefix, and objects granted behind a slash',
    verdict: 'unknown',
    why: 'a prefix that is given with its slash has no second one',
    app: stack => readUnder(stack, prefix => `${prefix}/*`, prefix => prefix),
  },
  {
    name: 'a parameter for the prefix, and objects granted without a slash',
    verdict: 'allowed',
    why: 'the wildcard matches with a slash and without',
    app: stack => readUnder(stack, prefix => `${prefix}*`, prefix => prefix),
  },
  {
    name: 'a parameter for the prefix and a slash, and objects granted behind a slash',
    verdict: 'allowed',
    why: 'the two are written alike',
    app: stack => readUnder(stack, prefix => `${prefix}/*`, prefix => `${prefix}/`),
  },
  {
    name: 'a parameter with a fixed choice of URIs',
    verdict: 'allowed',
    why: 'each of the values that the template allows is covered',
    app: stack => read(stack, new CfnParameter(stack, 'Source', {
      allowedValues: ['s3://our-scripts/small/', 's3://our-scripts/large/'], default: 's3://our-scripts/small/',
    }).valueAsString),
  },
]);
