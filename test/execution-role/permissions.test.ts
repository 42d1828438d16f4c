import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import { CompositePrincipal, IRole, LazyRole, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { ClusterAutoScaling, HyperPodClusterProps, HyperPodPreflight, LifecycleScripts, mixins, Orchestrator } from '../../src';
import { clusterIn, clusterProperties, group, importedVpc } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, testApp } from '../private/app';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/hyperpod';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

const NETWORK_TAGS = {
  Effect: 'Allow',
  Action: 'ec2:CreateTags',
  Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:*:*:network-interface/*']] },
};

// https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
const SLURM_VPC = [
  {
    Effect: 'Allow',
    Action: [
      'ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface',
      'ec2:DeleteNetworkInterfacePermission', 'ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'ec2:DetachNetworkInterface',
    ],
    Resource: '*',
  },
  NETWORK_TAGS,
];

const EKS = [
  {
    Effect: 'Allow',
    Action: expect.arrayContaining([
      ...SLURM_VPC[0].Action as string[], 'ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes', 'ec2:DescribeTags', 'ec2:ModifyNetworkInterfaceAttribute', 'ec2:UnassignPrivateIpAddresses',
    ]),
    Resource: '*',
  },
  {
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer'],
    Resource: '*',
  },
  { Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: '*' },
  NETWORK_TAGS,
];

const none = { lifecycleScripts: LifecycleScripts.none() };

function eksProps() {
  const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');
  return {
    vpc: importedVpc(stack),
    orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })),
    lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' }),
  };
}

function statementsOf(policyIdPrefix: string): any[] {
  return Object.entries(resourcesOfType(stack, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(policyIdPrefix))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
}

function notChangeableWarnings(): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cannot be changed by this app')).map(({ entry }) => String(entry.data));
}

describe('the role that the cluster makes', () => {
  test('trusts SageMaker and carries the managed policy, which is not a service role policy', () => {
    clusterIn(stack, none);

    expect(onlyResource(stack, 'AWS::IAM::Role').resource.Properties).toMatchObject({
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] },
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy']] }],
    });
  });

  test('has no policy of its own where nothing needs one', () => {
    clusterIn(stack, none);

    expect(resourcesOfType(stack, 'AWS::IAM::Policy')).toEqual({});
  });

  test('on Slurm in a VPC: exactly what AWS documents', () => {
    clusterIn(stack, { ...none, vpc: importedVpc(stack) });

    expect(statementsOf('TrainingExecutionRolePolicy')).toEqual(SLURM_VPC);
  });

  test('on EKS: exactly what AWS documents', () => {
    clusterIn(stack, eksProps());

    const statements = statementsOf('TrainingExecutionRolePolicy');
    expect(statements).toEqual(EKS);
    expect(statements[0].Action).toHaveLength(17);
  });
});

describe('roles that are given', () => {
  const given = (id = 'Given'): Role => new Role(stack, id, {
    assumedBy: new CompositePrincipal(new ServicePrincipal('sagemaker.amazonaws.com')),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
  });

  test('the cluster makes none', () => {
    const executionRole = given();
    const cluster = clusterIn(stack, { ...none, executionRole });

    expect(cluster.executionRole).toBe(executionRole);
    expect(clusterProperties(stack).InstanceGroups[0].ExecutionRole).toEqual({ 'Fn::GetAtt': [onlyResource(stack, 'AWS::IAM::Role').logicalId, 'Arn'] });
  });

  test('get the same statements, in a policy of the cluster and not in their DefaultPolicy', () => {
    clusterIn(stack, { ...none, vpc: importedVpc(stack), executionRole: given() });

    expect(onlyResource(stack, 'AWS::IAM::Policy')).toMatchObject({
      logicalId: expect.stringMatching(/^TrainingExecutionRolePolicy/),
      resource: { Properties: { PolicyDocument: { Statement: SLURM_VPC }, Roles: [{ Ref: expect.stringMatching(/^Given/) }] } },
    });
  });

  test('get them too if they come into being when they are used', () => {
    const executionRole = new LazyRole(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    clusterIn(stack, { ...none, vpc: importedVpc(stack), executionRole });

    expect(statementsOf('TrainingExecutionRolePolicy')).toEqual(SLURM_VPC);
    expect(notChangeableWarnings()).toEqual([]);
  });

  test('for single groups get their own', () => {
    clusterIn(stack, {
      ...none,
      vpc: importedVpc(stack),
      instanceGroups: [group('a'), group('b', { executionRole: given('B') }), group('c', { executionRole: given('C') })],
    });

    const policies = Object.values(resourcesOfType(stack, 'AWS::IAM::Policy'));
    expect(policies.map(policy => policy.Properties.PolicyDocument.Statement)).toEqual([SLURM_VPC, SLURM_VPC, SLURM_VPC]);
    expect(new Set(policies.map(policy => policy.Properties.Roles[0].Ref)).size).toBe(3);
  });

  test('for several groups get one policy', () => {
    const executionRole = given();
    clusterIn(stack, { ...none, vpc: importedVpc(stack), instanceGroups: [group('a', { executionRole }), group('b', { executionRole })] });

    expect(Object.keys(resourcesOfType(stack, 'AWS::IAM::Policy'))).toHaveLength(1);
  });

  test('imported from the same account get a policy by name', () => {
    clusterIn(stack, { ...none, vpc: importedVpc(stack), executionRole: Role.fromRoleArn(stack, 'Given', ROLE_ARN) });

    expect(onlyResource(stack, 'AWS::IAM::Policy').resource.Properties).toMatchObject({ PolicyDocument: { Statement: SLURM_VPC }, Roles: ['hyperpod'] });
    expect(clusterProperties(stack).InstanceGroups[0].ExecutionRole).toBe(ROLE_ARN);
    expect(notChangeableWarnings()).toEqual([]);
  });

  test('defined in another stack get a policy in the stack of the cluster', () => {
    const rolesStack = new Stack(stack.node.root as App, 'Roles', { env: { account: stack.account, region: stack.region } });
    const executionRole = new Role(rolesStack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    clusterIn(stack, { ...none, vpc: importedVpc(stack), executionRole });

    expect(onlyResource(stack, 'AWS::IAM::Policy').resource.Properties).toMatchObject({
      PolicyDocument: { Statement: SLURM_VPC }, Roles: [{ 'Fn::ImportValue': expect.any(String) }],
    });
  });
});

describe('a role of another account, which cannot be passed to a service of this one, fails', () => {
  const theirs = () => Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::444455556666:role/hyperpod');

  test.each<[string, () => HyperPodClusterProps]>([
    ['as execution role', () => ({ executionRole: theirs() })],
    ['as execution role of a group', () => ({ instanceGroups: [group('a', { executionRole: theirs() })] })],
    ['as cluster role', () => ({ ...eksProps(), autoScaling: ClusterAutoScaling.karpenter({ clusterRole: theirs() }) })],
  ])('%s', (_, props) => {
    expect(() => clusterIn(stack, { ...none, ...props() })).toThrow(expect.objectContaining({
      name: 'RoleInAnotherAccount', message: expect.stringContaining('role "Stack/Given" is in account 444455556666, but the cluster in 111122223333'),
    }));
  });

  test('not where the account of the cluster is known at deployment only', () => {
    stack = new Stack(testApp(), 'Stack');
    clusterIn(stack, { ...none, executionRole: theirs() });

    expect(clusterProperties(stack).InstanceGroups[0].ExecutionRole).toBe('arn:aws:iam::444455556666:role/hyperpod');
  });
});

describe('a role that cannot be changed gets nothing, and a warning prints the policy to attach', () => {
  test.each<[string, () => IRole]>([
    ['imported as immutable', () => Role.fromRoleArn(stack, 'Given', ROLE_ARN, { mutable: false })],
    [
      'used without policy updates',
      () => new Role(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }).withoutPolicyUpdates(),
    ],
  ])('%s', (_, executionRole) => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'lifecycle-scripts');
    clusterIn(stack, {
      vpc: importedVpc(stack),
      executionRole: executionRole(),
      lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' }),
    });

    expect(resourcesOfType(stack, 'AWS::IAM::Policy')).toEqual({});
    const printed = notChangeableWarnings().map(warning => JSON.parse(warning.slice(warning.indexOf('{'), warning.lastIndexOf('}') + 1)));
    const Condition = { StringEquals: { 'aws:ResourceAccount': '111122223333' } };
    expect(printed).toEqual([{
      Version: '2012-10-17',
      Statement: [
        SLURM_VPC[0],
        { ...NETWORK_TAGS, Resource: 'arn:${AWS::Partition}:ec2:*:*:network-interface/*' },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:${AWS::Partition}:s3:::lifecycle-scripts', Condition },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:${AWS::Partition}:s3:::lifecycle-scripts/config/*', Condition },
      ],
    }]);
    expect(notChangeableWarnings()[0]).toContain('the permissions that HyperPod needs for its network, to read its lifecycle scripts; unless');
    expect(notChangeableWarnings()[0]).toContain('[ack: Annotation::HyperPod-ExecutionRoleNotChangeable]');
  });

  describe('one policy, with the prefix that every version of the scripts has', () => {
    const inline = (text: string) => LifecycleScripts.inline({ 'tools.sh': `#!/bin/bash\n${text}\n` }, { onInitComplete: 'tools.sh' });
    const immutable = (scope: Construct, id = 'Given') => Role.fromRoleArn(scope, id, ROLE_ARN, { mutable: false });
    const bare = (inStack: Stack, ...prefixes: string[]) => {
      const executionRole = immutable(inStack);
      const bucket = Bucket.fromBucketName(inStack, 'Scripts', 'lifecycle-scripts');
      const cluster = new CfnCluster(inStack, 'Cluster', {
        instanceGroups: prefixes.map((prefix, index) => ({
          instanceGroupName: `workers${index}`,
          instanceType: 'ml.m5.xlarge',
          instanceCount: 1,
          executionRole: executionRole.roleArn,
          lifeCycleConfig: { sourceS3Uri: bucket.s3UrlForObject(prefix), onInitComplete: 'tools.sh' },
        })),
      });
      prefixes.forEach(prefix => cluster.with(new mixins.ClusterLifecycleAccess({ executionRole, bucket, prefix })));
      HyperPodPreflight.applyTo(inStack);
    };

    test.each<[string, (inStack: Stack) => void, string[]]>([
      ['an immutable role', inStack => clusterIn(inStack, { vpc: importedVpc(inStack), executionRole: immutable(inStack), lifecycleScripts: inline('ls') }),
        ['Scripts[0-9A-F]{8}/\\*']],
      ['a customized role', inStack => {
        Role.customizeRoles(inStack, {
          usePrecreatedRoles: {
            'Stack/Training/ExecutionRole': 'nodes',
            'Stack/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C/ServiceRole': 'uploader',
          },
        });
        clusterIn(inStack, { vpc: importedVpc(inStack), lifecycleScripts: inline('ls') });
      }, ['Scripts[0-9A-F]{8}/\\*']],
      ['in a nested stack', inStack => {
        const nested = new NestedStack(inStack, 'Nested');
        clusterIn(nested, { executionRole: immutable(nested), lifecycleScripts: inline('ls') });
      }, ['Scripts[0-9A-F]{8}/\\*']],
      ['scripts of several groups', inStack => clusterIn(inStack, {
        executionRole: immutable(inStack),
        lifecycleScripts: inline('ls'),
        instanceGroups: [group('a'), group('b', { lifecycleScripts: inline('pwd') })],
      }), ['Scripts[0-9A-F]{8}/\\*', 'Scriptsb[0-9A-F]{8}/\\*']],
      ['a group that comes later', inStack => clusterIn(inStack, { executionRole: immutable(inStack), lifecycleScripts: inline('ls') })
        .addInstanceGroup(group('b', { lifecycleScripts: inline('pwd') })), ['Scripts[0-9A-F]{8}/\\*', 'Scriptsb[0-9A-F]{8}/\\*']],
      ['the mixin', inStack => bare(inStack, 'config/'), ['/config/\\*']],
      ['the mixin, several times', inStack => bare(inStack, 'config/', 'shared/'), ['/config/\\*', '/shared/\\*']],
    ])('%s', (_, define, resources) => {
      define(stack);
      const annotations = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));

      expect(annotations).toEqual([expect.stringContaining('cannot be changed by this app')]);
      const policy = JSON.parse(annotations[0].slice(annotations[0].indexOf('{\n'), annotations[0].lastIndexOf('}') + 1));
      const objects = policy.Statement.filter(({ Action }: any) => Action === 's3:GetObject').map(({ Resource }: any) => Resource);
      expect(objects).toEqual(resources.map(resource => expect.stringMatching(new RegExp(`${resource}$`))));
      expect(annotations.filter(warning => /[0-9a-f]{32}/.test(warning))).toEqual([]);
    });

    test('what is not known for another reason is still said', () => {
      const name = new CfnParameter(stack, 'Endpoint').valueAsString;
      const bucket = Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'lifecycle-scripts', account: name });
      clusterIn(stack, { executionRole: immutable(stack), lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' }) });

      expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HyperPod-LifecycleBucketAccess'))).toHaveLength(1);
    });

    test('a bare cluster that nobody prints anything for is warned of', () => {
      HyperPodPreflight.applyTo(stack);
      new CfnCluster(stack, 'Other', {
        instanceGroups: [{
          instanceGroupName: 'workers',
          instanceType: 'ml.m5.xlarge',
          instanceCount: 1,
          executionRole: ROLE_ARN,
          lifeCycleConfig: { sourceS3Uri: 's3://lifecycle-scripts/config/', onInitComplete: 'tools.sh' },
        }],
      });

      expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HyperPod-LifecycleBucketAccess'))).toHaveLength(1);
    });
  });

  test('beside a role that can be changed, each gets what it can', () => {
    const executionRole = Role.fromRoleArn(stack, 'Given', ROLE_ARN, { mutable: false });
    clusterIn(stack, { ...none, vpc: importedVpc(stack), instanceGroups: [group('a'), group('b', { executionRole })] });

    expect(Object.keys(resourcesOfType(stack, 'AWS::IAM::Policy'))).toHaveLength(1);
    expect(notChangeableWarnings()).toHaveLength(1);
  });

  test('is not warned of where it needs nothing', () => {
    clusterIn(stack, { ...none, executionRole: Role.fromRoleArn(stack, 'Given', ROLE_ARN, { mutable: false }) });

    expect(notChangeableWarnings()).toEqual([]);
  });
});
