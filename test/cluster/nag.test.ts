import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Fn, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import { Group, IGrantable, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { clusterIn, group, importedVpc } from './fixtures';
import { FULL_CLUSTERS } from './full-clusters';
import { HyperPodInstanceType, LifecycleScripts, Orchestrator, SlurmNode, UpdateBatchSize } from '../../src';
import { testApp } from '../private/app';

const PACKS: [string, () => IPolicyValidationPlugin][] = [
  ['AwsSolutions', () => new AwsSolutionsChecks()],
  ['HIPAA.Security', () => new HIPAASecurityChecks()],
  ['NIST.800.53.R4', () => new NIST80053R4Checks()],
  ['NIST.800.53.R5', () => new NIST80053R5Checks()],
  ['PCI.DSS.321', () => new PCIDSS321Checks()],
  ['Serverless', () => new ServerlessChecks()],
];

interface Report {
  readonly violations: string[];
  readonly acknowledged: { path: string; rule: string; reason: string }[];
}

/** What the packs report of an app. The VPC in these apps is imported, so that all that can be reported is the cluster's. */
function reportOf(app: App, packs: IPolicyValidationPlugin[]): Report {
  Validations.of(app).addPlugins(...packs);
  try {
    app.synth();
  } catch {
    // Findings make synthesis throw; the report says which.
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const ofPacks = report.pluginReports.filter(({ pluginName }: any) => PACKS.some(([name]) => name === pluginName));
  expect(ofPacks).toHaveLength(packs.length);
  return {
    violations: ofPacks.flatMap((pack: any) => pack.violations).map((violation: any) =>
      `${violation.ruleName} on ${violation.violatingConstructs.map(({ constructPath }: any) => constructPath)}`),
    acknowledged: ofPacks.flatMap((pack: any) => pack.suppressedViolations ?? []).flatMap((violation: any) =>
      violation.violatingConstructs.map(({ constructPath }: any) => ({ path: constructPath, rule: violation.ruleName, reason: violation.reason }))),
  };
}

function scriptsDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'nag-'));
  writeFileSync(join(directory, 'on_create.sh'), '#!/bin/bash\n');
  return directory;
}

function quickstart(): { app: App; stack: Stack } {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  clusterIn(stack, {
    vpc: importedVpc(stack),
    instanceGroups: [
      group('controller', { slurmNode: SlurmNode.controller() }),
      group('workers', { slurmNode: SlurmNode.compute('gpu'), instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 4 }),
    ],
    lifecycleScripts: LifecycleScripts.fromAsset(scriptsDirectory(), { onCreate: 'on_create.sh' }),
  });
  return { app, stack };
}

test.each(PACKS)('%s finds nothing on the default cluster that is not acknowledged with a reason', (_, pack) => {
  const { violations, acknowledged } = reportOf(quickstart().app, [pack()]);

  expect(violations).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.filter(({ reason }) => !(reason.length > 30))).toEqual([]);
});

test.each(FULL_CLUSTERS)('AwsSolutions finds nothing on a full cluster that is not acknowledged with a reason: %s', (_, define) => {
  const app = testApp();
  const cluster = define(new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } }));
  const { violations, acknowledged } = reportOf(app, [new AwsSolutionsChecks()]);

  expect(violations.filter(violation => violation.includes(cluster.node.path))).toEqual([]);
  expect(acknowledged.filter(({ reason }) => !(reason.length > 30))).toEqual([]);
});

test('the permission to look at composite alarms is acknowledged', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const alarm = Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:failures');
  const composite = new CompositeAlarm(stack, 'Composite', { alarmRule: AlarmRule.fromAlarm(alarm, AlarmState.ALARM) });
  const rollingUpdate = { maximumBatchSize: UpdateBatchSize.instances(1), rollbackAlarms: [composite] };
  clusterIn(stack, { instanceGroups: [group('workers', { scheduledUpdate: { scheduleExpression: 'cron(0 3 ? * SUN *)', rollingUpdate } })] });

  expect(reportOf(app, [new AwsSolutionsChecks()]).violations).toEqual([]);
});

test('acknowledgements lie on the resources they are about, none on the stack or on the cluster', () => {
  const { stack } = quickstart();
  const acknowledging = stack.node.findAll()
    .filter(({ node }) => node.metadata.some(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY))
    .map(({ node }) => node.path);

  const handler = 'Stack/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C';
  expect(acknowledging.sort()).toEqual([
    handler,
    `${handler}/ServiceRole`,
    'Stack/Training/ExecutionRole',
    'Stack/Training/ExecutionRolePolicy',
    'Stack/Training/LifecycleBucket',
    'Stack/Training/SecurityGroup/FromItself',
  ]);
});

