/**
 * Properties of an instance group that only EKS clusters have.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-custom-labels-and-taints.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterinstancegroup.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ami-auto-patching.html
 */
export const EKS_GROUP_PROPERTIES = ['KubernetesConfig', 'ImageReleaseVersion', 'AutoPatchConfig'] as const;

/**
 * Properties of a cluster that, if their Mode is Enable, only EKS clusters have.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/managed-tier-checkpointing-setup.html
 */
export const EKS_MODES = ['AutoScaling', 'TieredStorageConfig'] as const;

/**
 * Properties of an instance group that only Slurm clusters have.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export const SLURM_GROUP_PROPERTIES = ['SlurmConfig'] as const;

export type EksGroupProperty = typeof EKS_GROUP_PROPERTIES[number];
export type EksMode = typeof EKS_MODES[number];
