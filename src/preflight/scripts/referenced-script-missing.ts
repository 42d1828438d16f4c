import { posix } from 'path';
import { type Flaw, flawsIn, isShellScript, uriOf } from './package-findings';
import { entryScriptOf, type ScriptPackage, scriptPackageOf } from './script-package';
import { scriptReferences } from '../../shell/script-references';
import type { ClusterModel } from '../core/cluster-model';
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
  checkGroup: (cluster, group) => {
    const path = entryScriptOf(group);
    const scripts = scriptPackageOf(cluster, group);
    const missing = path === undefined || !scripts ? [] : missingScripts(cluster, scripts, path);
    if (!scripts || missing.length === 0 || scripts.isWhole === 'unknown') { return []; }
    return flawsIn(group, scripts, `Scripts that ${path} runs are not among the files that the app uploads to ${uriOf(scripts)}.`,
      missing.map(({ isDecisive, ...flaw }) => ({ ...flaw, level: isDecisive && scripts.isWhole === 'yes' ? 'error' : 'warning' })));
  },
};

/** A reference to a script that is not in the package. */
interface MissingScript extends Omit<Flaw, 'level'> {
  /** The entry script gets there for certain, and ends in failure. */
  readonly isDecisive: boolean;
}

/** Looked for once for all groups that begin with the script. */
function missingScripts({ symbolizer }: ClusterModel, scripts: ScriptPackage, entryScript: string): readonly MissingScript[] {
  return symbolizer.remember(scripts, `missing for ${entryScript}`, () => missingFrom(scripts, entryScript));
}

/** Follows the references from the entry script. */
function missingFrom({ files }: ScriptPackage, entryScript: string): readonly MissingScript[] {
  const missing: MissingScript[] = [];
  const seen = new Set<string>();
  const follow = (path: string, decisive: boolean, errexit: boolean) => {
    const file = files.get(path);
    if (!file?.text || seen.has(path) || !isShellScript(file)) { return; }
    seen.add(path);
    for (const reference of scriptReferences(withUnixLineEnds(file.text), errexit)) {
      // A script is started in the entry script's directory or in the one above all; which one AWS does not document.
      const candidates = [reference.path, posix.join(posix.dirname(path), reference.path)].map(candidate => posix.normalize(candidate));
      const found = candidates.find(candidate => files.has(candidate));
      const isDecisive = decisive && reference.decisive;
      if (found === undefined) {
        missing.push({ path, line: reference.line, detail: `runs ${reference.path}`, isDecisive });
      } else {
        follow(found, isDecisive, reference.sourced && reference.decisive);
      }
    }
  };
  follow(entryScript, true, false);
  return missing;
}

/** Line ends are another rule's business. */
function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
