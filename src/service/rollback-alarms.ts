/**
 * How an update with AutoRollbackConfiguration looks at its alarms. On resources other than `*`, it shows no composite alarms.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-operate-cli-command-update-cluster-software.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const ALARM_ACTION = 'cloudwatch:DescribeAlarms';
