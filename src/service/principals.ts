/**
 * The service that assumes the execution roles of nodes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const NODE_PRINCIPAL = 'sagemaker.amazonaws.com';

/**
 * The service that assumes the `ClusterRole` for Karpenter. It is not the one of execution roles.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html
 */
export const CLUSTER_ROLE_PRINCIPAL = 'hyperpod.sagemaker.amazonaws.com';
