import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { CfnParameter, FileSystem, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { uploadedFiles } from './private/uploaded-files';
import { HyperPodCluster, LifecycleScripts } from '../../src';
import { clusterIn, clusterProperties, group } from '../cluster/fixtures';
import { onlyResource, resourcesOfType, testApp } from '../private/app';

const CRLF_AND_BINARY = Buffer.from([0x23, 0x21, 0x0d, 0x0a, 0xff, 0x00]);

let stack: Stack;
let directory: string;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
  directory = mkdtempSync(join(tmpdir(), 'lifecycle-scripts-'));
  mkdirSync(join(directory, 'lib'));
  writeFileSync(join(directory, 'on_create.sh'), '#!/bin/bash\n');
  writeFileSync(join(directory, 'lib', 'data.bin'), CRLF_AND_BINARY);
});

/** The files that were staged for upload, by path relative to the asset. */
function stagedFiles(): string[][] {
  const { outdir } = stack.node.root as any;
  return readdirSync(outdir).filter(name => name.startsWith('asset.') && !name.includes('.zip'))
    .map(name => readdirSync(join(outdir, name), { recursive: true, encoding: 'utf8' }).sort());
}

describe('from an asset', () => {
  test('a directory is uploaded under <parent>/<hash>/, and the nodes read that', () => {
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' }) });

    const upload = onlyResource(stack, 'Custom::CDKBucketDeployment').resource.Properties;
    expect(upload).toMatchObject({ Prune: false, RetainOnDelete: true, DestinationBucketName: { Ref: expect.stringMatching(/^TrainingLifecycleBucket/) } });
    expect(upload.DestinationBucketKeyPrefix).toMatch(/^StackTrainingLifecycleScripts[0-9A-F]{8}\/[0-9a-f]{32}\/$/);
    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig).toEqual({
      SourceS3Uri: { 'Fn::Join': ['', ['s3://', upload.DestinationBucketName, `/${upload.DestinationBucketKeyPrefix}`]] },
      OnCreate: 'on_create.sh',
    });
  });

  test('a directory by its path from where the app runs is the same', () => {
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromAsset(relative(process.cwd(), directory), { onCreate: 'on_create.sh', exclude: ['lib'] }) });

    expect(stagedFiles()).toContainEqual(['on_create.sh']);
  });

  test('every byte is kept', () => {
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' }) });
    Template.fromStack(stack);

    const { outdir } = stack.node.root as any;
    const staged = readdirSync(outdir).map(name => join(outdir, name, 'lib', 'data.bin')).flatMap(path => {
      try { return [readFileSync(path)]; } catch { return []; }
    });
    expect(staged).toEqual([CRLF_AND_BINARY]);
  });

  test('a single file is uploaded alone, under its own name', () => {
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromAsset(join(directory, 'on_create.sh'), { onInitComplete: 'on_create.sh' }) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.OnInitComplete).toBe('on_create.sh');
    expect(stagedFiles()).toContainEqual(['on_create.sh']);
  });

  test('other content goes under another hash of the same parent', () => {
    const prefixOf = (content: string) => {
      writeFileSync(join(directory, 'on_create.sh'), content);
      const app = testApp();
      const next = new Stack(app, 'Stack');
      clusterIn(next, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' }) });
      return onlyResource(next, 'Custom::CDKBucketDeployment').resource.Properties.DestinationBucketKeyPrefix.split('/');
    };
    const [parent, hash] = prefixOf('#!/bin/bash\n');
    const [otherParent, otherHash] = prefixOf('#!/bin/sh\n');

    expect(otherParent).toBe(parent);
    expect(otherHash).not.toBe(hash);
  });

  test('one other byte changes the prefix and the asset, and nothing else in the template', () => {
    const templateWith = (content: string) => {
      writeFileSync(join(directory, 'on_create.sh'), content);
      const next = new Stack(testApp(), 'Stack');
      clusterIn(next, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' }) });
      const { DestinationBucketKeyPrefix, SourceObjectKeys } = onlyResource(next, 'Custom::CDKBucketDeployment').resource.Properties;
      const text = JSON.stringify(Template.fromStack(next).toJSON());
      return { text, prefix: DestinationBucketKeyPrefix, neutral: text.replaceAll(DestinationBucketKeyPrefix, '<prefix>').replaceAll(SourceObjectKeys[0], '<asset>') };
    };
    const before = templateWith('#!/bin/bash\n');
    const after = templateWith('#!/bin/bash \n');

    expect(after.neutral).toBe(before.neutral);
    expect(after.text).not.toContain(before.prefix);
  });

  test('links are uploaded as what they lead to, in or out of the directory', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'common.sh'), 'common');
    symlinkSync(join(outside, 'common.sh'), join(directory, 'common.sh'));
    symlinkSync('lib', join(directory, 'again'));
    const hashOf = () => {
      const next = new Stack(testApp(), 'Stack');
      clusterIn(next, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' }) });
      const files = Object.fromEntries([...uploadedFiles(next)].map(([path, bytes]) => [path, bytes.toString('latin1')]));
      return { files, prefix: onlyResource(next, 'Custom::CDKBucketDeployment').resource.Properties.DestinationBucketKeyPrefix };
    };
    const linked = hashOf();
    rmSync(join(directory, 'common.sh'));
    writeFileSync(join(directory, 'common.sh'), 'common');

    expect(linked.files).toMatchObject({ 'common.sh': 'common' });
    expect(hashOf().prefix).toBe(linked.prefix);
  });

  test('what is excluded is neither uploaded nor counts', () => {
    const upload = (exclude?: string[]) => {
      const next = new Stack(testApp(), 'Stack');
      clusterIn(next, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh', exclude }) });
      return { files: [...uploadedFiles(next).keys()].sort(), prefix: onlyResource(next, 'Custom::CDKBucketDeployment').resource.Properties.DestinationBucketKeyPrefix };
    };
    const clean = upload();
    mkdirSync(join(directory, 'tests'));
    writeFileSync(join(directory, 'tests', 'test.sh'), '');
    writeFileSync(join(directory, 'lib', '.DS_Store'), '');
    symlinkSync('nowhere', join(directory, '.#on_create.sh'));

    expect(upload(['.DS_Store', 'tests/', '.#*'])).toEqual(clean);
    expect(() => upload(['.DS_Store', 'tests/'])).toThrow(expect.objectContaining({ name: 'LinkToNothing' }));
  });

  test('the destination prefix fits into the tag that BucketDeployment makes of it, however deep the cluster is', () => {
    const deep = new Stack(testApp(), 'AStackWithQuiteALongNameThatSomebodyCouldUse');
    new HyperPodCluster(deep, 'AClusterWithQuiteALongNameThatSomebodyCouldUse', { instanceGroups: [group('workers')] });

    const [tag] = onlyResource(deep, 'AWS::S3::Bucket').resource.Properties.Tags;
    expect(tag.Key.length).toBeLessThanOrEqual(128);
  });

  test.each<[string, () => LifecycleScripts, string]>([
    ['if the path does not exist', () => LifecycleScripts.fromAsset('./nowhere', { onCreate: 'on_create.sh' }), 'lifecycle scripts not found at "./nowhere"'],
    [
      'if the entry script is not in the directory',
      () => LifecycleScripts.fromAsset(directory, { onCreate: 'oncreate.sh' }),
      'lifecycle entry script "oncreate.sh" is not in',
    ],
    [
      'if the entry script is outside of the directory',
      () => LifecycleScripts.fromAsset(join(directory, 'lib'), { onCreate: '../on_create.sh' }),
      'lifecycle entry script "../on_create.sh" is not in',
    ],
    [
      'if the entry script is not the file',
      () => LifecycleScripts.fromAsset(join(directory, 'on_create.sh'), { onCreate: 'other.sh' }),
      'lifecycle entry script "other.sh" is not in',
    ],
    [
      'if a link in the directory leads nowhere',
      () => {
        symlinkSync('nowhere', join(directory, 'lib', 'link.sh'));
        return LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' });
      },
      'link.sh" is a link to a file that does not exist; remove it, or exclude it',
    ],
    [
      'if a link leads into a directory that it lies in',
      () => {
        symlinkSync('..', join(directory, 'lib', 'up'));
        return LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' });
      },
      'up" is a link to a directory that it lies in',
    ],
    ['without an entry script', () => LifecycleScripts.fromAsset(directory, {}), 'exactly one of onCreate and onInitComplete, got {}'],
    [
      'with two entry scripts',
      () => LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh', onInitComplete: 'on_create.sh' }),
      'exactly one of onCreate and onInitComplete, got {"onCreate":"on_create.sh","onInitComplete":"on_create.sh"}',
    ],
  ])('fails %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('an entry script known at deployment only is not looked for', () => {
    const onCreate = new CfnParameter(stack, 'Entry').valueAsString;
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromAsset(directory, { onCreate }) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.OnCreate).toEqual({ Ref: 'Entry' });
  });
});

