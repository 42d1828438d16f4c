import { posix } from 'path';
import { findBucket } from '../../iam/resources/bucket';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { ScriptSource } from '../core/script-source';
import { type ScriptUpload, scriptUploads } from '../core/script-uploads';
import { type PackageFile, uploadedFiles } from '../core/uploaded-files';
import { propertyOf } from '../core/vpc/app-resources';

/** What the app uploads to where the scripts of instance groups lie. */
export interface ScriptPackage {
  readonly source: ScriptSource;
  readonly files: ReadonlyMap<string, PackageFile>;
  /**
   * Is there nothing but these files where the scripts lie? `yes` if the uploads remove everything else, or the prefix is named after its
   * content; `presumably` if only the app can have written there, since it makes the bucket.
   */
  readonly isWhole: 'yes' | 'presumably' | 'unknown';
}

/** The package that a group takes its scripts from, if the app uploads any files to there: read once for all groups that share it. */
export function scriptPackageOf(cluster: ClusterModel, { scriptSource: source }: InstanceGroupModel): ScriptPackage | undefined {
  return source && cluster.symbolizer.remember(cluster, `scripts in ${placeOf(source)}`, () => scriptPackage(cluster, source));
}

/** The path in the package of the script that the nodes of a group begin with, if it is known by name. */
export function entryScriptOf({ entryScript: { text } }: InstanceGroupModel): string | undefined {
  return text === undefined ? undefined : posix.normalize(text);
}

/** Where scripts lie, the same for all who name the same place. */
export function placeOf({ bucketName, prefix }: ScriptSource): string {
  return `${bucketName.key}/${prefix.key}`;
}

function scriptPackage(cluster: ClusterModel, source: ScriptSource): ScriptPackage | undefined {
  const { symbolizer } = cluster;
  const uploads = scriptUploads(cluster, source);
  const files = uploads.map(upload => uploadedFiles(cluster, upload));
  if (files.every(uploaded => !uploaded || uploaded.size === 0)) { return undefined; }
  return {
    source,
    files: new Map(files.flatMap(uploaded => [...uploaded ?? []])),
    get isWhole() {
      return files.includes(undefined) ? 'unknown' : symbolizer.remember(this, 'is whole', () => wholeness(cluster, uploads, source));
    },
  };
}

function wholeness(cluster: ClusterModel, uploads: readonly ScriptUpload[], { bucketName, prefix }: ScriptSource): ScriptPackage['isWhole'] {
  const prunes = uploads.some(({ resource, directory }) => {
    const prune = propertyOf(cluster, resource, 'Prune');
    return directory === '' && (!prune.isGiven || prune.boolean === true);
  });
  const namedAfterContent = /(^|\/)[0-9a-f]{32,64}\/$/.test(prefix.toString());
  if (prunes || namedAfterContent) { return 'yes'; }
  return findBucket(bucketName, cluster.stack, cluster.symbolizer).resource ? 'presumably' : 'unknown';
}
