import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';

/**
 * Where the nodes of one instance group attach, instead of where the cluster's do. It cannot be changed for an existing group.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
 */
export interface OverrideVpcConfig {
  /**
   * The subnets, as for a group whose capacity is reserved in one availability zone. HyperPod uses one of them.
   *
   * @default - those of the cluster; with a `vpc` of its own, the private subnets of that VPC, or the isolated ones if it has no others
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The VPC, if it is not the cluster's. Give it with `securityGroups` of that VPC.
   *
   * @default - the VPC of the cluster
   */
  readonly vpc?: IVpc;

  /**
   * The security groups. For instances with Elastic Fabric Adapter, each must allow all traffic from and to itself; those that can
   * be changed get these two rules, as `securityGroups` of the cluster do.
   *
   * @default - the security groups of the cluster; there is no default with a `vpc` of its own
   */
  readonly securityGroups?: ISecurityGroup[];
}
