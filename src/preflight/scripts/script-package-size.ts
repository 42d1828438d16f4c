import { placeOf, scriptPackageOf } from './script-package';
import { about, type Wording } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

const MEBIBYTE = 1024 * 1024;

/**
 * A judgement, not a limit of AWS: a hundred times the size of AWS's own Slurm scripts, and small enough that the function that uploads
 * them has room for the archive and its content in the 512 MB of temporary storage that Lambda gives by default
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html).
 */
const MAX_BYTES = 100 * MEBIBYTE;

/**
 * A judgement likewise: S3 lists a thousand objects a request
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html), and each object is a request more.
 */
const MAX_FILES = 1000;

export const scriptPackageSize: Rule = {
  id: 'HyperPod-ScriptPackageSize',
  title: 'The lifecycle scripts are small enough to download',
  levels: ['warning'],
  prevents: ['Lifecycle scripts execution timed out'],
  why: 'Every node downloads everything under SourceS3Uri when it is created or replaced, before it runs the entry script, and the time for '
    + `that is limited. AWS does not say to what; more than ${MAX_BYTES / MEBIBYTE} MiB or ${MAX_FILES} files is this library's judgement of too much. `
    + 'It is mostly a .git directory, an environment or data that came along.',
  fix: 'Upload the scripts alone. Let them fetch what is large from its own place, such as a bucket or a file system.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
  ],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    if (!scripts) { return []; }
    const { files, source } = scripts;
    const bytes = [...files.values()].reduce((sum, { size }) => sum + size, 0);
    if (bytes <= MAX_BYTES && files.size <= MAX_FILES) { return []; }
    const [largest] = [...files.values()].sort((one, other) => other.size - one.size);
    const words: Wording = groups =>
      `Each node of ${namedGroups(groups)} downloads ${files.size} files of ${mebibytes(bytes)} MiB before it runs its entry script, `
      + `and may time out. The largest is ${largest.path} (${mebibytes(largest.size)} MiB).`;
    return [{ ...about(group, 'warning', words, group.at('LifeCycleConfig', 'SourceS3Uri')), sharing: placeOf(source) }];
  },
};

function mebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(1);
}
