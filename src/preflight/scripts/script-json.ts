import { flawsIn } from './package-findings';
import { scriptPackageOf } from './script-package';
import { PROVISIONING_PARAMETERS_FILE } from '../../service/provisioning-parameters';
import { invalidJson } from '../../shell/text-defects';
import type { Rule } from '../findings/rule';

export const scriptJson: Rule = {
  id: 'HyperPod-ScriptJson',
  title: 'JSON files among the lifecycle scripts are JSON',
  levels: ['error', 'warning'],
  prevents: ['json.decoder.JSONDecodeError'],
  why: 'Scripts read their settings on the node, where a stray comma ends them, and with them the creation of the cluster.',
  fix: 'Correct the file: no comments, no comma after the last item, double quotes.',
  sources: ['https://www.rfc-editor.org/rfc/rfc8259', 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html'],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    const files = [...scripts?.files.values() ?? []].filter(({ path }) => path.endsWith('.json'));
    return scripts ? flawsIn(group, scripts, 'Files among the lifecycle scripts are not valid JSON.', files.flatMap(({ path, text }) => {
      const defect = text === undefined ? undefined : invalidJson(text);
      return defect ? [{ path, ...defect, level: path === PROVISIONING_PARAMETERS_FILE ? 'error' as const : 'warning' as const }] : [];
    })) : [];
  },
};
