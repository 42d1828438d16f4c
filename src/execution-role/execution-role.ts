import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeExecutionRole } from '../private/acknowledgements';
import { INSTANCE_ROLE_POLICY } from '../service/instance-role-policy';
import { NODE_PRINCIPAL } from '../service/principals';

/**
 * The role that a cluster's nodes run with, made as HyperPod asks.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export class ExecutionRole extends Role {
  constructor(scope: Construct, id: string) {
    // Logs, metrics, Session Manager and the buckets `sagemaker-*` of the same account. Its path is "/", not "service-role/".
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html
    const managedPolicy = ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY);
    super(scope, id, {
      assumedBy: new ServicePrincipal(NODE_PRINCIPAL),
      description: 'Execution role of the nodes of a HyperPod cluster',
      managedPolicies: [managedPolicy],
    });
    acknowledgeExecutionRole(this, managedPolicy.managedPolicyArn);
  }
}
