import { type Flaw, flawsIn, isShellScript } from './package-findings';
import { type ScriptPackage, scriptPackages } from './script-package';
import { carriageReturns } from '../../shell/text-defects';
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
  check: cluster => cluster.once(scriptPackages).flatMap(one =>
    flawsIn(one.groups, 'Lifecycle scripts have Windows line ends (CR LF), which shells and the system do not understand.', flaws(one))),
};

/** An entry script does not start; the others may not be run. */
function flaws({ files, entryScripts }: ScriptPackage): Flaw[] {
  return [...files.values()].flatMap(file => {
    const isEntry = entryScripts.some(({ path }) => path === file.path);
    const defect = isEntry || isShellScript(file) ? carriageReturns(file.text ?? '') : undefined;
    return defect ? [{ path: file.path, ...defect, level: isEntry ? 'error' : 'warning' }] : [];
  });
}
