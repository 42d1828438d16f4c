import { flawsIn, isScript } from './package-findings';
import { scriptPackageOf } from './script-package';
import { placeholders } from '../../shell/text-defects';
import type { Rule } from '../findings/rule';

/** Files that are for people. */
const DOCUMENTATION = /\.(md|rst|txt|adoc)$/i;

export const scriptPlaceholders: Rule = {
  id: 'HyperPod-ScriptPlaceholders',
  title: 'No placeholders are left in the lifecycle scripts',
  levels: ['warning'],
  prevents: [],
  why: 'Samples come with values to fill in. One that is left goes to the nodes as it is: a file system that does not exist, a group that '
    + 'no node is in.',
  fix: 'Fill in the value, or have it generated: `SlurmProvisioningParameters` writes provisioning_parameters.json.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html'],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    if (!scripts) { return []; }
    const texts = [...scripts.files.values()].filter(({ path, text }) => text !== undefined && !DOCUMENTATION.test(path));
    const codes = texts.filter(isScript).map(({ text }) => text!);
    return flawsIn(group, scripts, 'Lifecycle scripts have placeholders that nobody filled in.', texts.flatMap(({ path, text }) =>
      placeholders(text!, codes).map(defect => ({ path, ...defect, level: 'warning' as const }))));
  },
};
