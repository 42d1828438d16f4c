import { EventPattern, OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { IClusterRef } from 'aws-cdk-lib/aws-sagemaker';

/**
 * Amazon EventBridge rules for what happens to a HyperPod cluster.
 *
 * HyperPod sends events to the default event bus of the cluster's account and Region, so that the rules belong into a stack
 * of that account and Region. An `eventPattern` among the options narrows a rule further. A rule is defined in the cluster, unless
 * its `crossStackScope` says otherwise, as for a target in a stack that depends on that of the cluster.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-cluster-events-reference.html
 */
export class HyperPodClusterEvents {
  /**
   * Rules for any construct that stands for a HyperPod cluster: a `HyperPodCluster`, an imported one, or a `CfnCluster`.
   *
   * @example
   * declare const cluster: sagemaker.CfnCluster;
   * declare const target: events.IRuleTarget;
   *
   * const clusterEvents = HyperPodClusterEvents.fromCluster(cluster);
   * clusterEvents.onNodeHealthEvent('NodeHealth', { target });
   * clusterEvents.onClusterStateChange('Failed', { target, eventPattern: { detail: { ClusterStatus: ['Failed'] } } });
   */
  public static fromCluster(cluster: IClusterRef): HyperPodClusterEvents {
    return new HyperPodClusterEvents(cluster);
  }

  private constructor(private readonly cluster: IClusterRef) {}

  /**
   * Defines a rule for the changes of the cluster's status (`detail.ClusterStatus`): `Creating`, `InService`, `Updating`,
   * `SystemUpdating`, `RollingBack`, `Deleting`, `Failed`.
   *
   * With continuous node provisioning, a cluster that is `InService` may still be short of nodes: such failures are
   * cluster events (see `onClusterEvent`).
   *
   * @param id the id of the rule within the cluster, or within `crossStackScope`
   * @param options the target of the rule, and what narrows it further
   */
  public onClusterStateChange(id: string, options: OnEventOptions = {}): Rule {
    return this.rule(id, options, {
      detailType: ['SageMaker HyperPod Cluster State Change'],
      detail: { ClusterArn: [this.cluster.clusterRef.clusterArn] },
    });
  }

  /**
   * Defines a rule for nodes that become unhealthy or healthy again, as HyperPod's health monitoring agent sees it.
   *
   * `detail.HealthSummary` has `HealthStatus`, `HealthStatusReason`, `RepairAction` and `Recommendation`.
   *
   * @param id the id of the rule within the cluster, or within `crossStackScope`
   * @param options the target of the rule, and what narrows it further
   */
  public onNodeHealthEvent(id: string, options: OnEventOptions = {}): Rule {
    return this.rule(id, options, {
      detailType: ['SageMaker HyperPod Cluster Node Health Event'],
      detail: { ClusterArn: [this.cluster.clusterRef.clusterArn] },
    });
  }

  /**
   * Defines a rule for what HyperPod does and fails to do with the cluster, its instance groups and its instances:
   * provisioning, scaling, patching, lifecycle scripts.
   *
   * Only clusters with continuous node provisioning have such events. The facts are in `detail.EventDetails`: `EventLevel`
   * (`Info`, `Warn`, `Error`), `ResourceType` (`Cluster`, `InstanceGroup`, `Instance`), `Description` and others.
   *
   * The failure message in `EventDetails.EventMetadata` has been seen to be null on EventBridge, against AWS's example. Read
   * it with `DescribeClusterEvent` (which `HyperPodClusterGrants.describe` grants) and the id in `detail.EventDetails.EventId`,
   * which is not the `id` of the event itself. One failure may send more than one event.
   *
   * @see https://github.com/awslabs/awsome-distributed-ai/blob/main/1.architectures/5.sagemaker-hyperpod/tools/devops-agent/docs/hyperpod-mental-model.md
   * @param id the id of the rule within the cluster, or within `crossStackScope`
   * @param options the target of the rule, and what narrows it further
   *
   * @example
   * declare const cluster: sagemaker.CfnCluster;
   * declare const target: events.IRuleTarget;
   *
   * HyperPodClusterEvents.fromCluster(cluster).onClusterEvent('Errors', {
   *   target,
   *   eventPattern: { detail: { EventDetails: { EventLevel: ['Error'] } } },
   * });
   */
  public onClusterEvent(id: string, options: OnEventOptions = {}): Rule {
    return this.rule(id, options, {
      detailType: ['SageMaker HyperPod Cluster Event'],
      detail: { EventDetails: { ClusterArn: [this.cluster.clusterRef.clusterArn] } },
    });
  }

  private rule(id: string, options: OnEventOptions, pattern: EventPattern): Rule {
    const rule = new Rule(options.crossStackScope ?? this.cluster, id, options);
    rule.addEventPattern({ source: ['aws.sagemaker'], ...pattern });
    rule.addTarget(options.target);
    return rule;
  }
}
