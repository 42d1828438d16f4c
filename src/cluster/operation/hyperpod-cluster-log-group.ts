import { Arn, ArnFormat } from 'aws-cdk-lib';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { IClusterRef } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { LOG_GROUP_PREFIX } from '../../service/observability';

/**
 * The log group that HyperPod writes to: `/aws/sagemaker/Clusters/<cluster name>/<cluster id>`.
 *
 * Lifecycle scripts log to its streams `LifecycleConfig/<instance group name>/<instance id>`.
 *
 * HyperPod creates the log group itself, whenever it creates a cluster, and sets no retention. CloudFormation cannot set one
 * either: before the cluster exists, the cluster id in the log group's name is not known, and afterwards the name is taken.
 * Set it from outside of the stack, with CloudWatch Logs' `PutRetentionPolicy`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-cluster-management-slurm.html
 */
export class HyperPodClusterLogGroup {
  /**
   * The log group of a cluster, to filter and to read.
   *
   * The name of the cluster must be known: CloudFormation returns only the ARN, which has the cluster id in it and not the name.
   *
   * @param scope the scope to define the log group in
   * @param id the id of the log group within the scope
   * @param cluster any construct that stands for a HyperPod cluster: a `HyperPodCluster`, an imported one, or a `CfnCluster`
   * @param clusterName the name of the cluster
   *
   * @example
   * declare const cluster: sagemaker.CfnCluster;
   *
   * const logGroup = HyperPodClusterLogGroup.fromCluster(this, 'ClusterLogs', cluster, 'training');
   * logGroup.addMetricFilter('LifecycleFailures', {
   *   filterPattern: logs.FilterPattern.literal('"The lifecycle scripts failed"'),
   *   metricNamespace: 'Training',
   *   metricName: 'LifecycleFailures',
   * });
   */
  public static fromCluster(scope: Construct, id: string, cluster: IClusterRef, clusterName: string): ILogGroup {
    return LogGroup.fromLogGroupName(scope, id, clusterLogGroupName(cluster, clusterName));
  }

  private constructor() {}
}

/**
 * The name of the log group that HyperPod writes to.
 */
export function clusterLogGroupName(cluster: IClusterRef, clusterName: string): string {
  return `${LOG_GROUP_PREFIX}${clusterName}/${clusterIdOf(cluster)}`;
}

/**
 * The id of a cluster: the last part of its ARN, `arn:<partition>:sagemaker:<region>:<account>:cluster/<id>`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export function clusterIdOf(cluster: IClusterRef): string {
  return Arn.split(cluster.clusterRef.clusterArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
}
