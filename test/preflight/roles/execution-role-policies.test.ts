import { CfnParameter, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { CfnResourcePolicy, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { accountingSecretAccess } from '../../../src/preflight/roles/accounting-secret-access';
import { executionRoleOverBroad } from '../../../src/preflight/roles/execution-role-over-broad';
import { managedPoliciesPerRole } from '../../../src/preflight/roles/managed-policies-per-role';
import { rollbackAlarmAccess } from '../../../src/preflight/roles/rollback-alarm-access';
import { documentOf, INSTANCE_ROLE_POLICY } from '../../corpus/private/building-blocks';
import { group } from '../private/cluster-properties';
import { allow, clusterWith, deny, nodeRole } from '../private/roles';
import { testRule } from '../private/rule-tester';

const ROLE = ['InstanceGroups.0.ExecutionRole'];
const managed = (...names: string[]) => [INSTANCE_ROLE_POLICY, ...names].map(name => ManagedPolicy.fromAwsManagedPolicyName(name));

describe('power over the account', () => {
  const withPolicies = (...names: string[]) =>
    (stack: Stack) => { clusterWith(stack, nodeRole(stack, [], { managedPolicies: managed(...names) }).roleArn); };
  const withStatements = (...statements: object[]) => (stack: Stack) => { clusterWith(stack, nodeRole(stack, statements).roleArn); };

  testRule(executionRoleOverBroad, {
    silent: [
      ['everything on one bucket', withStatements(allow('s3:*', ['arn:aws:s3:::training', 'arn:aws:s3:::training/*']))],
      ['everything on some buckets', withStatements(allow('s3:*', 'arn:aws:s3:::sagemaker-*'))],
      ['reading of everything', withPolicies('AmazonS3ReadOnlyAccess')],
      ['everything under a condition', withStatements(allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'admins' } } }))],
      ['everything, limited by a boundary', stack => {
        clusterWith(stack, nodeRole(stack, [], {
          managedPolicies: managed('AdministratorAccess'), permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY),
        }).roleArn);
      }],
      ['nothing more', withPolicies()],
    ],
    finds: [
      ['AdministratorAccess', withPolicies('AdministratorAccess'),
        'warning', ['workers'], [
          'can change the permissions of every role, delete every SageMaker cluster, delete every object of every bucket', 'by AWS managed policy AdministratorAccess',
        ], ROLE],
      ['PowerUserAccess', withPolicies('PowerUserAccess'),
        'warning', ['workers'], ['can delete every SageMaker cluster, delete every object of every bucket'], ROLE],
      ['AmazonSageMakerFullAccess', withPolicies('AmazonSageMakerFullAccess'), 'warning', ['workers'], ['can delete every SageMaker cluster:'], ROLE],
      ['AmazonS3FullAccess', withPolicies('AmazonS3FullAccess'),
        'warning', ['workers'], ['can delete every object of every bucket:', 'by AWS managed policy AmazonS3FullAccess.'], ROLE],
      ['the same as a statement', withStatements(allow('s3:*')), 'warning', ['workers'], ['by inline policy More of Training/NodeRole/Resource'], ROLE],
      ['everything but IAM', withStatements({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'warning', ['workers'], [], ROLE],
      ['everything, by an imported role', stack => {
        const role = Role.fromRoleName(stack, 'Imported', 'nodes');
        new ManagedPolicy(stack, 'Everything', { document: documentOf(allow('*')), roles: [role] });
        clusterWith(stack, role.roleArn);
      }, 'warning', ['workers'], ['by Training/Everything/Resource'], ROLE],
    ],
    tokens: [
      ['everything on buckets that are a parameter', stack => withStatements(allow('s3:*', new CfnParameter(stack, 'Buckets').valueAsString))(stack)],
    ],
  });
});

describe('the number of managed policies', () => {
  const own = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) =>
    new ManagedPolicy(stack, `Policy${index}`, { document: documentOf(allow('sns:Publish', 'arn:aws:sns:us-west-2:111122223333:done')) }));

  testRule(managedPoliciesPerRole, {
    silent: [
      ['10', stack => { clusterWith(stack, nodeRole(stack, [], { managedPolicies: [...managed(), ...own(stack, 9)] }).roleArn); }],
      ['10, and inline policies', stack => {
        const role = nodeRole(stack, [allow('sns:Publish')], { managedPolicies: [...managed(), ...own(stack, 9)] });
        role.addToPolicy(PolicyStatement.fromJson(allow('sqs:SendMessage')));
        clusterWith(stack, role.roleArn);
      }],
    ],
    finds: [
      ['11', stack => { clusterWith(stack, nodeRole(stack, [], { managedPolicies: [...managed(), ...own(stack, 10)] }).roleArn); },
        'warning', ['workers'], ['carries 11 managed policies; IAM\'s quota is 10'], ROLE],
      ['11, one of which names the role', stack => {
        const role = nodeRole(stack, [], { managedPolicies: [...managed(), ...own(stack, 9)] });
        new ManagedPolicy(stack, 'Attached', { document: documentOf(allow('sns:Publish')), roles: [role] });
        clusterWith(stack, role.roleArn);
      }, 'warning', ['workers'], ['carries 11'], ROLE],
    ],
    tokens: [
      ['a list that is a parameter', stack => {
        const { valueAsList } = new CfnParameter(stack, 'Policies', { type: 'CommaDelimitedList' });
        const role = nodeRole(stack);
        (role.node.defaultChild as CfnRole).managedPolicyArns = valueAsList;
        clusterWith(stack, role.roleArn);
      }],
    ],
  });
});

