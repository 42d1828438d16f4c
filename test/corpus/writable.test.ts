import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cluster, executionRole, readStatements, roleWith } from './private/building-blocks';
import { findingsOf, type Scenario } from './private/harness';

const RULE = 'HyperPod-LifecycleBucketWritable';
const SCRIPTS = 's3://our-scripts/config/';

const writing = (...resources: string[]): Scenario['app'] => stack => cluster(stack,
  roleWith(stack, ...readStatements('arn:aws:s3:::our-scripts'), { Effect: 'Allow', Action: 's3:PutObject', Resource: resources }), SCRIPTS);

describe('A role that can replace the scripts that it boots from', () => {
  test.each(([
    { name: 's3:PutObject on the whole bucket', reported: true, why: 'the scripts lie in it', app: writing('arn:aws:s3:::our-scripts/*') },
    { name: 's3:PutObject on the prefix', reported: true, why: 'the scripts lie there', app: writing('arn:aws:s3:::our-scripts/config/*') },
    { name: 's3:PutObject on another prefix', reported: false, why: 'results may go to the bucket of the scripts', app: writing('arn:aws:s3:::our-scripts/results/*') },
    { name: 's3:PutObject on the bucket', reported: false, why: 'the bucket\'s ARN is not that of an object', app: writing('arn:aws:s3:::our-scripts') },
    { name: 'the managed policy', reported: false, why: 'it only reads', app: stack => cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/') },
    {
      name: 'AmazonSageMakerFullAccess',
      reported: true,
      why: 'it writes to every bucket with sagemaker in its name',
      app: stack => cluster(stack, executionRole(stack, { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerFullAccess')] }),
        's3://sagemaker-scripts/config/'),
    },
    {
      name: 'grantReadWrite',
      reported: true,
      why: 'it allows s3:PutObject on all objects',
      app: stack => {
        const role = executionRole(stack);
        const bucket = new s3.Bucket(stack, 'Bucket');
        bucket.grantReadWrite(role);
        cluster(stack, role, bucket.s3UrlForObject('config/'));
      },
    },
    {
      name: 'grantReadWrite, and a deny for the prefix',
      reported: false,
      why: 'a deny outweighs every allow',
      app: stack => {
        const role = executionRole(stack);
        const bucket = new s3.Bucket(stack, 'Bucket');
        bucket.grantReadWrite(role);
        bucket.addToResourcePolicy(new iam.PolicyStatement({
          effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('config/*')],
        }));
        cluster(stack, role, bucket.s3UrlForObject('config/'));
      },
    },
  ] satisfies ({ name: string; reported: boolean; why: string } & Scenario)[]).map(one => ({ ...one, outcome: one.reported ? 'reported' : 'silent' })))('$outcome: $name — $why', one => {
    const reported = findingsOf(one).filter(({ rule }) => rule === RULE);
    expect(reported.map(({ level }) => level)).toEqual(one.reported ? ['warning'] : []);
  });
});
