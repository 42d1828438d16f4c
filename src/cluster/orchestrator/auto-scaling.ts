import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { policyNameFor } from '../../execution-role/policy-name';
import { acknowledgeClusterRole } from '../../private/acknowledgements';
import { KEY_GRANT_OPERATIONS, SCALE_ACTIONS } from '../../service/karpenter';
import { CLUSTER_ROLE_PRINCIPAL } from '../../service/principals';
import { DESCRIBE_KEY_ACTION, GRANT_KEY_ACTION, KEY_VIA_SERVICE } from '../../service/volume-keys';

/**
 * Options of auto scaling with Karpenter.
 */
export interface KarpenterOptions {
  /**
   * The role with which Karpenter adds and removes nodes. It has to trust `hyperpod.sagemaker.amazonaws.com`.
   *
   * @default - a role with the documented trust and permissions
   */
  readonly clusterRole?: IRole;
}

/**
 * Auto scaling of the cluster's nodes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html
 *
 * @example
 * const autoScaling = ClusterAutoScaling.karpenter();
 */
export class ClusterAutoScaling {
  /**
   * Karpenter, which HyperPod runs for the cluster. Keep the `instanceCount` of groups that it scales at 0. Needs EKS, `NodeProvisioningMode.CONTINUOUS` and `NodeRecovery.AUTOMATIC`.
   */
  public static karpenter(options: KarpenterOptions = {}): ClusterAutoScaling {
    return new ClusterAutoScaling(true, options.clusterRole);
  }

  /**
   * Turns auto scaling off where it was on.
   */
  public static disabled(): ClusterAutoScaling {
    return new ClusterAutoScaling(false);
  }

  /** @internal */
  public readonly _isEnabled: boolean;

  private constructor(isEnabled: boolean, private readonly clusterRole?: IRole) {
    this._isEnabled = isEnabled;
  }

  /** @internal */
  public _render(): CfnCluster.ClusterAutoScalingConfigProperty {
    return this._isEnabled ? { mode: 'Enable', autoScalerType: 'Karpenter' } : { mode: 'Disable' };
  }

  /** @internal */
  public _clusterRole(scope: Construct): IRole | undefined {
    return this._isEnabled ? this.clusterRole ?? new KarpenterClusterRole(scope, 'ClusterRole') : undefined;
  }
}

/**
 * The role with which Karpenter adds and removes nodes. AWS has no managed policy for it.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html
 */
class KarpenterClusterRole extends Role {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      assumedBy: new ServicePrincipal(CLUSTER_ROLE_PRINCIPAL),
      description: 'Adds nodes to and removes nodes from a HyperPod cluster for Karpenter',
    });
    const policy = new Policy(this, 'Policy', { policyName: policyNameFor(this, 'Policy') });
    const stack = Stack.of(this);
    // Any cluster of the account and region: the cluster needs the role before it has an ARN.
    const clusters = stack.formatArn({ service: 'sagemaker', resource: 'cluster', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    // Any key, as documented: nodes may be added to groups with other keys later. The conditions leave only what volumes need.
    const keys = stack.formatArn({ service: 'kms', account: '*', resource: 'key', resourceName: '*' });
    policy.addStatements(new PolicyStatement({
      actions: [...SCALE_ACTIONS],
      resources: [clusters],
      conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
    }));
    policy.addStatements(new PolicyStatement({
      actions: [GRANT_KEY_ACTION, DESCRIBE_KEY_ACTION],
      resources: [keys],
      conditions: {
        'StringLike': { 'kms:ViaService': `${KEY_VIA_SERVICE}.*.${stack.urlSuffix}` },
        'Bool': { 'kms:GrantIsForAWSResource': 'true' },
        'ForAllValues:StringEquals': { 'kms:GrantOperations': KEY_GRANT_OPERATIONS },
      },
    }));
    // Not by `roles`: a role that Role.customizeRoles() replaces takes no policies, and reports what it was to get.
    this.attachInlinePolicy(policy);
    acknowledgeClusterRole(this, [clusters, keys]);
  }
}
