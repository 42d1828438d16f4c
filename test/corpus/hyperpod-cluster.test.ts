import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { HyperPodCluster, type HyperPodClusterProps, HyperPodInstanceType, type InstanceGroupOptions, LifecycleScripts } from '../../src';
import { executionRole } from './private/building-blocks';
import { corpus, findingsOf, type Scenario } from './private/harness';

const group = (instanceGroupName: string, options: Partial<InstanceGroupOptions> = {}): InstanceGroupOptions => ({
  instanceGroupName, instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1, ...options,
});

const hyperPod = (props: (stack: Stack) => Partial<HyperPodClusterProps>): Scenario['app'] => stack => {
  new HyperPodCluster(stack, 'Cluster', { instanceGroups: [group('workers')], ...props(stack) });
};

const ON_CREATE = { onCreate: 'on_create.sh' };
const HERE = { account: '111122223333', region: 'eu-west-1' };

interface Variant {
  readonly name: string;
  readonly why: string;
  readonly props: (stack: Stack) => Partial<HyperPodClusterProps>;
  readonly env?: Scenario['env'];
}

const SILENT: Variant[] = [
  { name: 'nothing but an instance group', why: 'bucket, role, grant and order are the construct\'s', props: () => ({}) },
  { name: 'no scripts', why: 'there is nothing to read', props: () => ({ lifecycleScripts: LifecycleScripts.none() }) },
  { name: 'a VPC', why: 'the role also gets what its network needs', props: stack => ({ vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }) }) },
  { name: 'two instance groups', why: 'they share a role', props: () => ({ instanceGroups: [group('controller'), group('workers')] }) },
  {
    name: 'scripts in a bucket of the app',
    why: 'the role is granted to read them',
    props: stack => ({ lifecycleScripts: LifecycleScripts.fromBucket(new s3.Bucket(stack, 'Bucket'), 'config/', ON_CREATE) }),
  },
  {
    name: 'scripts in a bucket with a key',
    why: 'the role is granted to decrypt them, too',
    props: stack => ({ lifecycleScripts: LifecycleScripts.fromBucket(new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key') }), 'config/', ON_CREATE) }),
  },
  {
    name: 'scripts in a bucket imported by name',
    why: 'the bucket is taken to be in this account, and granted',
    props: stack => ({ lifecycleScripts: LifecycleScripts.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'our-scripts'), 'config', ON_CREATE) }),
  },
  {
    name: 'scripts in an imported sagemaker- bucket',
    why: 'the managed policy covers it',
    props: stack => ({ lifecycleScripts: LifecycleScripts.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'sagemaker-scripts'), '', ON_CREATE) }),
  },
  {
    name: 'scripts in a bucket of another stack',
    why: 'the grant is in this stack',
    props: stack => ({ lifecycleScripts: LifecycleScripts.fromBucket(new s3.Bucket(new Stack(stack.node.root, 'Storage'), 'Bucket'), 'config/', ON_CREATE) }),
  },
  { name: 'a role of one\'s own', why: 'the construct attaches a policy to it, and waits', props: stack => ({ executionRole: executionRole(stack) }) },
  {
    name: 'an imported role',
    why: 'the construct attaches a policy to it, and waits',
    env: HERE,
    props: stack => ({ executionRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/HyperPodRole') }),
  },
  {
    name: 'an imported role in an environment-agnostic stack',
    why: 'the construct attaches a policy to it, and waits',
    props: stack => ({ executionRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/HyperPodRole') }),
  },
  { name: 'a role of another stack', why: 'the policy is in the cluster\'s stack', props: stack => ({ executionRole: executionRole(new Stack(stack.node.root, 'Identity')) }) },
];

describe('HyperPodCluster is right by construction', () => {
  test.each(SILENT)('silent: $name — $why', ({ props, env }) => {
    const reported = findingsOf({ env, app: hyperPod(props) }).filter(({ rule }) => rule.startsWith('HyperPod'));
    expect(reported).toEqual([]);
  });
});

corpus('HyperPodCluster', [
  ...SILENT.map(({ name, why, props, env }) => ({ name, why, env, verdict: 'allowed' as const, app: hyperPod(props) })),
  {
    name: 'a role that the app cannot change',
    verdict: 'denied',
    why: 'the construct\'s grant is dropped, and all policies of the role are known',
    app: hyperPod(stack => ({ executionRole: executionRole(stack).withoutPolicyUpdates() })),
  },
  {
    name: 'scripts in a bucket of another account',
    verdict: 'unknown',
    why: 'the bucket\'s own policy must allow the role, and it is not in the app',
    env: HERE,
    app: hyperPod(stack => ({
      lifecycleScripts: LifecycleScripts.fromBucket(
        s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'their-scripts', account: '444455556666' }), 'config/', ON_CREATE),
    })),
  },
]);

test('an imported role that the app cannot change is one warning, with the policy that it needs', () => {
  const reported = findingsOf({ app: hyperPod(stack => ({ executionRole: iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole', { mutable: false }) })) });
  expect(reported.map(({ level, id }) => `${level} ${id}`)).toEqual(['warning HyperPod-ExecutionRoleNotChangeable']);
  for (const words of ['s3:GetObject', 's3:ListBucket']) { expect(reported[0].message).toContain(words); }
});
