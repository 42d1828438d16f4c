import { placeOf } from './script-package';
import type { ClusterModel } from '../core/cluster-model';
import type { ScriptSource } from '../core/script-source';
import { type ScriptUpload, scriptUploads } from '../core/script-uploads';
import { uploadedFiles } from '../core/uploaded-files';
import { propertyOf } from '../core/vpc/app-resources';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const scriptsPruned: Rule = {
  id: 'HyperPod-ScriptsPruned',
  title: 'No other upload deletes the lifecycle scripts',
  levels: ['error', 'warning'],
  prevents: ['Lifecycle scripts did not run successfully. Ensure the scripts exist in provided S3 path, are accessible, and run without errors'],
  why: 'A BucketDeployment deletes everything under its destination that is not among its own files, unless `prune` is false. Nodes that are '
    + 'created or replaced after that find no scripts.',
  fix: 'Upload to separate prefixes, upload all sources in one BucketDeployment, or set `prune: false` on the other one.',
  sources: ['https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html'],
  checkGroup: (cluster, group) => {
    const { scriptSource: source } = group;
    const pruned = source ? cluster.symbolizer.remember(cluster, `pruned in ${placeOf(source)}`, () => prunedUploads(cluster, source)) : [];
    if (!source || pruned.length === 0) { return []; }
    const level = pruned.some(({ isLast }) => isLast) ? 'error' : 'warning';
    return [{
      ...about(group, level, groups => [
        `Lifecycle scripts of ${namedGroups(groups)} are deleted from s3://${source.bucketName}/${source.prefix} by another upload of the app.`,
        ...pruned.map(({ by, scripts, isLast }) => `${pathOf(by)} prunes its destination, which holds what ${pathOf(scripts)} uploads${isLast ? ' before it' : ''}.`),
        'Set prune: false on it, upload to separate prefixes, or give all sources to one BucketDeployment.',
      ].join('\n'), group.at('LifeCycleConfig', 'SourceS3Uri')),
      sharing: placeOf(source),
    }];
  },
};

interface Pruned {
  readonly by: ScriptUpload;
  readonly scripts: ScriptUpload;
  /** CloudFormation uploads the scripts first, so nothing brings them back. */
  readonly isLast: boolean;
}

function prunedUploads(cluster: ClusterModel, source: ScriptSource): readonly Pruned[] {
  const uploads = scriptUploads(cluster, source);
  if (uploads.length < 2) { return []; }
  return uploads.filter(upload => prunes(cluster, upload)).flatMap(by => uploads
    .filter(scripts => scripts !== by && deletes(cluster, by, scripts))
    .map(scripts => ({ by, scripts, isLast: cluster.isAfter(by.resource, scripts.resource) && areKnown(cluster, by, scripts) })));
}

/** What an upload excludes, it does not delete either. */
function prunes(cluster: ClusterModel, { resource }: ScriptUpload): boolean {
  const prune = propertyOf(cluster, resource, 'Prune');
  const isFiltered = (['Exclude', 'Include'] as const).some(filter => propertyOf(cluster, resource, filter).isGiven);
  return !isFiltered && (!prune.isGiven || prune.boolean === true);
}

/** Files that are not known may be scripts where they go to the scripts' prefix itself. */
function deletes(cluster: ClusterModel, by: ScriptUpload, scripts: ScriptUpload): boolean {
  const files = uploadedFiles(cluster, scripts);
  const kept = uploadedFiles(cluster, by);
  if (!files) { return scripts.from === '' && scripts.directory.startsWith(by.directory); }
  return [...files.keys()].some(path => path.startsWith(by.directory) && !kept?.has(path));
}

function areKnown(cluster: ClusterModel, ...uploads: readonly ScriptUpload[]): boolean {
  return uploads.every(upload => uploadedFiles(cluster, upload) !== undefined);
}

function pathOf({ resource }: ScriptUpload): string {
  return resource.node.path;
}
