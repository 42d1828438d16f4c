import { type App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodCluster, HyperPodPreflight, LifecycleScripts, mixins } from '../../src';
import { group, importedVpc } from '../cluster/fixtures';
import { testApp } from '../private/app';

const BUCKET = 'lifecycle-scripts';

let app: App;
let stack: Stack;
let other: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'S');
  other = new Stack(app, 'Other');
});

const given = (scope: Stack, options = {}) => Role.fromRoleName(scope, 'R', 'HyperPodNodes', options);
const scriptsOf = (scope: Stack) => Bucket.fromBucketName(scope, 'Scripts', BUCKET);

function construct(scope: Stack, executionRole: IRole = given(scope)): void {
  new HyperPodCluster(scope, 'Training', {
    executionRole,
    vpc: importedVpc(scope),
    instanceGroups: [group('workers')],
    lifecycleScripts: LifecycleScripts.fromBucket(scriptsOf(scope), 'config', { onInitComplete: 'setup.sh' }),
  });
}

/** A cluster with all that the mixins bring, but the permissions for its network. */
function bareWithMixins(scope: Stack): void {
  const executionRole = given(scope);
  const bucket = scriptsOf(scope);
  new CfnCluster(scope, 'Cluster', {
    vpcConfig: { subnets: ['subnet-11111111'], securityGroupIds: ['sg-11111111'] },
    instanceGroups: [{
      instanceGroupName: 'workers',
      instanceType: 'ml.m5.xlarge',
      instanceCount: 1,
      executionRole: executionRole.roleArn,
      lifeCycleConfig: { sourceS3Uri: bucket.s3UrlForObject('config/'), onInitComplete: 'setup.sh' },
    }],
  }).with(new mixins.ClusterLifecycleAccess({ executionRole, bucket, prefix: 'config/' }), new mixins.ClusterCreationOrder({ executionRoles: [executionRole] }));
  HyperPodPreflight.applyTo(scope);
}

const SPELLINGS: [string, (scope: Stack) => void][] = [
  ['the construct', scope => construct(scope)],
  ['the construct in a nested stack', scope => construct(new NestedStack(scope, 'Nested'))],
  ['the construct with a role that cannot be changed', scope => construct(scope, given(scope, { mutable: false }))],
  ['a bare cluster with the mixins', bareWithMixins],
];

const data = (options = {}) => new Bucket(other, 'Data', options);
const FOREIGN: [string, () => void][] = [
  ['a table', () => new Table(other, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } }).grantReadData(given(other))],
  ['a bucket', () => data().grantReadWrite(given(other))],
  ['logs and metrics of a dashboard', () => new Policy(other, 'P', {
    roles: [given(other)], statements: [new PolicyStatement({ actions: ['logs:GetLogEvents', 'cloudwatch:GetMetricData'], resources: ['*'] })],
  })],
  ['a managed policy that lists the role', () => new ManagedPolicy(other, 'P', {
    roles: [given(other)], statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })],
  })],
];

/** Also what CDK orders when it prepares the app. */
function synthesized(): { dependencies: string[]; findings: string[] } {
  const annotations = Annotations.fromStack(stack);
  const found = [...annotations.findError('*', Match.stringLikeRegexp('HyperPod-')), ...annotations.findWarning('*', Match.stringLikeRegexp('Ordering'))];
  return { dependencies: stack.dependencies.map(({ node }) => node.id), findings: found.map(({ entry }) => String(entry.data)) };
}

describe.each(SPELLINGS)('%s', (_, define) => {
  test.each(FOREIGN)('does not order its stack behind one that grants its role what has nothing to do with it: %s', (__, grant) => {
    define(stack);
    grant();

    expect(synthesized().dependencies).toEqual([]);
    expect(synthesized().findings.filter(finding => finding.includes('PolicyOrdering'))).toEqual([]);
  });
});

