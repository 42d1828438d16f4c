import { posix } from 'path';
import { flawsIn, isShellScript, uriOf } from './package-findings';
import { entryScriptOf, type ScriptPackage, scriptPackageOf } from './script-package';
import { PROVISIONING_PARAMETERS_FILE } from '../../service/provisioning-parameters';
import { type NamedFile, namedFile } from '../../shell/named-file';
import { scriptReferences } from '../../shell/script-references';
import { orchestratorOf } from '../core/orchestrator';
import { slurmGroups } from '../core/slurm';
import type { Rule } from '../findings/rule';

export const provisioningParametersMissing: Rule = {
  id: 'HyperPod-ProvisioningParametersMissing',
  title: 'Scripts that read provisioning_parameters.json are uploaded with it',
  levels: ['error', 'warning'],
  prevents: ['FileNotFoundError: [Errno 2] No such file or directory: \'provisioning_parameters.json\''],
  why: 'AWS\'s lifecycle scripts for Slurm open this file first, on every node. It is not among the files of AWS\'s base configuration: it has to '
    + 'be written for the cluster.',
  fix: 'Let `LifecycleScripts.fromAsset` generate the file with `provisioningParameters`, or add it to the directory. Where the instance groups '
    + 'have a SlurmConfig, run scripts that do not read it.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html'],
  checkGroup: (cluster, group) => {
    const entryScript = entryScriptOf(group);
    const scripts = scriptPackageOf(cluster, group);
    if (entryScript === undefined || !scripts || scripts.files.has(PROVISIONING_PARAMETERS_FILE)) { return []; }
    const needed = cluster.symbolizer.remember(scripts, `parameters for ${entryScript}`, () => namedFrom(scripts, entryScript));
    if (!needed || scripts.isWhole === 'unknown' || orchestratorOf(cluster) !== 'Slurm') { return []; }
    const { path, line, as } = needed;
    const wayOut = slurmGroups(cluster).length > 0
      ? 'instance groups have a SlurmConfig, beside which the file is refused: run scripts that do not read it'
      : 'add the file, or give LifecycleScripts.fromAsset() provisioningParameters';
    return flawsIn(group, scripts, `${PROVISIONING_PARAMETERS_FILE} is not among the files that the app uploads to ${uriOf(scripts)}.`,
      [{ path, line, detail: `names the file; ${wayOut}`, level: as === 'read' && scripts.isWhole === 'yes' ? 'error' : 'warning' }]);
  },
};

interface Naming extends NamedFile {
  readonly path: string;
}

/** Where the entry script, or a script that it runs, names the file, if none of them may make it or tests for it. */
function namedFrom({ files }: ScriptPackage, entryScript: string): Naming | undefined {
  const namings: Naming[] = [];
  const seen = new Set<string>();
  const follow = (path: string, isCertain: boolean) => {
    const file = files.get(path);
    if (!file?.text || seen.has(path)) { return; }
    seen.add(path);
    const text = file.text.replaceAll('\r\n', '\n');
    const isShell = isShellScript(file);
    const naming = isShell ? namedFile(text, PROVISIONING_PARAMETERS_FILE) : namedInPython(text);
    if (naming) { namings.push({ path, line: naming.line, as: naming.as === 'read' && !isCertain ? 'named' : naming.as }); }
    for (const reference of isShell ? scriptReferences(text) : []) {
      const candidates = [reference.path, posix.join(posix.dirname(path), reference.path)].map(candidate => posix.normalize(candidate));
      const found = candidates.find(candidate => files.has(candidate));
      if (found !== undefined) { follow(found, isCertain && (reference.decisive || reference.sourced)); }
    }
  };
  follow(entryScript, true);
  return namings.some(({ as }) => as === 'handled') ? undefined : namings.find(({ as }) => as === 'read') ?? namings[0];
}

/** Python that may make the file, tests for it or catches that it is missing, handles it. */
function namedInPython(text: string): NamedFile | undefined {
  const lines = text.split('\n').map(line => line.replace(/(^|\s)#.*$/, ''));
  const tests = lines.findIndex(line => /\b(exists|isfile|is_file)\b/.test(line) && line.includes('provisioning_parameters'));
  const line = lines.findIndex(one => one.includes(PROVISIONING_PARAMETERS_FILE));
  if (tests >= 0 || /FileNotFoundError|OSError|IOError/.test(text)) { return { line: Math.max(tests, 0) + 1, as: 'handled' }; }
  if (line < 0) { return undefined; }
  const mayMake = /\b(write_text|json\.dump|exists|isfile|is_file|copy\w*|move|download_file\w*|except)\b|['"][wax]b?\+?['"]/.test(lines.join('\n'));
  return { line: line + 1, as: mayMake ? 'handled' : lines[line].includes('open(') ? 'read' : 'named' };
}
