/**
 * The AWS managed policy that every execution role has to carry.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const INSTANCE_ROLE_POLICY = 'AmazonSageMakerClusterInstanceRolePolicy';

/**
 * How the names of the buckets begin that the managed policy lets nodes read, in the account of the role.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html
 */
export const READABLE_BUCKET_PREFIX = 'sagemaker-';

/**
 * What nodes do with their log groups.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html
 */
export const LOG_ACTIONS: readonly string[] = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
];

/**
 * How nodes publish metrics. The action has no resource level.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export const METRIC_ACTION = 'cloudwatch:PutMetricData';

/**
 * How nodes are reached through Session Manager. The actions have no resource level.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsessionmanagermessagegatewayservice.html
 */
export const SESSION_ACTIONS: readonly string[] = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];
