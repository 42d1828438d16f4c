import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { cluster, clusterOf, readStatements, roleWith } from './private/building-blocks';
import { corpus } from './private/harness';

const roleFor = (stack: Stack, bucketArn = 'arn:aws:s3:::our-scripts') => roleWith(stack, ...readStatements(bucketArn));
const read = (stack: Stack, uri: string) => cluster(stack, roleFor(stack), uri);

corpus('How the source of the scripts is written', [
  { name: 's3://bucket', verdict: 'allowed', why: 'the whole bucket is the source', app: stack => read(stack, 's3://our-scripts') },
  { name: 's3://bucket/', verdict: 'allowed', why: 'the whole bucket is the source', app: stack => read(stack, 's3://our-scripts/') },
  { name: 's3://bucket/prefix', verdict: 'allowed', why: 'a prefix names a directory, with a slash or without', app: stack => read(stack, 's3://our-scripts/config') },
  { name: 's3://bucket/prefix/', verdict: 'allowed', why: 'a prefix names a directory, with a slash or without', app: stack => read(stack, 's3://our-scripts/a/b/c/') },
  { name: 's3:// of another bucket', verdict: 'denied', why: 'only our-scripts may be read', app: stack => read(stack, 's3://our-scripts-2/config/') },
  {
    name: 'https:// with the bucket in the host',
    verdict: 'allowed',
    why: 'the virtual-hosted form of S3\'s URLs',
    app: stack => read(stack, 'https://our-scripts.s3.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'https:// with the bucket in the host and no Region',
    verdict: 'allowed',
    why: 'the virtual-hosted form of the global endpoint',
    app: stack => read(stack, 'https://our-scripts.s3.amazonaws.com/config/'),
  },
  {
    name: 'https:// with the bucket in the path',
    verdict: 'allowed',
    why: 'the path form of S3\'s URLs',
    app: stack => read(stack, 'https://s3.eu-west-1.amazonaws.com/our-scripts/config/'),
  },
  {
    name: 'https:// in the path form of old',
    verdict: 'allowed',
    why: 's3-region is a form that S3 still answers to',
    app: stack => read(stack, 'https://s3-eu-west-1.amazonaws.com/our-scripts/config/'),
  },
  {
    name: 'https:// of another bucket',
    verdict: 'denied',
    why: 'only our-scripts may be read',
    app: stack => read(stack, 'https://our-secrets.s3.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'https:// of another bucket, in the path',
    verdict: 'denied',
    why: 'the host names no bucket, the path does',
    app: stack => read(stack, 'https://s3.eu-west-1.amazonaws.com/our-secrets/our-scripts/'),
  },
  {
    name: 'https:// with dots in the bucket\'s name',
    verdict: 'allowed',
    why: 'the name ends where the endpoint\'s host begins, at its last .s3',
    app: stack => cluster(stack, roleFor(stack, 'arn:aws:s3:::our.s3.scripts'), 'https://our.s3.scripts.s3.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'https:// of a bucket whose name begins with s3-',
    verdict: 'allowed',
    why: 'a host that names a bucket before the endpoint is not the path form',
    app: stack => cluster(stack, roleFor(stack, 'arn:aws:s3:::s3-scripts'), 'https://s3-scripts.s3.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'https:// in the path form, of a bucket whose name begins with s3-',
    verdict: 'allowed',
    why: 'the host is an endpoint, so that the path names the bucket',
    app: stack => cluster(stack, roleFor(stack, 'arn:aws:s3:::s3-scripts'), 'https://s3.eu-west-1.amazonaws.com/s3-scripts/config/'),
  },
  {
    name: 'https:// of a dual-stack endpoint, with the bucket in the host',
    verdict: 'allowed',
    why: 'the virtual-hosted form of the dual-stack endpoint',
    app: stack => read(stack, 'https://our-scripts.s3.dualstack.eu-west-1.amazonaws.com/config/'),
  },
  {
    name: 'https:// of a dual-stack endpoint, with the bucket in the path',
    verdict: 'allowed',
    why: 'the path form of the dual-stack endpoint',
    app: stack => read(stack, 'https://s3.dualstack.eu-west-1.amazonaws.com/our-scripts/config/'),
  },
  {
    name: 'https:// of something else than S3',
    verdict: 'unknown',
    why: 'which bucket a host of one\'s own leads to is not in the app',
    app: stack => read(stack, 'https://scripts.example.com/config/'),
  },
  {
    name: 's3:// with the alias of an access point',
    verdict: 'unknown',
    why: 'the alias names an access point, whose bucket and policy are not in the app',
    app: stack => {
      const alias = 'our-scripts-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias';
      cluster(stack, roleFor(stack, `arn:aws:s3:::${alias}`), `s3://${alias}/config/`);
    },
  },
  {
    name: 's3UrlForObject of a bucket',
    verdict: 'allowed',
    why: 'the URL is built from the reference to the bucket',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), bucket.s3UrlForObject('config/'));
    },
  },
  {
    name: 'urlForObject of a bucket',
    verdict: 'allowed',
    why: 'the path form, with the Region as a token',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), bucket.urlForObject('config/'));
    },
  },
  {
    name: 'virtualHostedUrlForObject of a bucket',
    verdict: 'allowed',
    why: 'the virtual-hosted form, with the Region as a token',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), bucket.virtualHostedUrlForObject('config/'));
    },
  },
  {
    name: 'the domain name of a bucket',
    verdict: 'allowed',
    why: 'the attribute begins with the bucket\'s name',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), `https://${bucket.bucketRegionalDomainName}/config/`);
    },
  },
  {
    name: 'the dual-stack domain name of a bucket',
    verdict: 'allowed',
    why: 'the attribute begins with the bucket\'s name',
    app: stack => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      cluster(stack, roleFor(stack, bucket.bucketArn), `https://${bucket.bucketDualStackDomainName}/config/`);
    },
  },
  {
    name: 'urlForObject of a bucket that the role is not granted',
    verdict: 'denied',
    why: 'two buckets never share a name',
    app: stack => cluster(stack, roleFor(stack, new s3.Bucket(stack, 'Other').bucketArn), new s3.Bucket(stack, 'Bucket').urlForObject('config/')),
  },
  {
    name: 'different sources of two groups',
    verdict: { controller: 'allowed', workers: 'denied' },
    why: 'each group is judged by its own source',
    app: stack => {
      const role = roleFor(stack);
      clusterOf(stack, { controller: [role, 's3://our-scripts/controller/'], workers: [role, 's3://worker-scripts/'] });
    },
  },
]);
