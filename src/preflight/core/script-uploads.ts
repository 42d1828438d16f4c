import type { CfnResource } from 'aws-cdk-lib';
import type { ClusterModel } from './cluster-model';
import type { ScriptSource } from './script-source';
import { sameValue } from '../../template/symbolic/same-value';
import { SymbolicString } from '../../template/symbolic/symbolic-string';

/** What `s3deploy.BucketDeployment` puts into the template. */
const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment';

/** An upload of the app, as far as it concerns a prefix. */
export interface ScriptUpload {
  readonly resource: CfnResource;
  /** What of the prefix the upload fills: empty for all of it, else the directory in it that the uploaded files go to. */
  readonly directory: string;
  /** The directory among the uploaded files that lands at the prefix: empty for all of them. */
  readonly from: string;
}

/** The uploads to where scripts lie: to the prefix itself, above it or below it. */
export function scriptUploads(cluster: ClusterModel, source: ScriptSource): ScriptUpload[] {
  const { symbolizer } = cluster;
  return symbolizer.template.resources(BUCKET_DEPLOYMENT)
    .filter(upload => sameValue(symbolizer.property(upload, 'DestinationBucketName'), source.bucketName))
    .flatMap(resource => {
      const destination = asDirectory((symbolizer.property(resource, 'DestinationBucketKeyPrefix') ?? SymbolicString.EMPTY).toString());
      const prefix = source.prefix.toString();
      if (destination.startsWith(prefix)) { return [{ resource, directory: destination.slice(prefix.length), from: '' }]; }
      return prefix.startsWith(destination) ? [{ resource, directory: '', from: prefix.slice(destination.length) }] : [];
    })
    // In this order: whether an upload to another place is there does not matter.
    .filter(({ resource }) => symbolizer.exists(resource));
}

/** The upload goes to the directory of the prefix's name, whether it ends in a slash or not; a slash alone is the bucket. */
function asDirectory(prefix: string): string {
  return prefix === '' || prefix === '/' ? '' : prefix.replace(/\/?$/, '/');
}
