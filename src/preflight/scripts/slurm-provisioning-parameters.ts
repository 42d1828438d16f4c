import { type Flaw, flawsIn } from './package-findings';
import { parseProvisioningParameters, type ProvisioningParameters } from './provisioning-parameters';
import { scriptPackageOf } from './script-package';
import { PROVISIONING_PARAMETERS_FILE, PROVISIONING_PARAMETERS_KEYS } from '../../service/provisioning-parameters';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { orchestratorOf } from '../core/orchestrator';
import { slurmGroups, slurmNodeType } from '../core/slurm';
import type { Level } from '../findings/observation';
import type { Rule } from '../findings/rule';

/** What AWS says of the two together. */
const EXCLUSIVE = 'The LifeCycleConfig cannot include both a SLURM Orchestrator Config and a provisioning_parameters.json file simultaneously.';

export const slurmProvisioningParameters: Rule = {
  id: 'HyperPod-SlurmProvisioningParameters',
  title: 'provisioning_parameters.json fits the instance groups of the cluster',
  levels: ['error', 'warning'],
  prevents: ['KeyError', 'This instance not found in resource config. Can\'t process', EXCLUSIVE],
  why: 'AWS\'s lifecycle scripts for Slurm learn from this file which instance group is the controller, which are for logins, and which '
    + 'partitions the others form. Names that are not those of the cluster leave nodes without a part, or with a wrong one. A cluster whose '
    + 'instance groups have a SlurmConfig is set up by HyperPod itself: the two exclude each other.',
  fix: 'Let `LifecycleScripts.fromAsset` generate the file with `SlurmProvisioningParameters`, or write the names as in InstanceGroupName.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html',
  ],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    const file = scripts?.files.get(PROVISIONING_PARAMETERS_FILE);
    // Nothing reads the file on EKS.
    if (!scripts || !file || orchestratorOf(cluster) !== 'Slurm') { return []; }
    const text = file.text ?? '';
    const parameters = parseProvisioningParameters(text);
    const problems = [...parameters ? [...incomplete(parameters), ...namesAmiss(cluster, parameters)] : [], ...besidesSlurmApi(cluster, parameters)];
    return flawsIn(group, scripts, `${PROVISIONING_PARAMETERS_FILE} does not fit the cluster.`,
      problems.map(({ at, detail, level }) => ({ path: PROVISIONING_PARAMETERS_FILE, line: lineOf(at, text), detail, level })));
  },
};

interface Problem extends Pick<Flaw, 'detail' | 'level'> {
  /** What to look for in the file. */
  readonly at: string;
}

function incomplete({ version, workloadManager, controllerGroup, workerGroups }: ProvisioningParameters): Problem[] {
  const missing = (name: string, value: string | undefined, level: Level, at = ''): Problem[] =>
    value === undefined ? [{ at, detail: `${name} is missing`, level }] : [];
  return [
    ...missing('version', version, 'warning'),
    ...missing('workload_manager', workloadManager, 'warning'),
    ...missing('controller_group', controllerGroup, 'error'),
    ...workerGroups.flatMap(({ instanceGroupName, partitionName }) => [
      ...missing('instance_group_name', instanceGroupName, 'error', 'worker_groups'),
      ...missing('partition_name', partitionName, 'error', instanceGroupName ?? 'worker_groups'),
    ]),
  ];
}

function namesAmiss(cluster: ClusterModel, parameters: ProvisioningParameters): Problem[] {
  const parts = partsOf(parameters);
  // A name that is not known yet may be any.
  if ([...parts.keys()].some(isDeployTimeValue) || cluster.groupsWhere(group => nameOf(group) === undefined).length > 0) { return []; }
  const unknown = [...parts].filter(([name]) => cluster.groupsWhere(group => nameOf(group) === name).length === 0);
  return [
    ...unknown.map(([name, part]) => ({
      at: name, detail: `${part} ${JSON.stringify(name)} is no instance group of the cluster, which has ${namesOf(cluster)}`, level: 'error' as const,
    })),
    ...cluster.groupsWhere(group => !parts.has(nameOf(group)!)).map(group => ({
      at: 'worker_groups', detail: `the instance group ${JSON.stringify(nameOf(group))} has no part in it`, level: 'warning' as const,
    })),
  ];
}

function namesOf({ instanceGroups }: ClusterModel): string {
  return instanceGroups.map(group => JSON.stringify(nameOf(group))).join(', ');
}

function nameOf(group: InstanceGroupModel): string | undefined {
  return group.at('InstanceGroupName').text;
}

/**
 * HyperPod refuses the file beside a SlurmConfig. What it does with an orchestrator of Slurm and no SlurmConfig, AWS does not document.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html
 */
function besidesSlurmApi(cluster: ClusterModel, parameters: ProvisioningParameters | undefined): Problem[] {
  const configured = slurmGroups(cluster);
  if (configured.length === 0) {
    return cluster.at('Orchestrator', 'Slurm').isGiven ? [{
      at: '', detail: `the cluster has Orchestrator.Slurm: ${EXCLUSIVE} Leave Orchestrator.Slurm out if the scripts set up Slurm`, level: 'warning',
    }] : [];
  }
  const parts = parameters ? partsOf(parameters) : new Map<string, string>();
  const contradictions = configured.flatMap(group => {
    const [type, part] = [slurmNodeType(group), parts.get(group.label)];
    return part !== undefined && type !== undefined && NODE_TYPES.get(part) !== type ? [`"${group.label}" is a ${type} there and ${part} here`] : [];
  });
  return [{
    at: '',
    detail: [
      `instance groups ${configured.map(({ label }) => `"${label}"`).join(', ')} have a SlurmConfig, which says the same in another place: ${EXCLUSIVE} `
      + 'Remove the file, or every SlurmConfig',
      ...contradictions,
    ].join('; '),
    level: 'error',
  }];
}

const NODE_TYPES = new Map<string, string>(Object.entries(PROVISIONING_PARAMETERS_KEYS).map(([type, key]) => [key, type]));

/** The names in the file, and the keys that they stand under. */
function partsOf({ controllerGroup, loginGroup, workerGroups }: ProvisioningParameters): Map<string, string> {
  const parts: [string | undefined, string][] = [
    ...workerGroups.map(({ instanceGroupName }): [string | undefined, string] => [instanceGroupName, PROVISIONING_PARAMETERS_KEYS.Compute]),
    [loginGroup, PROVISIONING_PARAMETERS_KEYS.Login],
    [controllerGroup, PROVISIONING_PARAMETERS_KEYS.Controller],
  ];
  return new Map(parts.filter((part): part is [string, string] => part[0] !== undefined));
}

function isDeployTimeValue(name: string): boolean {
  return name.includes('<<marker:');
}

function lineOf(word: string, text: string): number {
  const line = word === '' ? -1 : text.split('\n').findIndex(one => one.includes(`"${word}"`));
  return line < 0 ? 1 : line + 1;
}
