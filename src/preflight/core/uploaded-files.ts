import type { ClusterModel } from './cluster-model';
import type { ScriptUpload } from './script-uploads';
import { type StagedFile, stagedFiles } from './staged-assets';
import { propertyOf } from './vpc/app-resources';
import type { Symbolizer } from '../../template/symbolizer';

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
