import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';

/** The properties of an instance group that its capacity decides. */
export type InstanceCapacityProperties = Pick<CfnCluster.ClusterInstanceGroupProperty, 'capacityRequirements' | 'trainingPlanArn'>;

/**
 * Where the instances of a group come from. It cannot be changed for an existing group.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clustercapacityrequirements.html
 *
 * @example
 * const capacity = InstanceCapacity.spot();
 */
export class InstanceCapacity {
  /**
   * On-demand instances, the service's default.
   */
  public static onDemand(): InstanceCapacity {
    return new InstanceCapacity({ capacityRequirements: { onDemand: {} } });
  }

  /**
   * Spot instances, which AWS may take back at any time. Needs `NodeProvisioningMode.CONTINUOUS`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-spot.html
   */
  public static spot(): InstanceCapacity {
    return new InstanceCapacity({ capacityRequirements: { spot: {} } });
  }

  /**
   * Instances that a training plan reserves. The nodes have to be in the availability zone of the reservation: give the group a
   * subnet in it with `overrideVpcConfig`.
   *
   * @param trainingPlanArn the ARN of the plan, such as `arn:aws:sagemaker:us-east-1:111122223333:training-plan/name`; the cluster throws on
   *   another text
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html
   */
  public static trainingPlan(trainingPlanArn: string): InstanceCapacity {
    return new InstanceCapacity({ trainingPlanArn });
  }

  private constructor(private readonly properties: InstanceCapacityProperties) {}

  /** @internal */
  public get _isSpot(): boolean {
    return this.properties.capacityRequirements !== undefined && 'spot' in this.properties.capacityRequirements;
  }

  /** @internal */
  public _render(): InstanceCapacityProperties {
    return this.properties;
  }
}