describe('alarms', () => {
  const deploymentConfig = { autoRollbackConfiguration: [{ alarmName: 'loss' }] };
  const SCHEDULED = { scheduledUpdateConfig: { scheduleExpression: 'cron(0 3 ? * SUN *)', deploymentConfig } };
  const watching = (props: object, ...statements: object[]) =>
    (stack: Stack) => { clusterWith(stack, nodeRole(stack, statements).roleArn, {}, props); };

  testRule(rollbackAlarmAccess, {
    silent: [
      ['none', watching({})],
      ['none in an update', watching({ scheduledUpdateConfig: { scheduleExpression: 'cron(0 3 ? * SUN *)' } })],
      ['a role that may look at all', watching(SCHEDULED, allow('cloudwatch:DescribeAlarms'))],
      ['a role that may look at one', watching(SCHEDULED, allow('cloudwatch:DescribeAlarms', 'arn:aws:cloudwatch:us-west-2:111122223333:alarm:loss'))],
    ],
    finds: [
      ['a role without', watching(SCHEDULED),
        'warning', ['workers'], ['No policy of the role allows cloudwatch:DescribeAlarms.', '"Resource":"arn:aws:cloudwatch:${AWS::Region}:*:alarm:*"'], ROLE],
      ['a role that is denied it', watching(SCHEDULED, allow('cloudwatch:*'), deny('cloudwatch:Describe*')), 'warning', ['workers'], [], ROLE],
      ['patching', watching({ autoPatchConfig: { patchingStrategy: 'WhenIdle', deploymentConfig } }), 'warning', ['workers'], [], ROLE],
    ],
    tokens: [
      ['a configuration that only the deployment knows', stack => {
        watching({ scheduledUpdateConfig: Token.asAny({ Ref: new CfnParameter(stack, 'Updates').logicalId }) })(stack);
      }],
    ],
  });
});

describe('the secret of the accounting database', () => {
  const ARN = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:slurm-a1b2c3';
  const READ = 'secretsmanager:GetSecretValue';

  function withDatabase(stack: Stack, secretArn: string, ...statements: object[]): Role {
    const role = nodeRole(stack, statements);
    const worker = new Role(stack, 'WorkerRole', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), managedPolicies: managed() });
    new CfnCluster(stack, 'Cluster', {
      nodeProvisioningMode: 'Continuous',
      orchestrator: { slurm: { accountingDatabase: { endpoint: 'db.example.com', secretArn } } } as any,
      instanceGroups: [
        group('controller', { executionRole: role.roleArn, slurmConfig: { nodeType: 'Controller' } }),
        group('workers', { executionRole: worker.roleArn, slurmConfig: { nodeType: 'Compute', partitionNames: ['gpu'] } }),
      ],
    });
    return role;
  }

  testRule(accountingSecretAccess, {
    silent: [
      ['a role that may read it', stack => { withDatabase(stack, ARN, allow(READ, ARN)); }],
      ['a role that may read all of a name', stack => { withDatabase(stack, ARN, allow(READ, 'arn:aws:secretsmanager:*:*:secret:slurm-*')); }],
      ['an ARN without its suffix', stack => { withDatabase(stack, ARN.slice(0, -7), allow(READ, ARN)); }],
      ['a secret of the app that grants', stack => {
        const secret = new Secret(stack, 'Secret', { secretStringValue: SecretValue.unsafePlainText('x') });
        secret.grantRead(withDatabase(stack, secret.secretArn));
      }],
      ['a secret whose own policy allows the role', stack => {
        const secret = new Secret(stack, 'Secret');
        const role = withDatabase(stack, secret.secretArn);
        secret.addToResourcePolicy(PolicyStatement.fromJson({ ...allow(READ), Principal: { AWS: role.roleArn } }));
      }],
    ],
    finds: [
      ['a role without', stack => { withDatabase(stack, ARN); },
        'warning', ['controller'], ['which AWS does not document but Slurm presumably needs', `{"Effect":"Allow","Action":"${READ}","Resource":"${ARN}"}`], ROLE],
      ['a role that may read another', stack => { withDatabase(stack, ARN, allow(READ, ARN.replace('slurm', 'other'))); },
        'warning', ['controller'], [], ROLE],
      ['a secret of the app', stack => { withDatabase(stack, new Secret(stack, 'Secret').secretArn); }, 'warning', ['controller'], [], ROLE],
    ],
    tokens: [
      ['a policy of which secret is not known', stack => {
        const role = withDatabase(stack, ARN);
        new CfnResourcePolicy(stack, 'Policy', {
          secretId: new CfnParameter(stack, 'Id').valueAsString, resourcePolicy: documentOf({ ...allow(READ), Principal: { AWS: role.roleArn } }).toJSON(),
        });
      }],
      ['a secret that is a parameter, and no permissions', stack => { withDatabase(stack, new CfnParameter(stack, 'Secret').valueAsString); },
        'warning', ['controller'], [], ROLE],
      ['a secret that is a parameter, and some permission', stack => { withDatabase(stack, new CfnParameter(stack, 'Secret').valueAsString, allow(READ, ARN)); }],
    ],
  });
});
