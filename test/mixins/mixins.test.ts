import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodPreflight, mixins } from '../../src';
import { onlyResource, testApp } from '../private/app';

/** A bare cluster whose role cannot read its scripts, and which waits for nothing. */
function bareCluster() {
  const stack = new Stack(testApp(), 'Stack');
  const bucket = new Bucket(stack, 'Scripts', { enforceSSL: true });
  const role = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
  });
  const cluster = new CfnCluster(stack, 'Cluster', {
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 1,
      executionRole: role.roleArn,
      lifeCycleConfig: { sourceS3Uri: bucket.s3UrlForObject('config/'), onCreate: 'on_create.sh' },
    }],
  });
  HyperPodPreflight.applyTo(stack);
  return { stack, bucket, role, cluster };
}

function findings(stack: Stack): string[] {
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .map(({ entry }) => /HyperPod-\w+/.exec(String(entry.data))![0]);
}

test('without mixins, the cluster is reported', () => {
  expect(findings(bareCluster().stack)).toEqual(['HyperPod-LifecycleBucketAccess']);
});

test('ClusterLifecycleAccess lets the role read the prefix and nothing else, before the cluster', () => {
  const { stack, bucket, role, cluster } = bareCluster();

  cluster.with(new mixins.ClusterLifecycleAccess({ executionRole: role, bucket, prefix: 'config/' }));

  expect(findings(stack)).toEqual([]);
  const { logicalId, resource } = onlyResource(stack, 'AWS::IAM::Policy');
  expect(resource.Properties.PolicyDocument.Statement).toEqual([
    expect.objectContaining({ Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Scripts/), 'Arn'] } }),
    expect.objectContaining({
      Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Scripts/), 'Arn'] }, '/config/*']] },
    }),
  ]);
  Template.fromStack(stack).hasResource('AWS::SageMaker::Cluster', { DependsOn: [logicalId] });
});

test('ClusterLifecycleAccess for several prefixes of one role adds up', () => {
  const { stack, bucket, role, cluster } = bareCluster();

  for (const prefix of ['config', 'shared/']) {
    cluster.with(new mixins.ClusterLifecycleAccess({ executionRole: role, bucket, prefix }));
  }

  expect(findings(stack)).toEqual([]);
  const objects = onlyResource(stack, 'AWS::IAM::Policy').resource.Properties.PolicyDocument.Statement.filter(({ Action }: any) => Action === 's3:GetObject');
  expect(objects.map(({ Resource }: any) => Resource['Fn::Join'][1][1])).toEqual(['/config/*', '/shared/*']);
});

test('ClusterLifecycleAccess fails on a prefix that would be a pattern', () => {
  const { bucket, role, cluster } = bareCluster();

  expect(() => cluster.with(new mixins.ClusterLifecycleAccess({ executionRole: role, bucket, prefix: '*' }))).toThrow('got "*"');
});

test('ClusterCreationOrder makes the cluster wait for policies, also later ones, and for the upload', () => {
  const { stack, bucket, role, cluster } = bareCluster();
  const upload = new BucketDeployment(stack, 'Upload', {
    sources: [Source.data('on_create.sh', '#!/bin/bash\n')], destinationBucket: bucket, destinationKeyPrefix: 'config/',
  });

  cluster.with(new mixins.ClusterCreationOrder({ executionRoles: [role], requirements: [upload] }));
  bucket.grantRead(role);
  new Policy(stack, 'Later', { roles: [role], statements: [new PolicyStatement({ actions: ['fsx:DescribeFileSystems'], resources: ['*'] })] });

  expect(findings(stack)).toEqual([]);
  Template.fromStack(stack).hasResource('AWS::SageMaker::Cluster', {
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^Later'), Match.stringLikeRegexp('^RoleDefaultPolicy'), Match.stringLikeRegexp('^UploadCustomResource'),
    ]),
  });
});

test('ClusterCreationOrder does not wait for a policy that needs the cluster', () => {
  const { stack, role, cluster } = bareCluster();

  cluster.with(new mixins.ClusterCreationOrder({ executionRoles: [role] }));
  role.addToPolicy(new PolicyStatement({ actions: ['sagemaker:DescribeCluster'], resources: [cluster.attrClusterArn] }));

  Template.fromStack(stack).hasResource('AWS::SageMaker::Cluster', { DependsOn: Match.absent() });
});

test.each([
  ['ClusterCreationOrder', (role: Role) => new mixins.ClusterCreationOrder({ executionRoles: [role] })],
  ['ClusterLifecycleAccess', (role: Role, bucket: Bucket) => new mixins.ClusterLifecycleAccess({ executionRole: role, bucket })],
])('%s supports clusters alone', (_, mixin) => {
  const { role, bucket, cluster } = bareCluster();
  expect(mixin(role, bucket).supports(cluster)).toBe(true);
  expect(mixin(role, bucket).supports(role)).toBe(false);
});
