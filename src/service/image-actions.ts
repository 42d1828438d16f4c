/**
 * How nodes log in to ECR. The action has no resource level.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 */
export const IMAGE_LOGIN_ACTION = 'ecr:GetAuthorizationToken';

/**
 * How EKS nodes pull images from ECR.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const IMAGE_ACTIONS: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  IMAGE_LOGIN_ACTION,
  'ecr:GetDownloadUrlForLayer',
];

/**
 * How pods get credentials, with EKS Pod Identity.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const POD_IDENTITY_ACTION = 'eks-auth:AssumeRoleForPodIdentity';
