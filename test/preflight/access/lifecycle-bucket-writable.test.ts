import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { lifecycleBucketWritable } from '../../../src/preflight/access/lifecycle-bucket-writable';
import { cluster, executionRole, readStatements, roleWith } from '../../corpus/private/building-blocks';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const SCRIPTS = 's3://our-scripts/config/';
const ROLE = ['InstanceGroups.0.ExecutionRole'];

/** A role that reads the scripts, and may write to a resource. */
const writing = (resource: string | ((stack: Stack) => string)) => (stack: Stack) => void cluster(stack, roleWith(stack, ...readStatements('arn:aws:s3:::our-scripts'), {
  Effect: 'Allow', Action: 's3:PutObject', Resource: typeof resource === 'string' ? resource : resource(stack),
}), SCRIPTS);

/** A role with grantReadWrite on the bucket of its scripts. */
function granted(stack: Stack): Bucket {
  const role = executionRole(stack);
  const bucket = new Bucket(stack, 'Bucket');
  bucket.grantReadWrite(role);
  cluster(stack, role, bucket.s3UrlForObject('config/'));
  return bucket;
}

testRule(lifecycleBucketWritable, {
  silent: [
    ['s3:PutObject on another prefix: results may go to the bucket of the scripts', writing('arn:aws:s3:::our-scripts/results/*')],
    ['s3:PutObject on the bucket: its ARN is not that of an object', writing('arn:aws:s3:::our-scripts')],
    ['the managed policy: it only reads', stack => void cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/')],
    ['grantReadWrite, and a deny for the prefix: a deny outweighs every allow', stack => {
      const bucket = granted(stack);
      bucket.addToResourcePolicy(new PolicyStatement({
        effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('config/*')],
      }));
    }],
  ],
  finds: [
    ['s3:PutObject on the whole bucket: the scripts lie in it', writing('arn:aws:s3:::our-scripts/*'), 'warning', ['workers'],
      'it may s3:PutObject on arn:aws:s3:::our-scripts/config/', ROLE],
    ['s3:PutObject on the prefix: the scripts lie there', writing('arn:aws:s3:::our-scripts/config/*'), 'warning', ['workers'], 's3:PutObject', ROLE],
    ['AmazonSageMakerFullAccess: it writes to every bucket with sagemaker in its name', stack => void cluster(
      stack, executionRole(stack, { managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerFullAccess')] }), 's3://sagemaker-scripts/config/',
    ), 'warning', ['workers'], 's3:PutObject', ROLE],
    ['grantReadWrite: it allows s3:PutObject on all objects', stack => void granted(stack), 'warning', ['workers'], 's3:PutObject', ROLE],
  ],
  tokens: [
    ['a prefix that is known only at deployment', writing(stack => `arn:aws:s3:::our-scripts/${new CfnParameter(stack, 'Prefix').valueAsString}/*`)],
    ['s3:PutObject on the prefix in some deployments', writing(stack =>
      `arn:aws:s3:::our-scripts/${Fn.conditionIf(isYes(stack, 'Publishes').logicalId, 'config', 'results').toString()}/*`),
    'warning', ['workers'], ['s3:PutObject', 'This is so when Publishes is yes.'], ROLE],
  ],
});
