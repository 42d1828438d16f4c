/**
 * A check that HyperPod runs on a node before it joins the cluster. GPU and Trainium instances only.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-resiliency-deep-health-checks.html
 */
export enum DeepHealthCheck {
  /**
   * Stresses the accelerators, the memory and the disks of each node.
   */
  INSTANCE_STRESS = 'InstanceStress',

  /**
   * Exchanges data between the nodes of the group.
   */
  INSTANCE_CONNECTIVITY = 'InstanceConnectivity',
}

/**
 * The type of the network interfaces of a group's nodes. Instance types with Elastic Fabric Adapter only.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html
 */
export enum NetworkInterfaceType {
  /**
   * Elastic Fabric Adapter with IP networking.
   */
  EFA = 'efa',

  /**
   * Elastic Fabric Adapter alone, which takes up no IP address.
   */
  EFA_ONLY = 'efa-only',
}