describe('the stack is ordered behind one that grants the role what the cluster lacks', () => {
  const NEEDED: [string, () => void, () => void][] = [
    ['the scripts', () => construct(stack, given(stack, { mutable: false })), () => scriptsOf(other).grantRead(given(other), 'config/*')],
    ['the scripts, with any action', () => construct(stack, given(stack, { mutable: false })), () => new Policy(other, 'P', {
      roles: [given(other)], statements: [new PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
    })],
    ['the network', () => construct(stack, given(stack, { mutable: false })), () => new ManagedPolicy(other, 'P', {
      roles: [given(other)], statements: [new PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: ['*'] })],
    })],
    ['the network of a bare cluster with the mixins', () => bareWithMixins(stack), () => new Policy(other, 'P', {
      roles: [given(other)], statements: [new PolicyStatement({ actions: ['ec2:*'], resources: ['*'] })],
    })],
    ['the key of the scripts', () => construct(stack, given(stack, { mutable: false })), () => new Key(other, 'Key').grantDecrypt(given(other))],
    ['scripts of which it is not known where they lie', () => {
      const executionRole = given(stack, { mutable: false });
      new HyperPodCluster(stack, 'Training', {
        executionRole,
        instanceGroups: [group('workers')],
        lifecycleScripts: LifecycleScripts.fromBucket(Bucket.fromBucketName(stack, 'B', new CfnParameter(stack, 'Name').valueAsString), 'config', { onInitComplete: 'a.sh' }),
      });
    }, () => scriptsOf(other).grantRead(given(other))],
  ];

  test.each(NEEDED)('%s', (_, define, grant) => {
    define();
    grant();

    expect(synthesized().dependencies).toEqual(['Other']);
    expect(synthesized().findings.filter(finding => finding.includes('PolicyOrdering'))).toEqual([]);
  });
});

test('a bucket of its own tells that no key is needed, whatever keys another stack grants', () => {
  new HyperPodCluster(stack, 'Training', { executionRole: given(stack, { mutable: false }), instanceGroups: [group('workers')] });
  data({ encryption: BucketEncryption.KMS }).grantRead(given(other));

  expect(synthesized().dependencies).toEqual([]);
});

test('a policy in a nested stack of its own still comes first', () => {
  construct(stack);
  data();
  const nested = new NestedStack(stack, 'Nested');
  new Policy(nested, 'P', { roles: [given(nested)], statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })] });

  expect(synthesized().findings).toEqual([]);
  const cluster = Object.values<any>(app.synth().getStackByName('S').template.Resources).find(({ Type }) => Type === 'AWS::SageMaker::Cluster');
  expect(cluster.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^NestedNested/)]));
});

describe('two clusters in two stacks with one role know nothing of each other', () => {
  const bucketOf = (scope: Stack): IBucket => Bucket.fromBucketName(scope, 'Scripts', `scripts-${scope.node.id.toLowerCase()}`);
  const owned = () => new Role(new Stack(app, 'Roles'), 'R', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
  });

  test.each<[string, () => (scope: Stack) => IRole, string[]]>([
    ['imported by name', () => scope => given(scope), []],
    ['imported by ARN', () => scope => Role.fromRoleArn(scope, 'R', 'arn:aws:iam::111122223333:role/HyperPodNodes'), []],
    ['imported from an export', () => scope => Role.fromRoleName(scope, 'R', Fn.importValue('NodesRole')), []],
    ['of a third stack', () => {
      const role = owned();
      return () => role;
    }, ['Roles']],
  ])('%s', (_, roles, dependencies) => {
    const roleIn = roles();
    for (const scope of [stack, other]) {
      new HyperPodCluster(scope, 'Training', {
        executionRole: roleIn(scope),
        vpc: importedVpc(scope),
        instanceGroups: [group('workers')],
        lifecycleScripts: LifecycleScripts.fromBucket(bucketOf(scope), 'config', { onInitComplete: 'setup.sh' }),
      });
    }

    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HyperPod-'))).toEqual([]);
    expect(Annotations.fromStack(other).findWarning('*', Match.stringLikeRegexp('HyperPod-'))).toEqual([]);
    expect([stack, other].map(one => one.dependencies.map(({ node }) => node.id))).toEqual([dependencies, dependencies]);
  });

  test('nor in two nested stacks, or a nested stack and its parent', () => {
    data();
    const nested = ['A', 'B'].map(id => new NestedStack(stack, id));
    for (const scope of [stack, ...nested]) {
      new HyperPodCluster(scope, 'Training', {
        executionRole: given(scope), vpc: importedVpc(scope), instanceGroups: [group('workers')], lifecycleScripts: LifecycleScripts.none(),
      });
    }

    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HyperPod-'))).toEqual([]);
  });
});
