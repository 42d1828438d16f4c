import { posix } from 'path';
import { type StagedFile, stagedFiles } from './staged-assets';
import { groupBy } from '../../template/group-by';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { ScriptSource } from '../core/script-source';
import { type ScriptUpload, scriptUploads } from '../core/script-uploads';

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

/** The entry script of some instance groups, by its path in the package. */
export interface EntryScript {
  readonly path: string;
  readonly groups: readonly InstanceGroupModel[];
}

/** What the app uploads to where some instance groups' scripts lie. */
export interface ScriptPackage {
  readonly groups: readonly InstanceGroupModel[];
  readonly source: ScriptSource;
  readonly files: ReadonlyMap<string, PackageFile>;
  /** Where the entry scripts are known by name. */
  readonly entryScripts: readonly EntryScript[];
  /**
   * Is there nothing but these files where the scripts lie? `yes` if the uploads remove everything else, or the prefix is named after its
   * content; `presumably` if only the app can have written there, since it makes the bucket.
   */
  readonly isWhole: 'yes' | 'presumably' | 'unknown';
}

/** The packages of a cluster's lifecycle scripts, one for each place that groups take them from and the app uploads to. */
export function scriptPackages(cluster: ClusterModel): ScriptPackage[] {
  const sharing = groupBy(cluster.instanceGroups.filter(({ scriptSource }) => scriptSource),
    ({ scriptSource }) => `${scriptSource!.bucketName.key}/${scriptSource!.prefix.key}`);
  return [...sharing.values()].flatMap(groups => {
    const source = groups[0].scriptSource!;
    const uploads = scriptUploads(cluster, source);
    const files = uploads.map(upload => uploadedFiles(cluster, upload));
    return files.every(uploaded => !uploaded || uploaded.size === 0) ? [] : [{
      groups,
      source,
      files: new Map(files.flatMap(uploaded => [...uploaded ?? []])),
      entryScripts: entryScripts(groups),
      isWhole: files.includes(undefined) ? 'unknown' as const : wholeness(cluster, uploads, source, groups[0]),
    }];
  });
}

function entryScripts(groups: readonly InstanceGroupModel[]): EntryScript[] {
  const named = groups.filter(({ entryScript }) => entryScript.text !== undefined);
  return [...groupBy(named, ({ entryScript }) => posix.normalize(entryScript.text!))].map(([path, sharing]) => ({ path, groups: sharing }));
}

/** The files of an upload that lie at the prefix. Undefined if they cannot be told. */
function uploadedFiles({ symbolizer }: ClusterModel, { resource, directory, from }: ScriptUpload): Map<string, PackageFile> | undefined {
  const { SourceObjectKeys: keys, SourceMarkers: markers, Extract, Exclude, Include } = symbolizer.template.render(resource).Properties;
  if (String(Extract ?? true) === 'false' || Exclude || Include || !Array.isArray(keys)) { return undefined; }
  const files = new Map<string, PackageFile>();
  for (const [index, key] of keys.entries()) {
    const objectKey = symbolizer.string(key, resource.stack);
    const staged = objectKey && stagedFiles(objectKey, symbolizer);
    if (!staged) { return undefined; }
    const fill = (text: string) => Object.entries(markers?.[index] ?? {}).reduce((filled, [marker, value]) => {
      const pieces = symbolizer.string(value, resource.stack)?.pieces ?? [marker];
      return filled.replaceAll(marker, () => pieces.map(piece => typeof piece === 'string' ? piece : marker).join(''));
    }, text);
    for (const [path, file] of staged) {
      if (path.startsWith(from)) {
        const target = `${directory}${path.slice(from.length)}`;
        files.set(target, packageFile(target, file, fill));
      }
    }
  }
  return files;
}

function packageFile(path: string, file: StagedFile, fill: (text: string) => string): PackageFile {
  return {
    path,
    size: file.size,
    get text() {
      // A zero byte is no character of any script.
      return file.size > MAX_TEXT_BYTES || file.bytes.includes(0) ? undefined : fill(file.bytes.toString('utf8'));
    },
  };
}

function wholeness({ symbolizer }: ClusterModel, uploads: readonly ScriptUpload[], { prefix }: ScriptSource, group: InstanceGroupModel):
ScriptPackage['isWhole'] {
  const prunes = uploads.some(({ resource, directory }) =>
    directory === '' && String(symbolizer.template.render(resource).Properties.Prune ?? true) !== 'false');
  const namedAfterContent = /(^|\/)[0-9a-f]{32,64}\/$/.test(prefix.toString());
  if (prunes || namedAfterContent) { return 'yes'; }
  return group.scriptBucket?.resource ? 'presumably' : 'unknown';
}
