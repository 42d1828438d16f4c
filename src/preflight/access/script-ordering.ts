import type { CfnResource } from 'aws-cdk-lib';
import { alike, scriptReaderOf } from './script-reader';
import type { ClusterModel } from '../core/cluster-model';
import type { ScriptSource } from '../core/script-source';
import { scriptUploads } from '../core/script-uploads';
import { uploadedFiles } from '../core/uploaded-files';
import { about, type Wording } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const scriptOrdering: Rule = {
  id: 'HyperPod-ScriptOrdering',
  title: 'The cluster waits for the upload of its lifecycle scripts',
  levels: ['warning'],
  prevents: ['Lifecycle scripts did not run successfully. Ensure the scripts exist in provided S3 path, are accessible, and run without errors'],
  why: 'Nodes download the scripts when they are created. An upload of the same app is a resource beside the cluster, which '
    + 'CloudFormation may run after it.',
  fix: 'Let the cluster depend on the upload: `cluster.node.addDependency(bucketDeployment)`.',
  sources: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html'],
  checkGroup: (cluster, group) => {
    const { scriptSource: source } = group;
    // Whether any upload is late is the same for most groups, and whoever waits for all of them need not be asked how it reads.
    const late = source ? lateUploads(cluster, source) : [];
    if (late.length === 0 || !scriptReaderOf(cluster, group)) { return []; }
    const words: Wording = groups => `The nodes of ${namedGroups(groups)} may be created before their lifecycle scripts are uploaded: the cluster does not wait `
      + `for ${late.map(upload => upload.node.path).join(', ')}.\n`
      + 'Add a dependency of the cluster on it, as `cluster.node.addDependency(bucketDeployment)`.';
    return [{ ...about(group, 'warning', words, group.at('LifeCycleConfig', 'SourceS3Uri')), sharing: alike(group) }];
  },
};

/** An upload that waits for the cluster, such as of a file with the cluster's ARN, cannot be waited for. */
function lateUploads(cluster: ClusterModel, source: ScriptSource): readonly CfnResource[] {
  return scriptUploads(cluster, source)
    .filter(upload => !cluster.waitsFor(upload.resource) && !cluster.isWaitedForBy(upload.resource) && uploadedFiles(cluster, upload)?.size !== 0)
    .map(({ resource }) => resource);
}
