import { flawsIn } from './package-findings';
import { entryScriptOf, scriptPackageOf } from './script-package';
import { missingShebang } from '../../shell/text-defects';
import type { Rule } from '../findings/rule';

export const entryScriptShebang: Rule = {
  id: 'HyperPod-EntryScriptShebang',
  title: 'The entry script says which program runs it',
  levels: ['warning'],
  prevents: ['Exec format error'],
  why: 'The system runs a script by the interpreter that its first line names, as in `#!/bin/bash`. AWS does not document that nodes run '
    + 'the entry script in another way; its samples all have that line.',
  fix: 'Begin the script with `#!/bin/bash`, or with the interpreter that it is written for.',
  sources: ['https://man7.org/linux/man-pages/man2/execve.2.html'],
  checkGroup: (cluster, group) => {
    const path = entryScriptOf(group);
    const scripts = scriptPackageOf(cluster, group);
    const text = path === undefined ? undefined : scripts?.files.get(path)?.text;
    const defect = text === undefined ? undefined : missingShebang(text);
    return !scripts || !defect ? [] : flawsIn(group, scripts, 'The entry script does not begin with "#!", so that the system does not know what runs it.',
      [{ path: path!, ...defect, level: 'warning' }], group.entryScript);
  },
};
