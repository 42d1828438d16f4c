import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { HyperPodCluster, HyperPodInstanceType } from '../../src';
import { cluster, documentOf, executionRole, getStatement, policy, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';
import type { Case } from './private/harness';

const SCRIPTS = 's3://our-scripts/config/';
const BUCKET = 'arn:aws:s3:::our-scripts';

/** A role that may read the scripts, within a boundary. */
function bounded(boundary: (stack: Parameters<Case['app']>[0]) => iam.IManagedPolicy): Case['app'] {
  return stack => cluster(stack, executionRole(stack, {
    inlinePolicies: { Read: documentOf(...readStatements(BUCKET)) }, permissionsBoundary: boundary(stack),
  }), SCRIPTS);
}

const boundaryOf = (...statements: object[]) => bounded(stack => new iam.ManagedPolicy(stack, 'Boundary', { document: documentOf(...statements) }));

/** A role that may do everything with S3, but for one statement. */
const denied = (statement: object): Case['app'] => stack =>
  cluster(stack, roleWith(stack, { Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Deny', ...statement }), SCRIPTS);

corpus('Permissions boundaries and explicit denies', [
  {
    name: 'a boundary without S3 that an Aspect puts on every role, also on those after the cluster',
    verdict: 'denied',
    why: 'a boundary limits what policies of the role can allow, whoever sets it',
    app: stack => {
      iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'));
      new HyperPodCluster(stack, 'Cluster', {
        instanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1 }],
      });
    },
  },
  {
    name: 'a boundary with S3',
    verdict: 'allowed',
    why: 'what both the boundary and a policy allow is allowed',
    app: boundaryOf({ Effect: 'Allow', Action: ['s3:*', 'logs:*'], Resource: '*' }),
  },
  {
    name: 'a boundary without S3',
    verdict: 'denied',
    why: 'a boundary limits what policies of the role can allow',
    app: boundaryOf({ Effect: 'Allow', Action: ['logs:*', 'ec2:*'], Resource: '*' }),
  },
  {
    name: 'a boundary with other buckets',
    verdict: 'denied',
    why: 'a boundary limits what policies of the role can allow',
    app: boundaryOf({ Effect: 'Allow', Action: '*', Resource: ['arn:aws:s3:::sagemaker-*'] }),
  },
  {
    name: 'a boundary alone',
    verdict: 'denied',
    why: 'a boundary allows nothing by itself',
    app: stack => cluster(stack, executionRole(stack, {
      permissionsBoundary: new iam.ManagedPolicy(stack, 'Boundary', { document: documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }),
    }), SCRIPTS),
  },
  {
    name: 'a boundary that denies',
    verdict: 'denied',
    why: 'a deny in a boundary is a deny',
    app: boundaryOf({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::sagemaker-*'] }),
  },
  {
    name: 'a managed policy of AWS as boundary',
    verdict: 'allowed',
    why: 'PowerUserAccess allows all of S3',
    app: bounded(() => iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')),
  },
  {
    name: 'a managed policy of AWS as boundary that has no S3',
    verdict: 'denied',
    why: 'AmazonSSMManagedInstanceCore allows nothing of S3',
    app: bounded(() => iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')),
  },
  {
    name: 'a boundary that is not in the app',
    verdict: 'unknown',
    why: 'a boundary allows only what it names, and that is not known',
    app: bounded(stack => iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'CompanyBoundary')),
  },
  {
    name: 'a boundary that is not in the app, and no grant',
    verdict: 'denied',
    why: 'whatever the boundary is, it allows nothing by itself',
    app: stack => cluster(stack, executionRole(stack, {
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'CompanyBoundary'),
    }), SCRIPTS),
  },
  {
    name: 'a boundary from a parameter',
    verdict: 'unknown',
    why: 'whoever deploys the stack chooses the boundary',
    app: bounded(stack => iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', new CfnParameter(stack, 'BoundaryArn').valueAsString)),
  },
  {
    name: 'PermissionsBoundary.of(stack)',
    verdict: 'denied',
    why: 'an Aspect adds the boundary to every role, and the check runs after Aspects that change the tree',
    app: stack => {
      cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS);
      iam.PermissionsBoundary.of(stack).apply(new iam.ManagedPolicy(stack, 'Boundary', {
        document: documentOf({ Effect: 'Allow', Action: ['logs:*', 'ec2:*'], Resource: '*' }),
      }));
    },
  },
  {
    name: 'PermissionsBoundary.of(app), and a role of a later stack',
    verdict: 'denied',
    why: 'the check runs after Aspects that change what stands behind the cluster in the tree',
    app: stack => {
      const identity = new Stack(stack.node.root, 'Identity');
      cluster(stack, roleWith(identity, ...readStatements(BUCKET)), SCRIPTS);
      iam.PermissionsBoundary.of(stack.node.root).apply(new iam.ManagedPolicy(identity, 'Boundary', {
        document: documentOf({ Effect: 'Allow', Action: ['logs:*', 'ec2:*'], Resource: '*' }),
      }));
    },
  },
  {
    name: 'a bucket policy for the role, and a boundary without S3',
    verdict: 'denied',
    why: 'what a resource\'s policy grants to a role\'s ARN is limited by the boundary',
    app: stack => {
      const role = executionRole(stack, {
        permissionsBoundary: new iam.ManagedPolicy(stack, 'Boundary', { document: documentOf({ Effect: 'Allow', Action: 'logs:*', Resource: '*' }) }),
      });
      const bucket = new s3.Bucket(stack, 'Bucket');
      bucket.addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal(role.roleArn)], actions: ['s3:*'], resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      }));
      cluster(stack, role, bucket.s3UrlForObject('config/'));
    },
  },
  { name: 'a deny of GetObject', verdict: 'denied', why: 'a deny outweighs every allow', app: denied({ Action: 's3:GetObject', Resource: `${BUCKET}/*` }) },
  { name: 'a deny of ListBucket', verdict: 'denied', why: 'a deny outweighs every allow', app: denied({ Action: 's3:List*', Resource: '*' }) },
  { name: 'a deny of other actions', verdict: 'allowed', why: 'it says nothing of reading', app: denied({ Action: ['s3:Put*', 's3:Delete*'], Resource: '*' }) },
  { name: 'a deny on another bucket', verdict: 'allowed', why: 'the scripts do not lie there', app: denied({ Action: 's3:*', Resource: ['arn:aws:s3:::our-secrets', 'arn:aws:s3:::our-secrets/*'] }) },
  { name: 'a deny on a part of the prefix', verdict: 'unknown', why: 'whether scripts lie there is not in the app', app: denied({ Action: 's3:*', Resource: `${BUCKET}/config/keys/*` }) },
  { name: 'a deny with NotAction that names reading', verdict: 'allowed', why: 'what NotAction names is not denied', app: denied({ NotAction: ['s3:Get*', 's3:List*'], Resource: '*' }) },
  { name: 'a deny with NotAction that does not', verdict: 'denied', why: 'everything but what NotAction names is denied', app: denied({ NotAction: ['logs:*'], Resource: '*' }) },
  { name: 'a deny with NotResource that names the scripts', verdict: 'allowed', why: 'what NotResource names is not denied', app: denied({ Action: 's3:*', NotResource: [BUCKET, `${BUCKET}/*`] }) },
  { name: 'a deny with NotResource that names only objects', verdict: 'denied', why: 'the bucket itself is not among them, so that it cannot be listed', app: denied({ Action: 's3:*', NotResource: [`${BUCKET}/*`] }) },
  {
    name: 'a deny on a bucket from a parameter',
    verdict: 'unknown',
    why: 'the parameter may name this bucket',
    app: stack => cluster(stack, roleWith(stack, { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:*', Resource: `arn:aws:s3:::${new CfnParameter(stack, 'OtherBucket').valueAsString}/*` }), SCRIPTS),
  },
  {
    name: 'a deny in another policy of the role',
    verdict: 'denied',
    why: 'all policies of a role count together, denies too',
    app: stack => {
      const role = roleWith(stack, ...readStatements(BUCKET));
      new iam.CfnManagedPolicy(stack, 'NoS3', { policyDocument: policy({ ...getStatement('*'), Effect: 'Deny' }), roles: [role.roleName] });
      cluster(stack, role, SCRIPTS);
    },
  },
  {
    name: 'a deny in a policy of another role',
    verdict: 'allowed',
    why: 'a policy counts only for the roles that it is attached to',
    app: stack => {
      const other = executionRole(stack, {}, 'Other');
      new iam.CfnManagedPolicy(stack, 'NoS3', { policyDocument: policy({ ...getStatement('*'), Effect: 'Deny' }), roles: [other.roleName] });
      cluster(stack, roleWith(stack, ...readStatements(BUCKET)), SCRIPTS);
    },
  },
]);
