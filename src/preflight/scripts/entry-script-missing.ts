import { uriOf } from './package-findings';
import { entryScriptOf, scriptPackageOf } from './script-package';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const entryScriptMissing: Rule = {
  id: 'HyperPod-EntryScriptMissing',
  title: 'The entry script is among the lifecycle scripts',
  levels: ['error', 'warning'],
  prevents: ['Lifecycle scripts did not run successfully. Ensure the scripts exist in provided S3 path, are accessible, and run without errors'],
  why: 'OnCreate and OnInitComplete name a file under SourceS3Uri. If it is not there, no node of the group starts.',
  fix: 'Name the script as it lies under SourceS3Uri, with the directory that it is in, or upload it too.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterLifeCycleConfig.html'],
  checkGroup: (cluster, group) => {
    const path = entryScriptOf(group);
    const scripts = scriptPackageOf(cluster, group);
    if (path === undefined || !scripts || scripts.files.has(path) || scripts.isWhole === 'unknown') { return []; }
    return [about(group, scripts.isWhole === 'yes' ? 'error' : 'warning', groups =>
      `The entry script ${JSON.stringify(path)} of ${namedGroups(groups)} is not among the files that the app uploads to `
      + `${uriOf(scripts)}: ${listed([...scripts.files.keys()])}.`, group.entryScript)];
  },
};

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
}
