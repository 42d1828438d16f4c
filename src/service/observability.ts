/**
 * What the names of the log groups of clusters begin with; the cluster's name and id follow.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-operate-slurm.html
 */
export const LOG_GROUP_PREFIX = '/aws/sagemaker/Clusters/';

/**
 * The namespace that nodes publish metrics to.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html
 */
export const METRIC_NAMESPACE = '/aws/sagemaker/Clusters';
