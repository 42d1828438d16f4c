import { Size, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { LustreDeploymentType, LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import { IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Alias, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ClusterAutoScaling, HyperPodCluster, HyperPodClusterProps, HyperPodInstanceType, InstanceGroupOptions, InstanceStorage, LifecycleScripts,
  Orchestrator, RestrictedInstanceGroupOptions, SlurmNode, UpdateBatchSize,
} from '../../src';
import { clusterDependsOn, clusterIn, clusterProperties, group, importedVpc } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, testApp } from '../private/app';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const OTHER_KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/66666666-2222-3333-4444-555555555555';
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:accounting-AbCdEf';
const ALARM_ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:failures';
const VIA_SAGEMAKER = { 'kms:ViaService': { 'Fn::Join': ['', ['sagemaker.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } };
const VIA_SECRETS_MANAGER = { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

/** All statements of all policies, without those that the network of the cluster needs, and without `Effect`, which always is `Allow`. */
function statements(): any[] {
  const all = Object.values(resourcesOfType(stack, 'AWS::IAM::Policy')).flatMap(policy => policy.Properties.PolicyDocument.Statement);
  return all.filter(({ Action }) => ![Action].flat().some(action => /^(ec2|ecr|eks-auth):/.test(action))).map(({ Effect, ...rest }) => {
    expect(Effect).toBe('Allow');
    return rest;
  });
}

const key = (id = 'Key', arn = KEY_ARN) => Key.fromKeyArn(stack, id, arn);
const noScripts = { lifecycleScripts: LifecycleScripts.none() };
const volume = (encryptionKey?: IKey) => InstanceStorage.ebs({ volumeSize: Size.gibibytes(1), encryptionKey });

/** A cluster of Slurm in which every group says what its nodes do, as continuous provisioning asks for. */
function slurm(workers: Partial<InstanceGroupOptions>, props: HyperPodClusterProps = {}): HyperPodCluster {
  return clusterIn(stack, {
    ...noScripts,
    instanceGroups: [group('controller', { slurmNode: SlurmNode.controller() }), group('workers', { slurmNode: SlurmNode.compute('gpu'), ...workers })],
    ...props,
  });
}

describe('the key of a volume', () => {
  const grants = (Resource: string) => [
    { Action: 'kms:CreateGrant', Resource, Condition: { StringEquals: VIA_SAGEMAKER, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    { Action: 'kms:DescribeKey', Resource, Condition: { StringEquals: VIA_SAGEMAKER } },
  ];

  test.each<[string, () => InstanceStorage[], object[]]>([
    ['of the secondary volume', () => [volume(key())], grants(KEY_ARN)],
    ['of the root volume', () => [InstanceStorage.rootVolumeKey(key())], grants(KEY_ARN)],
    ['of both, once', () => [key()].flatMap(both => [volume(both), InstanceStorage.rootVolumeKey(both)]), grants(KEY_ARN)],
    [
      'of each',
      () => [volume(key()), InstanceStorage.rootVolumeKey(key('Other', OTHER_KEY_ARN))],
      [...grants(KEY_ARN), ...grants(OTHER_KEY_ARN)],
    ],
    ['of none', () => [volume()], []],
  ])('%s', (_, instanceStorageConfigs, expected) => {
    slurm({ instanceStorageConfigs: instanceStorageConfigs() });

    expect(statements()).toEqual(expected);
  });
});

test('an FSx for Lustre file system of the app may be looked up, and no other', () => {
  const vpc = importedVpc(stack);
  const fileSystem = new LustreFileSystem(stack, 'Scratch', {
    vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: LustreDeploymentType.SCRATCH_2 },
  });
  slurm({ instanceStorageConfigs: [InstanceStorage.lustre(fileSystem)] }, { vpc });

  const Resource = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':fsx:eu-west-1:111122223333:file-system/', { Ref: onlyResource(stack, 'AWS::FSx::FileSystem').logicalId }]] };
  expect(statements()).toEqual([{ Action: 'fsx:DescribeFileSystems', Resource }]);
});

describe('the alarms that roll updates back', () => {
  const update = (...rollbackAlarms: IAlarm[]): Partial<InstanceGroupOptions> => ({
    scheduledUpdate: { scheduleExpression: 'cron(0 3 ? * SUN *)', rollingUpdate: { maximumBatchSize: UpdateBatchSize.instances(1), rollbackAlarms } },
  });
  const imported = () => Alarm.fromAlarmArn(stack, 'Alarm', ALARM_ARN);

  test('may be looked at, and no other', () => {
    slurm(update(imported()));

    expect(statements()).toEqual([{ Action: 'cloudwatch:DescribeAlarms', Resource: ALARM_ARN }]);
  });

  test('may be looked at with all others if one is composite: CloudWatch asks for that', () => {
    const composite = new CompositeAlarm(stack, 'Composite', { alarmRule: AlarmRule.fromAlarm(imported(), AlarmState.ALARM) });
    slurm(update(composite));

    expect(statements()).toEqual([{ Action: 'cloudwatch:DescribeAlarms', Resource: '*' }]);
  });

  test('are not needed where there are none', () => {
    slurm({ scheduledUpdate: { scheduleExpression: 'cron(0 3 ? * SUN *)', rollingUpdate: { maximumBatchSize: UpdateBatchSize.instances(1) } } });

    expect(statements()).toEqual([]);
  });
});

describe('the secret of the accounting database', () => {
  const accounting = (secret: ISecret): HyperPodClusterProps => ({
    orchestrator: Orchestrator.slurm({ accountingDatabase: { endpoint: new Endpoint('db.example.com', 3306), secret } }),
  });

  test.each<[string, () => ISecret, any]>([
    ['by its complete ARN', () => Secret.fromSecretCompleteArn(stack, 'Secret', SECRET_ARN), SECRET_ARN],
    ['by its ARN without the suffix', () => Secret.fromSecretPartialArn(stack, 'Secret', SECRET_ARN.slice(0, -7)), `${SECRET_ARN.slice(0, -7)}-??????`],
    [
      'by its name',
      () => Secret.fromSecretNameV2(stack, 'Secret', 'accounting'),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111122223333:secret:accounting-??????']] },
    ],
    ['of the app', () => new Secret(stack, 'Secret'), { Ref: expect.stringMatching(/^Secret/) }],
  ])('%s may be read by the controller', (_, secret, Resource) => {
    const executionRole = Role.fromRoleArn(stack, 'Workers', 'arn:aws:iam::111122223333:role/workers');
    slurm({ executionRole }, accounting(secret()));

    expect(statements()).toEqual([{ Action: 'secretsmanager:GetSecretValue', Resource }]);
    expect(onlyResource(stack, 'AWS::IAM::Policy').resource.Properties.Roles).toEqual([{ Ref: expect.stringMatching(/^TrainingExecutionRole/) }]);
  });

  test('with a key of its own: it may be decrypted for Secrets Manager alone', () => {
    slurm({}, accounting(Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn: SECRET_ARN, encryptionKey: key() })));

    expect(statements()).toEqual([
      { Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN },
      { Action: 'kms:Decrypt', Resource: KEY_ARN, Condition: { StringEquals: VIA_SECRETS_MANAGER } },
    ]);
  });
});

describe('a key known by an alias', () => {
  const anyKey = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:111122223333:key/*']] };

  test('alone: any key that has the alias, since a statement on the alias would not reach the key', () => {
    slurm({ instanceStorageConfigs: [volume(Alias.fromAliasName(stack, 'Alias', 'alias/volumes'))] });

    const hasAlias = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/volumes' } };
    expect(statements()).toEqual([
      {
        Action: 'kms:CreateGrant',
        Resource: anyKey,
        Condition: { ...hasAlias, StringEquals: VIA_SAGEMAKER, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
      { Action: 'kms:DescribeKey', Resource: anyKey, Condition: { ...hasAlias, StringEquals: VIA_SAGEMAKER } },
    ]);
  });

  test('of this app: the key behind it', () => {
    slurm({ instanceStorageConfigs: [InstanceStorage.rootVolumeKey(new Alias(stack, 'Alias', { aliasName: 'alias/volumes', targetKey: key() }))] });

    expect(statements().map(({ Resource }) => Resource)).toEqual([KEY_ARN, KEY_ARN]);
    const [{ EbsVolumeConfig }] = clusterProperties(stack).InstanceGroups[1].InstanceStorageConfigs;
    expect(EbsVolumeConfig).toEqual({ RootVolume: true, VolumeKmsKeyId: KEY_ARN });
  });
});

describe('restricted instance groups', () => {
  const restricted = (options: Partial<RestrictedInstanceGroupOptions>): HyperPodCluster => new HyperPodCluster(stack, 'Training', {
    vpc: importedVpc(stack),
    orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })),
    restrictedInstanceGroups: [{ instanceGroupName: 'restricted', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1, ...options }],
  });
  const bucketArn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}`]] });

  test('may use the buckets of their data', () => {
    const buckets = ['input', 'output'].map(name => Bucket.fromBucketName(stack, name, name));
    restricted({ dataBuckets: buckets });

    expect(statements()).toEqual([
      { Action: 's3:ListBucket', Resource: [bucketArn('input'), bucketArn('output')] },
      { Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: [bucketArn('input/*'), bucketArn('output/*')] },
    ]);
  });

  test('may use the keys of these buckets', () => {
    restricted({ dataBuckets: [Bucket.fromBucketAttributes(stack, 'Data', { bucketName: 'data', encryptionKey: key() })] });

    expect(statements()).toContainEqual({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY_ARN });
  });

  test('alone need neither lifecycle scripts nor a bucket for them', () => {
    restricted({});

    expect(statements()).toEqual([]);
    expect(resourcesOfType(stack, 'AWS::S3::Bucket')).toEqual({});
    expect(resourcesOfType(stack, 'Custom::CDKBucketDeployment')).toEqual({});
  });
});

describe('groups with roles of their own', () => {
  const own = (id: string): IRole => Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`);

  test('get what they need, and only that', () => {
    slurm({ executionRole: own('workers'), instanceStorageConfigs: [InstanceStorage.rootVolumeKey(key())] });

    const { Properties } = onlyResource(stack, 'AWS::IAM::Policy').resource;
    expect(Properties.Roles).toEqual(['workers']);
    expect(Properties.PolicyDocument.Statement).toHaveLength(2);
  });

  test('leave the cluster without a role, if all have their own', () => {
    clusterIn(stack, { ...noScripts, instanceGroups: [group('a', { executionRole: own('a') }), group('b', { executionRole: own('b') })] });

    expect(resourcesOfType(stack, 'AWS::IAM::Role')).toEqual({});
    expect(clusterProperties(stack).InstanceGroups.map(({ ExecutionRole }: any) => ExecutionRole))
      .toEqual(['a', 'b'].map(name => `arn:aws:iam::111122223333:role/${name}`));
  });
});

describe('Karpenter', () => {
  const eks = (props: HyperPodClusterProps): HyperPodCluster => clusterIn(stack, {
    vpc: importedVpc(stack), orchestrator: Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks' })), ...props,
  });
  const named = (type: string, start: string): [string, any] => Object.entries(resourcesOfType(stack, type)).find(([id]) => id.startsWith(start))!;

  // https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html
  test('has a role with exactly the trust and the permissions that AWS documents', () => {
    eks({ autoScaling: ClusterAutoScaling.karpenter() });

    const [id, { Properties }] = named('AWS::IAM::Role', 'TrainingClusterRole');
    expect(clusterProperties(stack).ClusterRole).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'hyperpod.sagemaker.amazonaws.com' } },
    ]);
    const [, policy] = named('AWS::IAM::Policy', 'TrainingClusterRole');
    expect(policy.Properties.Roles).toEqual([{ Ref: id }]);
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['sagemaker:BatchAddClusterNodes', 'sagemaker:BatchDeleteClusterNodes'],
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:cluster/*']] },
        Condition: { StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
      },
      {
        Effect: 'Allow',
        Action: ['kms:CreateGrant', 'kms:DescribeKey'],
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:*:key/*']] },
        Condition: {
          'StringLike': { 'kms:ViaService': { 'Fn::Join': ['', ['sagemaker.*.', { Ref: 'AWS::URLSuffix' }]] } },
          'Bool': { 'kms:GrantIsForAWSResource': 'true' },
          'ForAllValues:StringEquals': {
            'kms:GrantOperations': [
              'CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant',
            ],
          },
        },
      },
    ]);
  });

  test('has these permissions before the cluster starts', () => {
    eks({ autoScaling: ClusterAutoScaling.karpenter() });

    expect(clusterDependsOn(stack)).toContain(named('AWS::IAM::Policy', 'TrainingClusterRole')[0]);
  });

  test('uses the role that is given, as it is', () => {
    const clusterRole = Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111122223333:role/karpenter');
    eks({ autoScaling: ClusterAutoScaling.karpenter({ clusterRole }) });

    expect(clusterProperties(stack).ClusterRole).toBe('arn:aws:iam::111122223333:role/karpenter');
    expect(named('AWS::IAM::Role', 'TrainingClusterRole')).toBeUndefined();
  });

  test('has no role where it is off', () => {
    eks({ autoScaling: ClusterAutoScaling.disabled() });

    expect(clusterProperties(stack)).not.toHaveProperty('ClusterRole');
    expect(named('AWS::IAM::Role', 'TrainingClusterRole')).toBeUndefined();
  });
});