describe('from a bucket', () => {
  test.each([
    ['config', 's3://sagemaker-scripts/config/'],
    ['config/', 's3://sagemaker-scripts/config/'],
    ['', 's3://sagemaker-scripts/'],
  ])('prefix %j is read as %s, and nothing is uploaded', (prefix, sourceS3Uri) => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromBucket(bucket, prefix, { onCreate: 'on_create.sh' }) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig).toEqual({ SourceS3Uri: sourceS3Uri, OnCreate: 'on_create.sh' });
    expect(resourcesOfType(stack, 'AWS::S3::Bucket')).toEqual({});
    expect(resourcesOfType(stack, 'Custom::CDKBucketDeployment')).toEqual({});
  });

  test('a prefix known at deployment only is taken as it is', () => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');
    const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromBucket(bucket, prefix, { onCreate: 'on_create.sh' }) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.SourceS3Uri)
      .toEqual({ 'Fn::Join': ['', ['s3://sagemaker-scripts/', { Ref: 'Prefix' }]] });
  });

  test('a prefix that is partly known only at deployment still names a directory', () => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');
    const prefix = `${new CfnParameter(stack, 'Prefix').valueAsString}/config`;
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromBucket(bucket, prefix, { onCreate: 'on_create.sh' }) });

    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.SourceS3Uri)
      .toEqual({ 'Fn::Join': ['', ['s3://sagemaker-scripts/', { Ref: 'Prefix' }, '/config/']] });
  });

  test.each(['s3://sagemaker-scripts/config', '/config', 'conf*', 'conf?', '${aws:username}/config'])('fails on prefix %s, which is not a literal key', prefix => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');

    expect(() => LifecycleScripts.fromBucket(bucket, prefix, { onCreate: 'on_create.sh' })).toThrow(`got ${JSON.stringify(prefix)}`);
  });
});

