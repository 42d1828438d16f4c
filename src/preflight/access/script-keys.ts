import type { BucketFacts } from '../../iam/resources/bucket';
import { type EncryptionKey, findKey } from '../../iam/resources/key';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { ScriptSource } from '../core/script-source';
import { type ScriptUpload, scriptUploads } from '../core/script-uploads';

/** Where scripts lie. */
interface ScriptLocation {
  readonly bucket: BucketFacts;
  readonly source: ScriptSource;
}

/** How an upload encrypts what it uploads; the key is undefined if that is not with KMS. */
interface UploadEncryption {
  readonly key?: EncryptionKey;
}

/**
 * The keys that scripts are encrypted with: that of an upload which names one, else that of the bucket
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html).
 */
export function scriptKeys(cluster: ClusterModel, { bucket, source }: ScriptLocation): readonly EncryptionKey[] {
  const uploads = scriptUploads(cluster, source).map(upload => ({ upload, encryption: encryptionOf(cluster, upload) }));
  const keys = uploads.flatMap(({ encryption }) => encryption?.key ?? []);
  const isBucketKeyUsed = uploads.some(({ encryption }) => !encryption) || !uploads.some(({ upload }) => upload.directory === '');
  const all = isBucketKeyUsed && bucket.key ? [bucket.key, ...keys] : keys;
  return [...new Map(all.map(key => [key.arn.key, key])).values()];
}

/** What the upload says of encryption; undefined if it leaves that to the bucket. */
function encryptionOf({ symbolizer }: ClusterModel, { resource }: ScriptUpload): UploadEncryption | undefined {
  const { stack } = resource;
  const metadata = symbolizer.decide(symbolizer.template.render(resource).Properties.SystemMetadata, stack);
  const algorithm = symbolizer.string(metadata?.sse, stack);
  const id = symbolizer.string(metadata?.['sse-kms-key-id'], stack);
  if (!algorithm && !id) { return undefined; }
  if (!id && algorithm && matchGlob(SymbolicString.literal('aws:kms*'), algorithm) === 'no') { return {}; }
  return { key: findKey(id ?? SymbolicString.literal('alias/aws/s3'), stack, symbolizer) };
}
