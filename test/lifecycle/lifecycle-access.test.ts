import { App, Aws, CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Environment, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ArnPrincipal, IRole, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodInstanceType, LifecycleScripts, mixins } from '../../src';
import { clusterIn, clusterProperties, group } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, testApp } from '../private/app';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '444455556666';
const THIS_ACCOUNT = { Ref: 'AWS::AccountId' };

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack');
});

/** A cluster whose only permissions are those for its scripts, under `config/` of a bucket. */
function clusterReading(bucket: IBucket, executionRole?: IRole): void {
  clusterIn(stack, { executionRole, lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' }) });
}

/** The statements of the cluster's own policies. */
function grants(inStack = stack): any[] {
  return Object.entries(resourcesOfType(inStack, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('TrainingExecutionRolePolicy'))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
}

/** The grant of the table, whole: nothing more, nothing less. */
function readGrant(bucketArn: any, objectsArn: any, account: any): any[] {
  const Condition = { StringEquals: { 'aws:ResourceAccount': account } };
  return [
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn, Condition },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: objectsArn, Condition },
  ];
}

function namedGrant(name: string, account: any): any[] {
  const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}${rest}`]] });
  return readGrant(arn(''), arn('/config/*'), account);
}

function anotherAccountWarnings(): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('is in another account')).map(({ entry }) => String(entry.data));
}

function inEnvironment(env: Environment): void {
  app = testApp();
  stack = new Stack(app, 'Stack', { env });
}

describe('a bucket named sagemaker-* in this account needs nothing beside the managed policy', () => {
  test.each<[string, () => IBucket]>([
    ['by name', () => Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts')],
    ['by ARN', () => Bucket.fromBucketArn(stack, 'Scripts', 'arn:aws:s3:::sagemaker-scripts')],
    ['by a literal beginning', () => Bucket.fromBucketName(stack, 'Scripts', `sagemaker-scripts-${Aws.ACCOUNT_ID}`)],
    ['defined in the app', () => new Bucket(stack, 'Scripts', { bucketName: 'sagemaker-scripts' })],
    ['defined in the app, by a literal beginning', () => new Bucket(stack, 'Scripts', { bucketName: `sagemaker-${Aws.ACCOUNT_ID}` })],
    ['defined in another stack', () => new Bucket(new Stack(app, 'Other'), 'Scripts', { bucketName: 'sagemaker-scripts' })],
  ])('%s', (_, bucket) => {
    clusterReading(bucket());

    expect(grants()).toEqual([]);
    expect(anotherAccountWarnings()).toEqual([]);
  });

  test('but a role that is given may not carry the managed policy', () => {
    clusterReading(Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts'), new Role(stack, 'Given', {
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    }));

    expect(grants()).toEqual(namedGrant('sagemaker-scripts', THIS_ACCOUNT));
  });
});

describe('a bucket whose name is a dynamic reference is granted, and nothing throws on it', () => {
  const name = '{{resolve:ssm:/scripts/bucket}}';
  const reference = () => new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/scripts/bucket').toString();
  const scripts = () => Bucket.fromBucketName(stack, 'Scripts', reference());

  test('to read from', () => {
    clusterReading(scripts());

    expect(grants()).toEqual(namedGrant(name, THIS_ACCOUNT));
    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.SourceS3Uri).toBe(`s3://${name}/config/`);
  });

  test.each<[string, () => IBucket]>([
    ['by its ARN', () => Bucket.fromBucketArn(stack, 'Scripts', `arn:aws:s3:::${reference()}`)],
    ['by its attributes', () => Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: reference() })],
    ['with a secret in it', () => Bucket.fromBucketName(stack, 'Scripts', SecretValue.secretsManager('names', { jsonField: 'bucket' }).unsafeUnwrap())],
    ['as part of the name', () => Bucket.fromBucketName(stack, 'Scripts', `scripts-${reference()}`)],
  ])('%s', (_, bucket) => {
    clusterReading(bucket());

    expect(grants().map(({ Action }) => Action)).toEqual(['s3:ListBucket', 's3:GetObject']);
  });

  test('to upload to', () => {
    clusterIn(stack, { lifecycleBucket: scripts() });

    expect(grants().map(({ Action }) => Action)).toEqual(['s3:ListBucket', 's3:GetObject']);
  });

  test('with the mixin', () => {
    const executionRole = Role.fromRoleName(stack, 'Given', 'nodes');
    new CfnCluster(stack, 'Cluster', {
      instanceGroups: [{ instanceGroupName: 'workers', instanceType: 'ml.m5.xlarge', instanceCount: 1, executionRole: executionRole.roleArn }],
    }).with(new mixins.ClusterLifecycleAccess({ executionRole, bucket: scripts(), prefix: 'config' }));

    expect(onlyResource(stack, 'AWS::IAM::Policy').resource.Properties.PolicyDocument.Statement).toEqual(namedGrant(name, THIS_ACCOUNT));
  });

  test('for the data of restricted groups', () => {
    const cluster = clusterIn(stack, { lifecycleScripts: LifecycleScripts.none() });
    cluster.addRestrictedInstanceGroup({
      instanceGroupName: 'nova', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 1, dataBuckets: [scripts()],
    });

    expect(grants().map(({ Action }) => Action)).toEqual(['s3:ListBucket', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']]);
  });

  test.each(['a(b', 'a)b', 'a[b', 'a{b', '(a]'])('nor on a prefix with brackets: %s', prefix => {
    const lifecycleScripts = LifecycleScripts.fromBucket(Bucket.fromBucketName(stack, 'Scripts', 'lifecycle-scripts'), prefix, { onCreate: 'on_create.sh' });
    clusterIn(stack, { lifecycleScripts });

    expect(grants()[1].Resource['Fn::Join'][1][2]).toBe(`:s3:::lifecycle-scripts/${prefix}/*`);
  });
});

