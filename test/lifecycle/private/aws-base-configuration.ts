/** What AWS's lifecycle scripts for Slurm take from `provisioning_parameters.json`. */
export interface BaseConfiguration {
  readonly version: string;
  readonly workloadManager: string;
  readonly controllerGroup: string;
  readonly loginGroup?: string;
  readonly partitions: Record<string, string[]>;
  readonly lustre?: { readonly dnsName: string; readonly mountName: string };
  readonly openZfs?: string;
  readonly slurmConfigurations: Record<string, unknown>;
}

/**
 * Reads `provisioning_parameters.json` as AWS documents it, as strictly as a script that fails on a missing key.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
 */
export function awsBaseConfiguration(text: string): BaseConfiguration {
  const parameters = JSON.parse(text);
  const required = (object: any, key: string): string => {
    if (typeof object[key] !== 'string') { throw new Error(`KeyError: ${key}`); }
    return object[key];
  };
  const partitions: Record<string, string[]> = {};
  for (const worker of parameters.worker_groups) {
    (partitions[required(worker, 'partition_name')] ??= []).push(required(worker, 'instance_group_name'));
  }
  return {
    version: required(parameters, 'version'),
    workloadManager: required(parameters, 'workload_manager'),
    controllerGroup: required(parameters, 'controller_group'),
    loginGroup: parameters.login_group,
    partitions,
    lustre: parameters.fsx_dns_name && parameters.fsx_mountname
      ? { dnsName: parameters.fsx_dns_name, mountName: parameters.fsx_mountname } : undefined,
    openZfs: parameters.fsx_openzfs_dns_name,
    slurmConfigurations: parameters.slurm_configurations ?? {},
  };
}
