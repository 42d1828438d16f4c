import { uriOf } from './package-findings';
import { scriptPackageOf, type ScriptPackage } from './script-package';
import { PROVISIONING_PARAMETERS_FILE } from '../../service/provisioning-parameters';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { orchestratorOf } from '../core/orchestrator';
import { hasSlurmConfig } from '../core/slurm';
import { fsxConfigs } from '../core/storage';
import type { PackageFile } from '../core/uploaded-files';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

const GETTING_STARTED = 'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html';
const MIGRATION = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html';

export const onCreateWithoutSlurm: Rule = {
  id: 'HyperPod-OnCreateWithoutSlurm',
  title: 'OnCreate scripts set up what SlurmConfig and FSx mounts name',
  levels: ['warning'],
  prevents: [],
  why: 'AWS\'s pages contradict each other about who starts Slurm and mounts file systems on nodes with an OnCreate script: by one page the script, '
    + 'by another HyperPod. With OnInitComplete, or without scripts, it is HyperPod by both.',
  fix: 'Use OnInitComplete instead of OnCreate, or start Slurm and mount the file systems in the script.',
  sources: [GETTING_STARTED, MIGRATION],
  checkGroup: (cluster, group) => {
    const onCreate = group.at('LifeCycleConfig', 'OnCreate');
    if (!onCreate.isGiven || !needsSetup(group) || orchestratorOf(cluster) !== 'Slurm') { return []; }
    const scripts = scriptPackageOf(cluster, group);
    if (!scripts || scripts.isWhole === 'unknown' || maySetUp(cluster, scripts)) { return []; }
    return [about(group, 'warning', groups =>
      `The OnCreate scripts of ${namedGroups(groups)} in ${uriOf(scripts)} neither start Slurm nor mount file systems. AWS's pages contradict each other `
      + 'about whether they have to:\n'
      + `"HyperPod does not run AMI-based configuration and does not start Slurm. Your scripts own the entire provisioning sequence" (${GETTING_STARTED})\n`
      + `Slurm and FSx "are handled by HyperPod based on the API payload" (${MIGRATION})\n`
      + 'Use OnInitComplete instead of OnCreate, which is right by both pages.', onCreate)];
  },
};

function needsSetup(group: InstanceGroupModel): boolean {
  return hasSlurmConfig(group) || (group.kind === 'InstanceGroups' && fsxConfigs(group).length > 0);
}

/** May any of the files start Slurm or mount a file system? Those with provisioning_parameters.json are AWS's, which do. */
function maySetUp({ symbolizer }: ClusterModel, scripts: ScriptPackage): boolean {
  return symbolizer.remember(scripts, 'may set up Slurm', () =>
    scripts.files.has(PROVISIONING_PARAMETERS_FILE) || [...scripts.files.values()].some(maySetUpNode));
}

function maySetUpNode({ path, text }: PackageFile): boolean {
  return !path.endsWith('.md') && (text === undefined || SETUP.test(text.replaceAll(/^\s*#.*$/gm, '')));
}

/** What names Slurm or a mount, is filled in at deployment, or fetches what may do either. */
const SETUP = /slurm|mount|fstab|<<marker:|curl|wget|\bgit\b|aws s3|boto3|ansible/i;
