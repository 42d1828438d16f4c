import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IMAGE_ACTIONS, POD_IDENTITY_ACTION } from '../service/image-actions';
import { REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION, VPC_ACTIONS, VPC_CNI_ACTIONS } from '../service/network-actions';

/**
 * What the execution role needs for a Slurm cluster in a VPC.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function slurmVpcStatements(scope: IConstruct): PolicyStatement[] {
  return [onAnyResource([...VPC_ACTIONS, REPLACE_NODE_ACTION]), tagNetworkInterfaces(scope)];
}

/**
 * What the execution role needs for a cluster that EKS orchestrates.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function eksStatements(scope: IConstruct): PolicyStatement[] {
  return [
    onAnyResource([...VPC_ACTIONS, REPLACE_NODE_ACTION, ...VPC_CNI_ACTIONS]),
    onAnyResource([...IMAGE_ACTIONS]),
    onAnyResource([POD_IDENTITY_ACTION]),
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
    actions: [TAG_INTERFACE_ACTION],
    resources: [
      // Any Region and account, as documented: the interface belongs to the owner of the subnet, which may be shared.
      Stack.of(scope).formatArn({
        service: 'ec2', region: '*', account: '*', resource: 'network-interface', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    ],
  });
}
