/**
 * What Kubernetes does with pods that do not tolerate a taint.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export enum KubernetesTaintEffect {
  /** New pods are not scheduled on the node. */
  NO_SCHEDULE = 'NoSchedule',

  /** New pods are scheduled on the node only if there is no other. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',

  /** Pods are evicted from the node. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * A Kubernetes taint of the nodes of an instance group.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterkubernetestaint.html
 */
export interface KubernetesTaint {
  /**
   * The key: a qualified name of at most 317 characters. Prefixes of Kubernetes and AWS, as `kubernetes.io/`, are reserved.
   */
  readonly key: string;

  /**
   * The value, of 1 to 63 characters.
   *
   * @default - no value
   */
  readonly value?: string;

  /**
   * What happens to pods that do not tolerate the taint.
   */
  readonly effect: KubernetesTaintEffect;
}
