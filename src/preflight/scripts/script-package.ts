import { posix } from 'path';
import { type StagedFile, stagedFiles } from './staged-assets';
import { findBucket } from '../../iam/resources/bucket';
import type { Symbolizer } from '../../template/symbolizer';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { ScriptSource } from '../core/script-source';
import { type ScriptUpload, scriptUploads } from '../core/script-uploads';
import { propertyOf } from '../core/vpc/app-resources';

/** More than a script has: what is larger is not read as text. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** A file that the app uploads to where scripts lie. */
export interface PackageFile {
  /** Its path relative to the prefix, which the nodes see it under. */
  readonly path: string;
  readonly size: number;
  /** Undefined for what is no text. Values that are known only at deployment stand as CDK's markers. */
  readonly text: string | undefined;
}

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

/** The files of an upload that lie at the prefix. Undefined if they cannot be told. */
export function uploadedFiles(cluster: ClusterModel, { resource, directory, from }: ScriptUpload): Map<string, PackageFile> | undefined {
  const upload = propertyOf(cluster, resource);
  const extract = upload.at('Extract');
  const keys = upload.at('SourceObjectKeys').values;
  if ((extract.isGiven && extract.boolean !== true) || upload.at('Exclude').isGiven || upload.at('Include').isGiven || !keys) { return undefined; }
  const files = new Map<string, PackageFile>();
  for (const [index, key] of keys.entries()) {
    const staged = key && stagedFiles(key, cluster.symbolizer);
    if (!staged) { return undefined; }
    const fill = (text: string) => upload.at('SourceMarkers', index).members.reduce((filled, marker) => {
      const pieces = marker.value?.pieces ?? [marker.key];
      return filled.replaceAll(marker.key, () => pieces.map(piece => typeof piece === 'string' ? piece : marker.key).join(''));
    }, text);
    for (const [path, file] of staged) {
      if (path.startsWith(from)) {
        const target = `${directory}${path.slice(from.length)}`;
        files.set(target, packageFile(target, file, cluster.symbolizer, fill));
      }
    }
  }
  return files;
}

function packageFile(path: string, file: StagedFile, symbolizer: Symbolizer, fill: (text: string) => string): PackageFile {
  return {
    path,
    size: file.size,
    get text() {
      // A zero byte is no character of any script.
      return file.size > MAX_TEXT_BYTES || file.bytes.includes(0) ? undefined
        : symbolizer.remember(this, 'text', () => fill(file.bytes.toString('utf8')));
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
