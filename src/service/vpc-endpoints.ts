/**
 * The services that EKS nodes and the VPC CNI plugin call. What runs in pods may call more.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 */
export const EKS_NODE_SERVICES: readonly string[] = ['ec2', 'ecr.api', 'ecr.dkr', 'logs', 'ssm', 'ssmmessages', 'sts'];

/**
 * The services that Slurm nodes call, and by which they are reached. Scripts and jobs may call more.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
 * @see https://github.com/awslabs/awsome-distributed-ai (`vpc_endpoints` of its Terraform modules)
 */
export const SLURM_NODE_SERVICES: readonly string[] = ['logs', 'monitoring', 'ssm', 'ssmmessages', 'sts'];
