import { Lazy, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { uploadedFiles } from './private/uploaded-files';
import { LifecycleScripts } from '../../src';
import { clusterIn, clusterProperties } from '../cluster/fixtures';
import { onlyResource, testApp } from '../private/app';

const ROLE_ARN = 'arn:aws:iam::444455556666:role/HyperPodNodes';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
});

describe('inline scripts', () => {
  test('are uploaded as they are, each under its path', () => {
    const files = { 'on_create.sh': '#!/bin/bash\nsource lib/env.sh\n', 'lib/env.sh': 'NAME="käse"\n' };
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.inline(files, { onCreate: 'on_create.sh' }) });

    expect(Object.fromEntries([...uploadedFiles(stack)].map(([path, bytes]) => [path, bytes.toString()]))).toEqual(files);
    expect(clusterProperties(stack).InstanceGroups[0].LifeCycleConfig.OnCreate).toBe('on_create.sh');
  });

  test('go under the same prefix in whatever order they are given', () => {
    const prefixOf = (files: Record<string, string>) => {
      stack = new Stack(testApp(), 'Stack');
      clusterIn(stack, { lifecycleScripts: LifecycleScripts.inline(files, { onInitComplete: 'a.sh' }) });
      return onlyResource(stack, 'Custom::CDKBucketDeployment').resource.Properties.DestinationBucketKeyPrefix;
    };

    expect(prefixOf({ 'a.sh': '#!/bin/bash\n', 'b.sh': '#!/bin/bash\n' })).toBe(prefixOf({ 'b.sh': '#!/bin/bash\n', 'a.sh': '#!/bin/bash\n' }));
  });

  test.each<[string, Record<string, string>, string]>([
    ['without the entry script', { 'b.sh': '' }, 'lifecycle entry script "a.sh" is not in the inline scripts, which has ["b.sh"]'],
    ['on an absolute path', { 'a.sh': '', '/b.sh': '' }, 'needs a plain relative path like "lib/setup.sh", got "/b.sh"'],
    ['on a path above', { 'a.sh': '', '../b.sh': '' }, 'got "../b.sh"'],
    ['on a path that is not plain', { './a.sh': '' }, 'got "./a.sh"'],
    ['on a directory', { 'a.sh': '', 'b/': '' }, 'got "b/"'],
    ['on a path with a backslash, which is a directory on some machines only', { 'a.sh': '', 'lib\\b.sh': '' }, 'got "lib\\\\b.sh"'],
    ['on a script that is a directory too', { 'a.sh': '', 'a.sh/b': '' }, '"a.sh" is also the directory of "a.sh/b"'],
    ['on no path', { '': '' }, 'got ""'],
    ['on a value that is known only at deployment', { 'a.sh': Lazy.string({ produce: () => 'x' }) }, '"a.sh" has a value that is known only at deployment'],
  ])('fail %s', (_, files, message) => {
    expect(() => LifecycleScripts.inline(files, { onCreate: 'a.sh' })).toThrow(message);
  });
});

describe('a bucket in another account and region, with its own key', () => {
  test('the role may read the prefix in that account, and decrypt with that key', () => {
    const bucket = Bucket.fromBucketAttributes(stack, 'Theirs', {
      bucketName: 'sagemaker-theirs',
      account: '444455556666',
      region: 'us-east-1',
      encryptionKey: Key.fromKeyArn(stack, 'TheirKey', 'arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555'),
    });
    clusterIn(stack, { lifecycleScripts: LifecycleScripts.fromBucket(bucket, 'config', { onCreate: 'on_create.sh' }) });

    const statements = onlyResource(stack, 'AWS::IAM::Policy').resource.Properties.PolicyDocument.Statement;
    const inTheirAccount = { StringEquals: { 'aws:ResourceAccount': '444455556666' } };
    const theirBucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::sagemaker-theirs']] };
    const theirScripts = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::sagemaker-theirs/config/*']] };
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: theirBucket, Condition: inTheirAccount },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: theirScripts, Condition: inTheirAccount },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555' },
    ]);
  });

  test('the owner of the bucket gets the statements to add', () => {
    const theirStack = new Stack(testApp(), 'Theirs');
    const bucket = new Bucket(theirStack, 'Scripts');
    LifecycleScripts.bucketPolicyStatements(bucket, 'config', new ArnPrincipal(ROLE_ARN)).forEach(statement => bucket.addToResourcePolicy(statement));

    const arn = { 'Fn::GetAtt': [onlyResource(theirStack, 'AWS::S3::Bucket').logicalId, 'Arn'] };
    expect(onlyResource(theirStack, 'AWS::S3::BucketPolicy').resource.Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { AWS: ROLE_ARN }, Action: 's3:ListBucket', Resource: arn },
      { Effect: 'Allow', Principal: { AWS: ROLE_ARN }, Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [arn, '/config/*']] } },
    ]);
  });

  test('the statements name every role', () => {
    const bucket = Bucket.fromBucketName(stack, 'Theirs', 'theirs');
    const statements = LifecycleScripts.bucketPolicyStatements(bucket, '', new ArnPrincipal(ROLE_ARN), new ArnPrincipal(`${ROLE_ARN}2`));

    expect(stack.resolve(new PolicyDocument({ statements })).Statement.map((one: any) => one.Principal)).toEqual([
      { AWS: [ROLE_ARN, `${ROLE_ARN}2`] }, { AWS: [ROLE_ARN, `${ROLE_ARN}2`] },
    ]);
  });

  test('fails on a prefix that is a pattern', () => {
    const bucket = Bucket.fromBucketName(stack, 'Theirs', 'theirs');

    expect(() => LifecycleScripts.bucketPolicyStatements(bucket, 'config/*', new ArnPrincipal(ROLE_ARN))).toThrow('got "config/*"');
  });
});