describe('any other bucket in this account is granted', () => {
  test.each(['lifecycle-scripts', 'your-sagemaker-scripts', 'sagemakerscripts', 'Sagemaker-scripts'])('known by the name %s', name => {
    clusterReading(Bucket.fromBucketName(stack, 'Scripts', name));

    expect(grants()).toEqual(namedGrant(name, THIS_ACCOUNT));
    expect(anotherAccountWarnings()).toEqual([]);
  });

  test('named by CloudFormation', () => {
    clusterReading(new Bucket(stack, 'Scripts'));

    const arn = { 'Fn::GetAtt': [onlyResource(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] };
    expect(grants()).toEqual(readGrant(arn, { 'Fn::Join': ['', [arn, '/config/*']] }, THIS_ACCOUNT));
    expect(anotherAccountWarnings()).toEqual([]);
  });

  test('defined in another stack', () => {
    const other = new Stack(app, 'Other');
    clusterReading(new Bucket(other, 'Scripts'));

    const arn = { 'Fn::ImportValue': expect.stringMatching(/^Other:.*Scripts.*Arn/) };
    expect(grants()).toEqual(readGrant(arn, { 'Fn::Join': ['', [arn, '/config/*']] }, THIS_ACCOUNT));
    expect(anotherAccountWarnings()).toEqual([]);
  });

  test.each<[string, () => string, any]>([
    ['a parameter', () => new CfnParameter(stack, 'Name').valueAsString, { Ref: 'Name' }],
    ['an import', () => Fn.importValue('ScriptsBucket'), { 'Fn::ImportValue': 'ScriptsBucket' }],
  ])('named by %s', (_, bucketName, name) => {
    clusterReading(Bucket.fromBucketName(stack, 'Scripts', bucketName()));

    const arn = (...rest: string[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', name, ...rest]] });
    expect(grants()).toEqual(readGrant(arn(), arn('/config/*'), THIS_ACCOUNT));
    expect(anotherAccountWarnings()).toEqual([]);
  });

  test('with the literal account, where it is known', () => {
    inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
    clusterReading(Bucket.fromBucketName(stack, 'Scripts', 'lifecycle-scripts'));

    expect(grants()).toEqual(namedGrant('lifecycle-scripts', ACCOUNT));
  });

  test('the whole of it without a prefix', () => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'lifecycle-scripts');
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromBucket(bucket, '', { onCreate: 'on_create.sh' }) });

    expect(grants()[1].Resource).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::lifecycle-scripts/*']] });
  });

  test('the stable parent of what the cluster uploads, not one version of it', () => {
    clusterIn(stack);

    const [upload] = Object.values(resourcesOfType(stack, 'Custom::CDKBucketDeployment'));
    const [parent] = upload.Properties.DestinationBucketKeyPrefix.split('/');
    const arn = { 'Fn::GetAtt': [upload.Properties.DestinationBucketName.Ref, 'Arn'] };
    expect(grants()).toEqual(readGrant(arn, { 'Fn::Join': ['', [arn, `/${parent}/*`]] }, THIS_ACCOUNT));
  });
});

describe('a bucket in another account, or not provably in this one, is granted with its account, and warned of', () => {
  test.each<[string, () => IBucket, string, any]>([
    [
      'imported with its account',
      () => {
        inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
        return Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'lifecycle-scripts', account: OTHER_ACCOUNT });
      },
      'lifecycle-scripts',
      OTHER_ACCOUNT,
    ],
    [
      'even if it is named sagemaker-*, since the managed policy stays in the account',
      () => {
        inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
        return Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'sagemaker-scripts', account: OTHER_ACCOUNT });
      },
      'sagemaker-scripts',
      OTHER_ACCOUNT,
    ],
    [
      'with an account, where that of the cluster is not known',
      () => Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'lifecycle-scripts', account: OTHER_ACCOUNT }),
      'lifecycle-scripts',
      OTHER_ACCOUNT,
    ],
    [
      'with an account known at deployment only',
      () => Bucket.fromBucketAttributes(stack, 'Scripts', {
        bucketName: 'lifecycle-scripts', account: new CfnParameter(stack, 'Account').valueAsString,
      }),
      'lifecycle-scripts',
      { Ref: 'Account' },
    ],
  ])('%s', (_, makeBucket, name, account) => {
    clusterReading(makeBucket());

    expect(grants()).toEqual(namedGrant(name, account));
    const [warning, ...others] = anotherAccountWarnings();
    expect(others).toEqual([]);
    expect(warning).toContain('[ack: Annotation::HyperPod-LifecycleBucketInAnotherAccount]');
    const { Statement } = JSON.parse(warning.slice(warning.indexOf('{'), warning.lastIndexOf('}') + 1));
    const principal = { AWS: expect.stringMatching(/^\$\{TrainingExecutionRole.*\.Arn\}$/) };
    expect(Statement).toEqual([
      { Effect: 'Allow', Principal: principal, Action: 's3:ListBucket', Resource: `arn:\${AWS::Partition}:s3:::${name}` },
      { Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: `arn:\${AWS::Partition}:s3:::${name}/config/*` },
    ]);
  });

  test('for the upload too, if the cluster uploads to it', () => {
    inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
    clusterIn(stack, { lifecycleBucket: Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'lifecycle-scripts', account: OTHER_ACCOUNT }) });

    const [warning] = anotherAccountWarnings();
    const { Statement } = JSON.parse(warning.slice(warning.indexOf('{'), warning.lastIndexOf('}') + 1));
    const [handler] = Object.keys(resourcesOfType(stack, 'AWS::IAM::Role')).filter(id => id.startsWith('CustomCDKBucketDeployment'));
    expect(Statement.slice(2)).toEqual([
      { Effect: 'Allow', Principal: { AWS: `\${${handler}.Arn}` }, Action: 's3:ListBucket', Resource: 'arn:${AWS::Partition}:s3:::lifecycle-scripts' },
      {
        Effect: 'Allow',
        Principal: { AWS: `\${${handler}.Arn}` },
        Action: 's3:PutObject',
        Resource: expect.stringMatching(/^arn:\${AWS::Partition}:s3:::lifecycle-scripts\/StackTrainingLifecycleScripts[0-9A-F]{8}\/\*$/),
      },
    ]);
  });

  describe('if this app defines it, what its policy says decides', () => {
    const findings = (allowed: boolean) => {
      inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
      const theirs = new Stack(app, 'Theirs', { env: { account: OTHER_ACCOUNT, region: 'eu-west-1' } });
      const bucket = new Bucket(theirs, 'Scripts', { bucketName: 'lifecycle-scripts' });
      const executionRole = new Role(stack, 'Role', {
        roleName: 'nodes',
        assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
      });
      if (allowed) {
        const principal = new ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/nodes`);
        LifecycleScripts.bucketPolicyStatements(bucket, 'config', principal).forEach(statement => bucket.addToResourcePolicy(statement));
      }
      clusterReading(bucket, executionRole);
      expect(anotherAccountWarnings()).toEqual([]);
      return Annotations.fromStack(stack).findError('*', Match.stringLikeRegexp('HyperPod-LifecycleBucketAccess')).length;
    };

    test('allowed: nothing is said', () => expect(findings(true)).toBe(0));

    test('not allowed: it is an error', () => expect(findings(false)).toBe(1));
  });

  test('once, however many groups read it', () => {
    inEnvironment({ account: ACCOUNT, region: 'eu-west-1' });
    const bucket = Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'lifecycle-scripts', account: OTHER_ACCOUNT });
    const lifecycleScripts = LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' });
    clusterIn(stack, { lifecycleScripts, instanceGroups: [group('a'), group('b'), group('c', { lifecycleScripts })] });

    expect(grants()).toHaveLength(2);
    expect(anotherAccountWarnings()).toHaveLength(1);
  });
});

describe('an SSE-KMS bucket', () => {
  test('of a known key: also kms:Decrypt on the key', () => {
    const encryptionKey = new Key(stack, 'Key');
    clusterReading(new Bucket(stack, 'Scripts', { encryptionKey, encryption: BucketEncryption.KMS }));

    expect(grants()).toHaveLength(3);
    expect(grants()[2]).toEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(encryptionKey.keyArn) });
  });

  test('of a key known by its alias alone: kms:Decrypt on the key that has the alias', () => {
    const encryptionKey = Alias.fromAliasName(stack, 'Alias', 'alias/scripts');
    clusterReading(Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'sagemaker-scripts', encryptionKey }));

    expect(grants()).toEqual([{
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: stack.resolve(stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })),
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/scripts' } },
    }]);
  });

  test('that the managed policy covers: only kms:Decrypt', () => {
    const encryptionKey = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`);
    clusterReading(Bucket.fromBucketAttributes(stack, 'Scripts', { bucketName: 'sagemaker-scripts', encryptionKey }));

    expect(grants()).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: encryptionKey.keyArn }]);
  });
});
