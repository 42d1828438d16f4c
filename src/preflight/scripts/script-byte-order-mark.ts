import { flawsIn, isScript } from './package-findings';
import { scriptPackageOf } from './script-package';
import { byteOrderMark } from '../../shell/text-defects';
import type { Rule } from '../findings/rule';

export const scriptByteOrderMark: Rule = {
  id: 'HyperPod-ScriptByteOrderMark',
  title: 'Scripts and JSON do not begin with a byte order mark',
  levels: ['warning'],
  prevents: ['Exec format error', 'Unexpected UTF-8 BOM (decode using utf-8-sig)'],
  why: 'Three invisible bytes before `#!` hide the interpreter from the system, and parsers of JSON, that of Python among them, refuse them.',
  fix: 'Save the file as UTF-8 without a byte order mark (BOM).',
  sources: ['https://man7.org/linux/man-pages/man2/execve.2.html', 'https://www.rfc-editor.org/rfc/rfc8259#section-8.1'],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    return scripts ? flawsIn(group, scripts, 'Lifecycle scripts begin with a UTF-8 byte order mark, which hides their first line.',
      [...scripts.files.values()].flatMap(file => {
        const defect = isScript(file) || file.path.endsWith('.json') ? byteOrderMark(file.text ?? '') : undefined;
        return defect ? [{ path: file.path, ...defect, level: 'warning' as const }] : [];
      })) : [];
  },
};
