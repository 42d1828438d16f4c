import { type Flaw, flawsIn, isShellScript } from './package-findings';
import { entryScriptOf, placeOf, type ScriptPackage, scriptPackageOf } from './script-package';
import { carriageReturns } from '../../shell/text-defects';
import type { ClusterModel } from '../core/cluster-model';
import type { Rule } from '../findings/rule';

export const scriptLineEndings: Rule = {
  id: 'HyperPod-ScriptLineEndings',
  title: 'Shell scripts have Unix line ends',
  levels: ['error', 'warning'],
  prevents: ['\\r: command not found', '/bin/bash^M: bad interpreter: No such file or directory'],
  why: 'A shell takes the carriage return at the end of a line as part of the last word, and the system takes it as part of the '
    + 'interpreter\'s name. Editors on Windows and `git` with `core.autocrlf` write it.',
  fix: 'Save the file with LF line ends, and put `*.sh text eol=lf` into .gitattributes.',
  sources: ['https://www.gnu.org/software/bash/manual/bash.html#Definitions', 'https://git-scm.com/docs/gitattributes#_eol'],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    return scripts
      ? flawsIn(group, scripts, 'Lifecycle scripts have Windows line ends (CR LF), which shells and the system do not understand.', flaws(cluster, scripts))
      : [];
  },
};

/** An entry script does not start; the others may not be run. */
function flaws(cluster: ClusterModel, { files, source }: ScriptPackage): Flaw[] {
  return [...files.values()].flatMap((file): Flaw[] => {
    const defect = carriageReturns(file.text ?? '');
    if (!defect) { return []; }
    const isEntry = cluster.groupsWhere(group => entryScriptOf(group) === file.path && group.scriptSource !== undefined
      && placeOf(group.scriptSource) === placeOf(source)).length > 0;
    return isEntry || isShellScript(file) ? [{ path: file.path, ...defect, level: isEntry ? 'error' : 'warning' }] : [];
  });
}
