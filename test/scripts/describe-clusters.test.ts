import { describeClusters } from '../../scripts/describe-clusters';

function templateWith(bucketName?: unknown) {
  return {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties: { ...(bucketName ? { BucketName: bucketName } : {}) } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'sagemaker.amazonaws.com' } }] },
          ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy']] }],
        },
      },
      Grant: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }] },
        },
      },
      Upload: { Type: 'Custom::CDKBucketDeployment', Properties: { DestinationBucketName: { Ref: 'Bucket' } } },
      Cluster: {
        Type: 'AWS::SageMaker::Cluster',
        DependsOn: ['Grant', 'Upload'],
        Properties: {
          InstanceGroups: [{
            InstanceGroupName: 'workers',
            InstanceCount: 2,
            InstanceType: 'ml.g5.8xlarge',
            ExecutionRole: { 'Fn::GetAtt': ['Role', 'Arn'] },
            LifeCycleConfig: { SourceS3Uri: { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, '/config/']] } },
          }],
        },
      },
    },
  };
}

test('names the cluster, its role, its bucket and what the role may read there', () => {
  const description = describeClusters(templateWith());

  expect(description).toContain('Cluster  Cluster\n         workers: 2 x ml.g5.8xlarge');
  expect(description).toContain('Role     Role, trusts sagemaker.amazonaws.com\n         managed policy AmazonSageMakerClusterInstanceRolePolicy');
  expect(description).toContain('Bucket   Bucket, named by CloudFormation when it is created, kept when the stack is deleted');
  expect(description).toContain('scripts at s3://<Bucket>/config/');
  expect(description).toContain('s3:ListBucket on <Bucket>');
});

test.each([
  ['a name that CloudFormation generates', undefined, 'Grant    needed: .* is not known before it exists'],
  ['another literal name', 'my-bucket', 'Grant    needed: .* this one is named my-bucket'],
  ['a name that merely contains the word', 'my-sagemaker-bucket', 'Grant    needed: .* this one is named my-sagemaker-bucket'],
  ['a sagemaker- name', 'sagemaker-scripts', 'Grant    not needed'],
  ['a sagemaker- name that ends in a token', { 'Fn::Join': ['', ['sagemaker-', { Ref: 'AWS::AccountId' }]] }, 'Grant    not needed'],
])('says why the grant was or was not needed: %s', (_, bucketName, expected) => {
  expect(describeClusters(templateWith(bucketName))).toMatch(new RegExp(expected));
});

test('lists what is created before the cluster, each after what it refers to', () => {
  const order = describeClusters(templateWith()).split('\n').filter(line => /^ +\d+\. /.test(line)).map(line => line.split(' ').pop()!);

  expect([...order].sort()).toEqual(['Bucket', 'Grant', 'Role', 'Upload']);
  expect(order.indexOf('Role')).toBeLessThan(order.indexOf('Grant'));
  expect(order.indexOf('Bucket')).toBeLessThan(order.indexOf('Upload'));
});

test('does not list what the cluster does not wait for', () => {
  const template = templateWith();
  template.Resources.Cluster.DependsOn = ['Grant'];

  expect(describeClusters(template)).not.toContain('the upload of the scripts');
});

test('names groups of several instance types, and restricted ones', () => {
  const template = templateWith();
  const [group] = template.Resources.Cluster.Properties.InstanceGroups;
  const flexible = { ...group, InstanceType: undefined, InstanceRequirements: { InstanceTypes: ['ml.g6.8xlarge', 'ml.g5.8xlarge'] } };
  const restricted = { ...group, InstanceGroupName: 'restricted', LifeCycleConfig: undefined };
  Object.assign(template.Resources.Cluster.Properties, { InstanceGroups: [flexible], RestrictedInstanceGroups: [restricted] });

  expect(describeClusters(template)).toContain('workers: 2 x ml.g6.8xlarge or ml.g5.8xlarge\n         restricted: 2 x ml.g5.8xlarge\n');
});