test('acknowledging what CDK\'s shared handler does for this cluster leaves open what it does for others', () => {
  const { app, stack } = quickstart();
  const handlerRole = stack.node.findChild('Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C').node.findChild('ServiceRole') as Role;
  Bucket.fromBucketName(stack, 'Other', 'other-bucket').grantRead(handlerRole);

  expect(reportOf(app, [new AwsSolutionsChecks()]).violations)
    .toEqual([expect.stringContaining('AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::other-bucket/*]')]);
});

test('nothing is found on a cluster of EKS, with roles and buckets of all sorts', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const bucketOf = (id: string, name: string) => Bucket.fromBucketName(stack, id, name);
  const lifecycleScripts = (id: string, name: string) => LifecycleScripts.fromBucket(bucketOf(id, name), 'config', { onCreate: 'on_create.sh' });
  clusterIn(stack, {
    vpc: importedVpc(stack),
    orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })),
    executionRole: new Role(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }),
    instanceGroups: [
      group('named', { lifecycleScripts: lifecycleScripts('Named', 'lifecycle-scripts') }),
      group('exported', { lifecycleScripts: lifecycleScripts('Exported', Fn.importValue('ScriptsBucket')) }),
      group('computed', { lifecycleScripts: lifecycleScripts('Computed', Fn.select(0, Fn.split(',', Fn.importValue('Buckets')))) }),
      group('substituted', { lifecycleScripts: lifecycleScripts('Substituted', Fn.sub('scripts-${AWS::AccountId}')) }),
      group('imported', { executionRole: Role.fromRoleName(stack, 'Imported', 'hyperpod') }),
    ],
  });

  expect(reportOf(app, [new AwsSolutionsChecks()]).violations).toEqual([]);
});

test.each<[string, (stack: Stack) => IBucket]>([
  ['a key that it knows', stack => new Bucket(stack, 'Bucket', {
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }), enforceSSL: true, serverAccessLogsBucket: Bucket.fromBucketName(stack, 'Logs', 'access-logs'),
  })],
  ['a key of its own', stack => new Bucket(stack, 'Bucket', {
    encryption: BucketEncryption.KMS, enforceSSL: true, serverAccessLogsBucket: Bucket.fromBucketName(stack, 'Logs', 'access-logs'),
  })],
  ['an imported key', stack => Bucket.fromBucketAttributes(stack, 'Bucket', {
    bucketName: 'lifecycle-scripts', encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555'),
  })],
])('nothing is found on the upload to a bucket with %s', (_, bucket) => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  clusterIn(stack, { lifecycleBucket: bucket(stack), lifecycleScripts: LifecycleScripts.inline({ 'a.sh': '#!/bin/bash\n' }, { onInitComplete: 'a.sh' }) });

  expect(reportOf(app, [new AwsSolutionsChecks()]).violations.filter(violation => !violation.includes('KMS5'))).toEqual([]);
});

test.each<[string, (stack: Stack) => IGrantable]>([
  ['a role', stack => new Role(stack, 'Scientist', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })],
  ['an imported role', stack => Role.fromRoleName(stack, 'Scientist', 'scientist')],
  ['a user', stack => User.fromUserName(stack, 'Scientist', 'scientist')],
  ['a group', stack => new Group(stack, 'Scientists')],
])('nothing is found on the permission to open sessions: %s', (_, grantee) => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  clusterIn(stack, { lifecycleScripts: LifecycleScripts.none() }).grants.startSession(grantee(stack));
  const { violations, acknowledged } = reportOf(app, [new AwsSolutionsChecks()]);

  expect(violations).toEqual([]);
  expect(acknowledged.filter(({ rule }) => rule.includes('session/'))).toHaveLength(2);
});

test('whoever may open sessions, what else they may do is still looked at', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const role = new Role(stack, 'Scientist', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  clusterIn(stack, { lifecycleScripts: LifecycleScripts.none() }).grants.startSession(role);
  Bucket.fromBucketName(stack, 'Other', 'other-bucket').grantPut(role);

  expect(reportOf(app, [new AwsSolutionsChecks()]).violations).toEqual(expect.arrayContaining([expect.stringContaining('other-bucket/*')]));
});
