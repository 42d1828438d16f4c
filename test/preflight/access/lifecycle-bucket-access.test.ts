import { CfnParameter, Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { lifecycleBucketAccess } from '../../../src/preflight/access/lifecycle-bucket-access';
import { INSTANCE_ROLE_POLICY, policy, readStatements, trustPolicy } from '../../corpus/private/building-blocks';
import { Group, group } from '../private/cluster-properties';
import { isYes, optionalGroup } from '../private/optional-groups';
import { findingsOf, testRule } from '../private/rule-tester';

const HERE = { env: { account: '111122223333', region: 'eu-west-1' } };
const URI = (index: number) => `InstanceGroups.${index}.LifeCycleConfig.SourceS3Uri`;

/** A role with the managed policy alone, which allows nothing in the buckets here, unless statements do. */
function roleOf(stack: Stack, statements: any[] = [], id = 'Role'): string {
  return new CfnRole(stack, id, {
    assumeRolePolicyDocument: trustPolicy(),
    managedPolicyArns: [ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY).managedPolicyArn],
    policies: statements.length > 0 ? [{ policyName: 'More', policyDocument: policy(...statements) }] : undefined,
  }).attrArn;
}

function reading(bucket: string, executionRole: string, props: Partial<Group> = {}): Group {
  return group('workers', { executionRole, lifeCycleConfig: { sourceS3Uri: `s3://${bucket}/config/`, onCreate: 'on_create.sh' }, ...props });
}

/** Two groups whose names are parameters; the first is there in some deployments only, and neither bucket can be read. */
function twoGroups(stack: Stack): CfnClusterProps {
  const [controller, worker] = ['ControllerGroupName', 'WorkerGroupName'].map(id => new CfnParameter(stack, id).valueAsString);
  const role = roleOf(stack);
  return {
    instanceGroups: [
      optionalGroup(stack, 'Controller', reading('first', role, { instanceGroupName: controller })),
      reading('second', role, { instanceGroupName: worker }),
    ],
  };
}