describe('scripts that are not in a directory of the app', () => {
  const kinds: [string, () => LifecycleScripts][] = [
    ['inline', () => LifecycleScripts.inline({ 'lib/env.sh': '', 'a.sh': '#!/bin/bash\n' }, { onCreate: 'a.sh' })],
    ['a single file', () => LifecycleScripts.fromAsset(join(directory, 'on_create.sh'), { onCreate: 'on_create.sh' })],
    ['the default', () => LifecycleScripts.noop()],
  ];
  let made: string[];
  beforeEach(() => {
    made = [];
    const { mkdtemp } = FileSystem;
    jest.spyOn(FileSystem, 'mkdtemp').mockImplementation(prefix => {
      const path = mkdtemp.call(FileSystem, prefix);
      made.push(path);
      return path;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    made.forEach(path => rmSync(path, { recursive: true, force: true }));
  });

  test.each(kinds)('%s: leave nothing in the directory for temporary files', (_, make) => {
    const lifecycleScripts = make();
    for (const id of ['One', 'Two']) {
      new HyperPodCluster(stack, id, { lifecycleScripts, instanceGroups: [group('workers')] });
    }
    Template.fromStack(stack);

    expect(made).toHaveLength(2);
    expect(made.filter(existsSync)).toEqual([]);
  });

  test.each(kinds)('%s: stay there if the command line will read them from there, as without staging', (_, make) => {
    stack = new Stack(testApp({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    clusterIn(stack, { lifecycleScripts: make() });
    Template.fromStack(stack);

    expect(made.map(path => readdirSync(path).length > 0)).toEqual([true]);
  });
});

describe('which groups use which scripts', () => {
  test('groups without their own share one upload', () => {
    clusterIn(stack, { instanceGroups: [group('a'), group('b')] });

    expect(Object.keys(resourcesOfType(stack, 'Custom::CDKBucketDeployment'))).toHaveLength(1);
    const [a, b] = clusterProperties(stack).InstanceGroups;
    expect(a.LifeCycleConfig).toEqual(b.LifeCycleConfig);
  });

  test('a group with its own gets an upload under a parent of its own', () => {
    const own = LifecycleScripts.fromAsset(directory, { onCreate: 'on_create.sh' });
    clusterIn(stack, { instanceGroups: [group('a'), group('b', { lifecycleScripts: own }), group('c', { lifecycleScripts: own })] });

    const parents = Object.values(resourcesOfType(stack, 'Custom::CDKBucketDeployment'))
      .map(upload => upload.Properties.DestinationBucketKeyPrefix.split('/')[0]);
    expect(new Set(parents).size).toBe(3);
  });

  test('groups whose names are known at deployment only do not get in the way of others', () => {
    const lifecycleScripts = LifecycleScripts.inline({ 'a.sh': '#!/bin/bash\n' }, { onCreate: 'a.sh' });
    const prefixesWith = (...names: string[]) => {
      const next = new Stack(testApp(), 'Stack');
      const unknown = new CfnParameter(next, 'Name').valueAsString;
      clusterIn(next, { instanceGroups: [...names, unknown].map(name => group(name, { lifecycleScripts })) });
      return clusterProperties(next).InstanceGroups.map(({ LifeCycleConfig }: any) => JSON.stringify(LifeCycleConfig)).reverse();
    };

    expect(new Set(prefixesWith('1', 'a')).size).toBe(3);
    expect(prefixesWith('1', 'a')[0]).toBe(prefixesWith()[0]);
  });

  test('no bucket is made if every group brings scripts that are uploaded already', () => {
    const bucket = Bucket.fromBucketName(stack, 'Scripts', 'sagemaker-scripts');
    clusterIn(stack, { instanceGroups: [group('a', { lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'x', { onCreate: 'a.sh' }) })] });

    expect(resourcesOfType(stack, 'AWS::S3::Bucket')).toEqual({});
  });

  test('none leaves out LifeCycleConfig, and makes no bucket', () => {
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.none() });

    expect(clusterProperties(stack).InstanceGroups[0]).not.toHaveProperty('LifeCycleConfig');
    expect(resourcesOfType(stack, 'AWS::S3::Bucket')).toEqual({});
  });

  test('the default script runs and does nothing', () => {
    clusterIn(stack);
    Template.fromStack(stack);

    const { outdir } = stack.node.root as any;
    const [script] = readdirSync(outdir).map(name => join(outdir, name, 'noop.sh')).flatMap(path => {
      try { return [readFileSync(path, 'utf8')]; } catch { return []; }
    });
    expect(script).toMatch(/^#!\/bin\/bash\n/);
    expect(script).toMatch(/\nexit 0\n$/);
    expect(script).not.toContain('\r');
  });
});

describe('the bucket that the cluster makes', () => {
  test('is private, encrypted, versioned, open to TLS only, and kept', () => {
    clusterIn(stack);

    const { resource } = onlyResource(stack, 'AWS::S3::Bucket');
    expect(resource).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    expect(resource.Properties).not.toHaveProperty('BucketName');
    expect(onlyResource(stack, 'AWS::S3::BucketPolicy').resource.Properties.PolicyDocument.Statement)
      .toEqual([expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]);
  });

  test('is emptied and deleted under RemovalPolicy.DESTROY', () => {
    clusterIn(stack, { removalPolicy: RemovalPolicy.DESTROY });

    expect(onlyResource(stack, 'AWS::S3::Bucket').resource.DeletionPolicy).toBe('Delete');
    expect(Object.keys(resourcesOfType(stack, 'Custom::S3AutoDeleteObjects'))).toHaveLength(1);
  });

  test('is not made if one is given', () => {
    clusterIn(stack, { lifecycleBucket: Bucket.fromBucketName(stack, 'Given', 'given-bucket') });

    expect(resourcesOfType(stack, 'AWS::S3::Bucket')).toEqual({});
    expect(onlyResource(stack, 'Custom::CDKBucketDeployment').resource.Properties.DestinationBucketName).toBe('given-bucket');
  });
});
