import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

const SLURM_NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'ec2:DetachNetworkInterface',
];

const EKS_NETWORK_ACTIONS = [
  ...SLURM_NETWORK_ACTIONS,
  'ec2:AssignPrivateIpAddresses',
  'ec2:AttachNetworkInterface',
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeTags',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:UnassignPrivateIpAddresses',
];

const EKS_IMAGE_ACTIONS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
];

/**
 * What the execution role needs for a Slurm cluster in a VPC.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function slurmVpcStatements(scope: IConstruct): PolicyStatement[] {
  return [onAnyResource(SLURM_NETWORK_ACTIONS), tagNetworkInterfaces(scope)];
}

/**
 * What the execution role needs for a cluster that EKS orchestrates.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function eksStatements(scope: IConstruct): PolicyStatement[] {
  return [
    onAnyResource(EKS_NETWORK_ACTIONS),
    onAnyResource(EKS_IMAGE_ACTIONS),
    onAnyResource(['eks-auth:AssumeRoleForPodIdentity']),
    tagNetworkInterfaces(scope),
  ];
}

/**
 * `*` because AWS documents it so: HyperPod makes, moves and removes interfaces that do not exist at deployment, the
 * Describe actions and ecr:GetAuthorizationToken have no resource level, and pods pull from registries unknown here.
 */
function onAnyResource(actions: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: ['*'] });
}

function tagNetworkInterfaces(scope: IConstruct): PolicyStatement {
  return new PolicyStatement({
    actions: ['ec2:CreateTags'],
    resources: [
      // Any Region and account, as documented: the interface belongs to whoever owns the subnet, which may be shared.
      Stack.of(scope).formatArn({
        service: 'ec2', region: '*', account: '*', resource: 'network-interface', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    ],
  });
}
