import { type CfnResource, Resource, type Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { type EncryptionKey, findKey } from './key';
import { blocksOtherAccounts } from './public-access';
import { accountOf, partitionOf, regionOf } from '../../template/environment';
import { resourceWith } from '../../template/lookup';
import { NameIndex } from '../../template/name-index';
import { matchGlob } from '../../template/symbolic/glob';
import { sameValue } from '../../template/symbolic/same-value';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';
import { fromBoolean, type Ternary } from '../../template/ternary';
import { resolveReferencing } from '../../template/token-resolver';
import { isTransformed } from '../../template/transform';
import { documentOf } from '../policy/document';
import type { PolicySet } from '../policy/evaluate';

/** What the app says about a bucket. */
export interface BucketFacts {
  readonly name: SymbolicString;
  readonly arn: SymbolicString;
  readonly account: SymbolicString;
  readonly region: SymbolicString;
  /** The bucket itself, if the app defines it. */
  readonly resource?: CfnResource;
  /** Nothing but the name is known, so that the account and the region are taken to be the reader's. */
  readonly knownByNameOnly: boolean;
  readonly policy: PolicySet;
  /** The resources that certainly are the bucket's policy. */
  readonly policyResources: readonly CfnResource[];
  /** The key of the bucket's default encryption with KMS; objects are taken to be encrypted so. */
  readonly key?: EncryptionKey;
  /** Does S3 ask KMS for a key of the bucket, rather than for one of each object? */
  readonly hasBucketKey: Ternary;
  /** Does S3 keep other accounts out, whatever the bucket's policy says? */
  readonly blocksOtherAccounts: () => Ternary;
}

/** What says where a bucket lies, and how it is encrypted. */
type Definition = Pick<BucketFacts, 'account' | 'region' | 'resource' | 'key' | 'knownByNameOnly' | 'hasBucketKey'>;

/**
 * Finds a bucket by its name, which may be a symbol: one that the app defines or imports, else one known only by its name.
 *
 * @param stack the stack of whoever reads the bucket
 */
export function findBucket(name: SymbolicString, stack: Stack, symbolizer: Symbolizer): BucketFacts {
  const definition = defined(name, symbolizer) ?? imported(name, symbolizer)
    ?? { account: accountOf(stack.account), region: regionOf(stack.region), knownByNameOnly: true, hasBucketKey: 'unknown' };
  const policies = bucketPolicy(name, definition, accountOf(stack.account), symbolizer);
  const { resource } = definition;
  return {
    ...definition,
    name,
    arn: SymbolicString.concat('arn:', partitionOf(stack), ':s3:::', name),
    ...policies,
    blocksOtherAccounts: () => resource ? blocksOtherAccounts(resource, policies.policy.documents, symbolizer) : 'no',
  };
}

function defined(name: SymbolicString, symbolizer: Symbolizer): Definition | undefined {
  const resource = resourceWith('AWS::S3::Bucket', 'Ref', name, symbolizer);
  if (!resource) { return undefined; }
  const { account, region } = resource.stack;
  return {
    resource,
    account: accountOf(account),
    region: regionOf(region),
    key: defaultKey(resource, symbolizer),
    knownByNameOnly: false,
    hasBucketKey: hasBucketKey(resource, symbolizer),
  };
}

function imported(name: SymbolicString, symbolizer: Symbolizer): Definition | undefined {
  const imports = symbolizer.remember(symbolizer.template, 'imported buckets', () => symbolizer.template.constructs.filter(isImportedBucket)
    .map(bucket => ({ bucket, name: symbolizer.string(resolveReferencing(bucket, bucket.bucketName), bucket.stack) })))
    .filter(one => sameValue(one.name, name)).map(({ bucket }) => bucket);
  // One bucket may be imported several times: the import that was told where the bucket lies knows most.
  const bucket = imports.find(({ env, stack }) => env.account !== stack.account) ?? imports.find(one => one.encryptionKey) ?? imports[0];
  if (!bucket) { return undefined; }
  const key = bucket.encryptionKey && symbolizer.string(resolveReferencing(bucket, bucket.encryptionKey.keyArn), bucket.stack);
  // What an import was told may be any token, as a parameter: it does not mean the account or the Region of a stack.
  const read = (value: string) => symbolizer.string(resolveReferencing(bucket, value), bucket.stack);
  return {
    account: read(bucket.env.account) ?? accountOf(bucket.stack.account),
    region: read(bucket.env.region) ?? regionOf(bucket.stack.region),
    key: key && findKey(key, bucket.stack, symbolizer),
    knownByNameOnly: bucket.env.account === bucket.stack.account,
    hasBucketKey: 'unknown',
  };
}

function isImportedBucket(construct: IConstruct): construct is IBucket {
  return Resource.isResource(construct) && !Resource.isOwnedResource(construct) && 'bucketName' in construct;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function defaultKey(bucket: CfnResource, symbolizer: Symbolizer): EncryptionKey | undefined {
  const { BucketEncryption } = symbolizer.decide(symbolizer.template.render(bucket).Properties, bucket.stack);
  const defaults = [BucketEncryption?.ServerSideEncryptionConfiguration].flat()[0]?.ServerSideEncryptionByDefault;
  const algorithm = symbolizer.string(defaults?.SSEAlgorithm, bucket.stack);
  if (!algorithm || matchGlob(SymbolicString.literal('aws:kms*'), algorithm) === 'no') { return undefined; }
  const key = symbolizer.string(defaults.KMSMasterKeyID, bucket.stack) ?? SymbolicString.literal('alias/aws/s3');
  return findKey(key, bucket.stack, symbolizer);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
function hasBucketKey(bucket: CfnResource, symbolizer: Symbolizer): Ternary {
  const { BucketEncryption } = symbolizer.decide(symbolizer.template.render(bucket).Properties, bucket.stack);
  const json = [BucketEncryption?.ServerSideEncryptionConfiguration].flat()[0]?.BucketKeyEnabled;
  if (json === undefined) { return 'no'; }
  const value = symbolizer.string(json, bucket.stack)?.literal?.toLowerCase();
  return value === undefined ? 'unknown' : fromBoolean(value === 'true');
}

/** The bucket that a bucket policy names. Undefined if that is not known. */
function policedBucket(policy: CfnResource, symbolizer: Symbolizer): SymbolicString | undefined {
  return isTransformed(symbolizer.template.render(policy).Properties) ? undefined : symbolizer.property(policy, 'Bucket') ?? SymbolicString.EMPTY;
}

function bucketPolicies(symbolizer: Symbolizer): NameIndex<{ resource: CfnResource; bucketName?: SymbolicString }> {
  return symbolizer.remember(symbolizer.template, 'bucket policies', () => new NameIndex('AWS::S3::Bucket', symbolizer.template.resources('AWS::S3::BucketPolicy')
    .map(resource => ({ resource, bucketName: policedBucket(resource, symbolizer) }))
    .map(policy => ({ what: policy, names: [policy.bucketName] }))));
}

function bucketPolicy(
  name: SymbolicString, definition: Definition, reader: SymbolicString, symbolizer: Symbolizer,
): Pick<BucketFacts, 'policy' | 'policyResources'> {
  const policies = bucketPolicies(symbolizer).candidates(name).flatMap(({ resource, bucketName }) => {
    const attached = bucketName ? matchGlob(bucketName, name, { literal: true }) : 'unknown';
    // In this order: the condition of another bucket's policy would only double the ways of deployment to look at.
    if (attached === 'no' || !symbolizer.exists(resource)) { return []; }
    return [{ resource, document: { ...documentOf(resource, `bucket policy ${resource.node.path}`, symbolizer), attached } }];
  });
  const policyResources = policies.filter(({ document }) => document.attached === 'yes').map(({ resource }) => resource);
  // Within one account a policy that is not seen is taken to decide nothing; only across accounts does it have to allow.
  const needed = !definition.resource && policyResources.length === 0 && !definition.account.equals(reader);
  const unseen = needed ? ['the policy of the bucket, which lies in another account, is not defined in this app'] : [];
  return { policy: { documents: policies.map(({ document }) => document), unseen }, policyResources };
}