testRule(lifecycleBucketAccess, {
  silent: [
    ['a role that may read', stack => ({ instanceGroups: [reading('scripts', roleOf(stack, readStatements('arn:aws:s3:::scripts')))] }), HERE],
    ['a role that may not read, of a group without scripts', stack => ({ instanceGroups: [group('workers', { executionRole: roleOf(stack), lifeCycleConfig: undefined })] })],
    ['a bucket that is not readable, where the group never is', stack => ({
      instanceGroups: [
        reading('scripts', roleOf(stack, readStatements('arn:aws:s3:::scripts'))),
        Fn.conditionIf(isYes(stack, 'Own').logicalId, Fn.ref('AWS::NoValue'), Fn.ref('AWS::NoValue')),
      ],
    }), HERE],
  ],
  finds: [
    ['a role that may not read', stack => ({ instanceGroups: [reading('scripts', roleOf(stack))] }), 'error', ['workers'],
      ['cannot read the lifecycle scripts of instance group "workers" in s3://scripts/config/', '"Action":"s3:GetObject"'], [URI(0)], HERE],
    ['groups with one role and one bucket, and images by conditions of their own, which do not matter', stack => {
      const role = roleOf(stack);
      return {
        instanceGroups: ['a', 'b'].map(name => reading('scripts', role, {
          instanceGroupName: name,
          imageId: Fn.conditionIf(isYes(stack, `Image${name}`).logicalId, 'ami-0123456789abcdef0', Fn.ref('AWS::NoValue')).toString(),
        })),
      };
    }, 'error', ['a', 'b'], ['instance groups "a", "b" in s3://scripts/config/'], [URI(0), URI(1)], HERE],
  ],
  tokens: [
    ['a bucket that is a parameter, which the managed policy may cover', stack =>
      ({ instanceGroups: [reading(new CfnParameter(stack, 'Bucket').valueAsString, roleOf(stack))] }), 'warning', ['workers'],
    'A bucket whose name the app gives as text can be checked.', [URI(0)]],
    ['a role that is a parameter', stack => ({ instanceGroups: [reading('scripts', new CfnParameter(stack, 'NodeRole').valueAsString)] }), 'warning', ['workers'],
      'It is not known whether the role of instance group "workers" can read its lifecycle scripts: which role ${NodeRole} stands for is not known at synth.', [URI(0)]],
    ['a text parameter that is empty', stack => {
      const suffix = new CfnParameter(stack, 'Suffix', { allowedValues: ['', '-dev'], default: '' }).valueAsString;
      return { instanceGroups: [reading(`scripts${suffix}`, roleOf(stack, readStatements('arn:aws:s3:::scripts-dev')))] };
    }, 'warning', ['workers'], ['s3://scripts/config/', 'This is so when Suffix is empty.'], [URI(0)], HERE],
  ],
  findsSeveral: [
    ['two groups whose names are parameters, the first in some deployments only', twoGroups,
      ['warning LifecycleBucketAccess[${ControllerGroupName}]', 'error LifecycleBucketAccess[${WorkerGroupName}]'], HERE],
    ['what is left when one of them is acknowledged', stack => {
      const cluster = new CfnCluster(stack, 'Cluster', twoGroups(stack));
      Validations.of(cluster).acknowledge({ id: 'HyperPod-LifecycleBucketAccess[${WorkerGroupName}]', reason: 'Seen.' });
      return cluster;
    }, ['warning LifecycleBucketAccess[${ControllerGroupName}]'], HERE],
    ['what is left when the other one is', stack => {
      const cluster = new CfnCluster(stack, 'Cluster', twoGroups(stack));
      Validations.of(cluster).acknowledge({ id: 'HyperPod-LifecycleBucketAccess[${ControllerGroupName}]', reason: 'Seen.' });
      return cluster;
    }, ['error LifecycleBucketAccess[${WorkerGroupName}]'], HERE],
    ['two groups of which the second is there in some deployments only', stack => {
      const role = roleOf(stack);
      return {
        instanceGroups: [reading('scripts', role, { instanceGroupName: 'a' }), optionalGroup(stack, 'Second', reading('scripts', role, { instanceGroupName: 'b' }))],
      };
    }, ['error LifecycleBucketAccess[a]', 'warning LifecycleBucketAccess[b]'], HERE],
  ],
});

/** What has to be so for each finding; undefined for what always is. */
function whens(build: (stack: Stack) => CfnClusterProps): (string | undefined)[] {
  return findingsOf(lifecycleBucketAccess, build, HERE).map(({ description }) => /\nThis is so when (.*)\.$/.exec(description)?.[1]);
}

test('a finding says what has to be so for it, and nothing where it always is', () => {
  expect(whens(twoGroups)).toEqual(['Controller is yes', undefined]);
});

test('ten conditions in statements on something else, and on the images of twenty groups, leave one finding that is always so', () => {
  const build = (stack: Stack): CfnClusterProps => {
    const others = Array.from({ length: 10 }, (_, index) => Fn.conditionIf(isYes(stack, `Feature${index}`).logicalId,
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-west-1:111122223333:queue-${index}` }, Fn.ref('AWS::NoValue')));
    const role = roleOf(stack, others);
    return {
      instanceGroups: Array.from({ length: 20 }, (_, index) => reading('scripts', role, {
        instanceGroupName: `group-${index}`,
        imageId: Fn.conditionIf(isYes(stack, `Image${index}`).logicalId, 'ami-0123456789abcdef0', Fn.ref('AWS::NoValue')).toString(),
      })),
    };
  };
  // CDK's own validation looks at thirty conditions for minutes.
  const findings = findingsOf(lifecycleBucketAccess, build, { ...HERE, withoutValidation: true });

  expect(findings.map(({ severity }) => severity)).toEqual(['error']);
  expect(findings[0].ruleName.split(',')).toHaveLength(20);
  expect(findings[0].description).not.toContain('This is so when');
});
