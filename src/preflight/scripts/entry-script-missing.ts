import { placeOf } from './package-findings';
import { scriptPackages } from './script-package';
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
  check: cluster => cluster.once(scriptPackages).filter(({ isWhole }) => isWhole !== 'unknown').flatMap(one => one.entryScripts
    .filter(({ path }) => !one.files.has(path))
    .map(({ path, groups }) => ({
      subjects: groups.map(({ label }) => label),
      level: one.isWhole === 'yes' ? 'error' as const : 'warning' as const,
      message: `The entry script ${JSON.stringify(path)} of ${namedGroups(groups)} is not among the files that the app uploads to `
        + `${placeOf(one)}: ${listed([...one.files.keys()])}.`,
      locations: groups.map(({ entryScript }) => entryScript.path),
    }))),
};

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).join(', ');
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown;
}
