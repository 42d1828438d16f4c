import { placeOf, type ScriptPackage } from './script-package';
import type { TextDefect } from '../../shell/text-defects';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import type { PackageFile } from '../core/uploaded-files';
import { about } from '../findings/about';
import type { Level, Observation } from '../findings/observation';

/** A file of a package, where something is wrong in it. */
export interface Flaw extends TextDefect {
  readonly path: string;
  readonly level: Level;
}

/** More of them would hide the rest of what synth says. */
const MAX_SHOWN = 10;

/** One observation on all that is wrong in the files of a group's package; none if nothing is. */
export function flawsIn(
  group: InstanceGroupModel, { source }: ScriptPackage, summary: string, flaws: readonly Flaw[], property: Property = group.at('LifeCycleConfig', 'SourceS3Uri'),
): Observation[] {
  if (flaws.length === 0) { return []; }
  const more = flaws.length - MAX_SHOWN;
  const level = flaws.some(one => one.level === 'error') ? 'error' : 'warning';
  const message = [
    summary,
    ...flaws.slice(0, MAX_SHOWN).map(({ path, line, detail }) => `${path}:${line}: ${detail}`),
    ...more > 0 ? [`… and ${more} more`] : [],
  ].join('\n');
  return [{ ...about(group, level, () => message, property), sharing: placeOf(source) }];
}

/** Where a package lies, as its groups name it. */
export function uriOf({ source }: ScriptPackage): string {
  return `s3://${source.bucketName}/${source.prefix}`;
}

/** Does the system, or a script that names it, run the file with a shell? */
export function isShellScript({ path, text }: PackageFile): boolean {
  return /\.(sh|bash)$/.test(path) || /^\uFEFF?#!.*\b(ba|da|z|k)?sh\b/.test(text ?? '');
}

export function isScript(file: PackageFile): boolean {
  return isShellScript(file) || file.path.endsWith('.py') || /^\uFEFF?#!/.test(file.text ?? '');
}
