import { scriptReaders } from './script-reader';
import { scriptUploads } from '../core/script-uploads';
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
  check: cluster => cluster.once(scriptReaders).known.flatMap(({ groups, source }) => {
    const late = scriptUploads(cluster, source).map(({ resource }) => resource).filter(upload => !cluster.waitsFor(upload));
    if (late.length === 0) { return []; }
    return [{
      subjects: groups.map(({ label }) => label),
      level: 'warning' as const,
      message: `The nodes of ${namedGroups(groups)} may be created before their lifecycle scripts are uploaded: the cluster does not wait `
        + `for ${late.map(upload => upload.node.path).join(', ')}.\n`
        + 'Add a dependency of the cluster on it, as `cluster.node.addDependency(bucketDeployment)`.',
      locations: groups.map(({ location }) => `${location}.LifeCycleConfig.SourceS3Uri`),
    }];
  }),
};
