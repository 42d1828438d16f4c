import { posix } from 'path';
import { type Flaw, flawsIn, isShellScript, placeOf } from './package-findings';
import { type EntryScript, type ScriptPackage, scriptPackages } from './script-package';
import { scriptReferences } from '../../shell/script-references';
import type { Rule } from '../findings/rule';

export const referencedScriptMissing: Rule = {
  id: 'HyperPod-ReferencedScriptMissing',
  title: 'Scripts that the entry script runs are uploaded with it',
  levels: ['error', 'warning'],
  prevents: ['Lifecycle scripts did not run successfully'],
  why: 'The entry script runs where HyperPod has copied the scripts to. A script that it runs, and that was not uploaded, is not found on '
    + 'the node, which often shows only after minutes of set-up.',
  fix: 'Upload the script too, correct the path, or test for the file before it is run.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html'],
  check: cluster => cluster.once(scriptPackages).filter(({ isWhole }) => isWhole !== 'unknown').flatMap(one => one.entryScripts.flatMap(entry =>
    flawsIn(entry.groups, `Scripts that ${entry.path} runs are not among the files that the app uploads to ${placeOf(one)}.`, missing(one, entry)))),
};

/** Follows the references from the entry script. */
function missing(one: ScriptPackage, entry: EntryScript): Flaw[] {
  const flaws: Flaw[] = [];
  const seen = new Set<string>();
  const follow = (path: string, decisive: boolean, errexit: boolean) => {
    const file = one.files.get(path);
    if (!file?.text || seen.has(path) || !isShellScript(file)) { return; }
    seen.add(path);
    for (const reference of scriptReferences(withUnixLineEnds(file.text), errexit)) {
      // A script is started in the entry script's directory or in the one above all; which one AWS does not document.
      const candidates = [reference.path, posix.join(posix.dirname(path), reference.path)].map(candidate => posix.normalize(candidate));
      const found = candidates.find(candidate => one.files.has(candidate));
      const isDecisive = decisive && reference.decisive;
      if (found === undefined) {
        flaws.push({
          path, line: reference.line, detail: `runs ${reference.path}`, level: isDecisive && one.isWhole === 'yes' ? 'error' : 'warning',
        });
      } else {
        follow(found, isDecisive, reference.sourced && reference.decisive);
      }
    }
  };
  follow(entry.path, true, false);
  return flaws;
}

/** Line ends are another rule's business. */
function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
