/**
 * The only value of `NodeProvisioningMode`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html
 */
export const CONTINUOUS = 'Continuous';

/**
 * Properties of a cluster that need continuous provisioning.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 */
export const CONTINUOUS_CLUSTER_PROPERTIES = ['AutoScaling', 'Orchestrator.Slurm.AccountingDatabase'] as const;

/**
 * Properties of an instance group that need continuous provisioning.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-spot.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export const CONTINUOUS_GROUP_PROPERTIES = ['InstanceRequirements', 'MinInstanceCount', 'CapacityRequirements.Spot', 'VolumeKmsKeyId'] as const;

export type ContinuousClusterProperty = typeof CONTINUOUS_CLUSTER_PROPERTIES[number];
export type ContinuousGroupProperty = typeof CONTINUOUS_GROUP_PROPERTIES[number];

/** The pages with the two statements about an omitted `NodeProvisioningMode`. */
export const PROVISIONING_SOURCES: readonly string[] = [
  'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html',
  'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html',
];

/**
 * What AWS says of a cluster without `NodeProvisioningMode`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html
 */
export const PROVISIONING_CONTRADICTION = 'AWS\'s documents contradict each other about a cluster without NodeProvisioningMode: the SageMaker '
  + 'guide says "Continuous provisioning is the default for new clusters", CloudFormation\'s reference says "If the parameter is omitted, '
  + 'uses the standard scaling approach in previous release".';
