/**
 * What HyperPod does with an execution role to put nodes into a VPC. Without these, there are no nodes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const VPC_ACTIONS: readonly string[] = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * Those of them that nobody has confirmed nodes of EKS need: clusters of P5e instances have been created with a role without
 * `ec2:DescribeDhcpOptions`, and nothing says that the other one is used to create nodes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 * @see https://github.com/aravneelaws/hyperpod-local-zone-quickstart
 */
export const UNCONFIRMED_VPC_ACTIONS: readonly string[] = ['ec2:DescribeDhcpOptions', 'ec2:DeleteNetworkInterfacePermission'];

/**
 * How HyperPod moves interfaces when it replaces a node (auto-resume).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const REPLACE_NODE_ACTION = 'ec2:DetachNetworkInterface';

/**
 * How HyperPod tags interfaces. AWS documents it on interfaces of any Region and account.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export const TAG_INTERFACE_ACTION = 'ec2:CreateTags';

/**
 * What the VPC CNI plugin needs in addition, on nodes of an EKS cluster.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
export const VPC_CNI_ACTIONS: readonly string[] = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:AttachNetworkInterface',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeTags',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:UnassignPrivateIpAddresses',
];
