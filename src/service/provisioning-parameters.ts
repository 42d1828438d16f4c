/**
 * The file that tells lifecycle scripts for Slurm what each instance group is. It lies beside the entry script.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
 */
export const PROVISIONING_PARAMETERS_FILE = 'provisioning_parameters.json';

/**
 * The part that an instance group has in Slurm.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export type SlurmNodeType = 'Controller' | 'Login' | 'Compute';

/**
 * The key of the file that names the groups of a node type.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
 */
export const PROVISIONING_PARAMETERS_KEYS = {
  Controller: 'controller_group',
  Login: 'login_group',
  Compute: 'worker_groups',
} as const satisfies Readonly<Record<SlurmNodeType, string>>;
