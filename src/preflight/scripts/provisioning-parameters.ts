import { PROVISIONING_PARAMETERS_KEYS } from '../../service/provisioning-parameters';

/** Which instance groups play which part in Slurm. Undefined where the file does not say so as text. */
export interface ProvisioningParameters {
  readonly version?: string;
  readonly workloadManager?: string;
  readonly controllerGroup?: string;
  readonly loginGroup?: string;
  readonly workerGroups: readonly { readonly instanceGroupName?: string; readonly partitionName?: string }[];
}

/**
 * Reads `provisioning_parameters.json`.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
 *
 * @returns undefined if the text is not an object in JSON
 */
export function parseProvisioningParameters(text: string): ProvisioningParameters | undefined {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) { return undefined; }
  const workers: unknown[] = Array.isArray(json[PROVISIONING_PARAMETERS_KEYS.Compute]) ? json[PROVISIONING_PARAMETERS_KEYS.Compute] : [];
  return {
    version: textOf(json.version),
    workloadManager: textOf(json.workload_manager),
    controllerGroup: textOf(json[PROVISIONING_PARAMETERS_KEYS.Controller]),
    loginGroup: textOf(json[PROVISIONING_PARAMETERS_KEYS.Login]),
    workerGroups: workers.map((worker: any) => ({
      instanceGroupName: textOf(worker?.instance_group_name), partitionName: textOf(worker?.partition_name),
    })),
  };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    // That it is no JSON is another rule's business.
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
