import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IClusterRef } from 'aws-cdk-lib/aws-eks';

/**
 * CloudWatch metrics of the nodes of a HyperPod cluster that Amazon EKS orchestrates.
 *
 * HyperPod itself documents no CloudWatch metrics. These come from CloudWatch Container Insights with enhanced
 * observability: there are none unless the EKS cluster has the CloudWatch Observability add-on, `v2.0.1-eksbuild.1` or
 * later, and none at all on Slurm.
 *
 * Each metric is 1 for a node in the state, and 0 for any other (AWS documents that it indicates the state; the zeros are
 * what the CloudWatch agent does). Without further dimensions it is about all nodes of the
 * cluster: `Maximum` tells whether any node is in the state, `Average` what share of the nodes. For a single node, give the
 * dimensions `InstanceId` and `NodeName`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html#Container-Insights-metrics-Sagemaker-HyperPod
 */
export class HyperPodClusterMetrics {
  /**
   * Metrics of the HyperPod nodes in an EKS cluster, which has at most one HyperPod cluster.
   *
   * @param eksCluster any construct that stands for the EKS cluster: `Cluster` of `aws-eks` or `aws-eks-v2`, an imported one, or a `CfnCluster`
   *
   * @example
   * declare const eksCluster: eks.Cluster;
   *
   * HyperPodClusterMetrics.fromEksCluster(eksCluster).unschedulablePendingReplacement()
   *   .createAlarm(this, 'NodeWaitsForReplacement', { threshold: 1, evaluationPeriods: 3 });
   */
  public static fromEksCluster(eksCluster: IClusterRef): HyperPodClusterMetrics {
    return new HyperPodClusterMetrics(eksCluster);
  }

  private constructor(private readonly eksCluster: IClusterRef) {}

  /**
   * Nodes that passed their health checks and are available for work.
   *
   * The statistic is `Minimum` over 5 minutes, unless told otherwise: 0 if any node is not schedulable.
   *
   * @param options what the metric should have other than that
   */
  public schedulable(options: MetricOptions = {}): Metric {
    return this.nodeHealthStatus('schedulable', { statistic: Stats.MINIMUM, ...options });
  }

  /**
   * Nodes that run deep health checks and are not available for work.
   *
   * The statistic is `Maximum` over 5 minutes, unless told otherwise: 1 if any node is unschedulable.
   *
   * @param options what the metric should have other than that
   */
  public unschedulable(options: MetricOptions = {}): Metric {
    return this.nodeHealthStatus('unschedulable', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Nodes that must be rebooted. With automatic node recovery, HyperPod does so.
   *
   * The statistic is `Maximum` over 5 minutes, unless told otherwise: 1 if any node waits for a reboot.
   *
   * @param options what the metric should have other than that
   */
  public unschedulablePendingReboot(options: MetricOptions = {}): Metric {
    return this.nodeHealthStatus('unschedulable_pending_reboot', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Nodes that failed their health checks and must be replaced. With automatic node recovery, HyperPod does so.
   *
   * The statistic is `Maximum` over 5 minutes, unless told otherwise: 1 if any node waits for its replacement.
   *
   * @param options what the metric should have other than that
   */
  public unschedulablePendingReplacement(options: MetricOptions = {}): Metric {
    return this.nodeHealthStatus('unschedulable_pending_replacement', { statistic: Stats.MAXIMUM, ...options });
  }

  private nodeHealthStatus(status: string, options: MetricOptions): Metric {
    return new Metric({
      ...options,
      namespace: 'ContainerInsights',
      metricName: `hyperpod_node_health_status_${status}`,
      dimensionsMap: { ClusterName: this.eksCluster.clusterRef.clusterName, ...options.dimensionsMap },
    }).attachTo(this.eksCluster);
  }
}
