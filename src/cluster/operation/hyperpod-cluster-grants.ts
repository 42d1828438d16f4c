import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IClusterRef } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { acknowledgeSessionWildcards } from '../../private/acknowledgements';
import { SCALE_ACTIONS } from '../../service/karpenter';

// All of these have the cluster as their resource type.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
const DESCRIBE_ACTIONS = [
  'sagemaker:DescribeCluster',
  'sagemaker:DescribeClusterEvent',
  'sagemaker:DescribeClusterNode',
  'sagemaker:ListClusterEvents',
  'sagemaker:ListClusterNodes',
];
const UPDATE_ACTIONS = [...SCALE_ACTIONS, 'sagemaker:UpdateCluster', 'sagemaker:UpdateClusterSoftware'];

/**
 * Grants of permissions on a HyperPod cluster.
 *
 * Each is limited to the one cluster. `sagemaker:ListClusters`, which the console's list of clusters needs, is in none
 * of them: it cannot be limited to a cluster.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export class HyperPodClusterGrants {
  /**
   * Grants on any construct that stands for a HyperPod cluster: a `HyperPodCluster`, an imported one, or a `CfnCluster`.
   *
   * @example
   * declare const cluster: sagemaker.CfnCluster;
   * declare const operator: iam.Role;
   * declare const scientist: iam.Role;
   *
   * const grants = HyperPodClusterGrants.fromCluster(cluster);
   * grants.describe(operator);
   * grants.rebootNodes(operator);
   * grants.startSession(scientist);
   */
  public static fromCluster(cluster: IClusterRef): HyperPodClusterGrants {
    return new HyperPodClusterGrants(cluster);
  }

  private constructor(private readonly cluster: IClusterRef) {}

  /**
   * Allows to read the cluster, its nodes and its events.
   *
   * @param grantee who is allowed
   */
  public describe(grantee: IGrantable): Grant {
    return this.grantOnCluster(grantee, DESCRIBE_ACTIONS);
  }

  /**
   * Allows to add and delete nodes (`BatchAddClusterNodes`, `BatchDeleteClusterNodes`).
   *
   * Nodes can be added in this way only to a cluster with continuous node provisioning. The size of an instance group of
   * any other cluster is changed with `UpdateCluster`, which `update` grants.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchAddClusterNodes.html
   * @param grantee who is allowed
   */
  public scale(grantee: IGrantable): Grant {
    return this.grantOnCluster(grantee, SCALE_ACTIONS);
  }

  /**
   * Allows to update the cluster and its software, and to add and delete nodes.
   *
   * `UpdateCluster` also passes the execution roles of the instance groups to SageMaker. The reference to a cluster does not
   * tell which they are: add `executionRole.grantPassRole(grantee)` for each.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
   * @param grantee who is allowed
   */
  public update(grantee: IGrantable): Grant {
    return this.grantOnCluster(grantee, UPDATE_ACTIONS);
  }

  /**
   * Allows to reboot nodes (`BatchRebootClusterNodes`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchRebootClusterNodes.html
   * @param grantee who is allowed
   */
  public rebootNodes(grantee: IGrantable): Grant {
    return this.grantOnCluster(grantee, ['sagemaker:BatchRebootClusterNodes']);
  }

  /**
   * Allows to replace nodes with new hardware (`BatchReplaceClusterNodes`).
   *
   * What is on the volumes of a replaced node is lost.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchReplaceClusterNodes.html
   * @param grantee who is allowed
   */
  public replaceNodes(grantee: IGrantable): Grant {
    return this.grantOnCluster(grantee, ['sagemaker:BatchReplaceClusterNodes']);
  }

  /**
   * Allows to open a shell on the cluster's nodes with Session Manager, and to end one's own sessions.
   *
   * The target of a session is `sagemaker-cluster:<cluster id>_<instance group name>-<instance id>`; the instance ids come
   * from `ListClusterNodes`, which `describe` grants. A session starts with the account's default session document,
   * `SSM-SessionManagerRunShell`; any other document (SSH, port forwarding) needs a permission of its own. If the account
   * encrypts sessions with a KMS key, `kms:GenerateDataKey` on that key is needed too.
   *
   * AWS documents this permission for HyperPod only on all resources (`*`), which would also open every EC2 instance of the
   * account, and its list of what `ssm:StartSession` can be limited to does not name clusters. This grant is limited to the
   * ARN of the cluster nevertheless, as sessions to an ECS task are limited to the ARN of the task. Should Session Manager
   * not accept that, sessions are denied, not opened too widely.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
   * @param grantee who is allowed
   */
  public startSession(grantee: IGrantable): Grant {
    const start = this.grantOnCluster(grantee, ['ssm:StartSession'], this.ssmArn('document', 'SSM-SessionManagerRunShell'));
    // As in Session Manager's sample policies for end users:
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html
    const ownSessions = this.ssmArn('session', '${aws:userid}-*');
    const connect = Grant.addToPrincipal({ grantee, actions: ['ssmmessages:OpenDataChannel'], resourceArns: [ownSessions] });
    // The ARN of a session carries the name of the caller, and ${aws:userid} of a role is not that name. The tag that Session
    // Manager puts on each session tells whose it is for users and roles alike, hence `session/*`, limited by the tag.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html
    const anySession = this.ssmArn('session', '*');
    const terminate = Grant.addToPrincipal({
      grantee,
      actions: ['ssm:TerminateSession'],
      resourceArns: [anySession],
      conditions: { StringLike: { 'ssm:resourceTag/aws:ssmmessages:session-id': '${aws:userid}*' } },
    });
    if (Construct.isConstruct(grantee.grantPrincipal)) {
      acknowledgeSessionWildcards(grantee.grantPrincipal, [ownSessions, anySession]);
    }
    return start.combine(connect).combine(terminate);
  }

  private grantOnCluster(grantee: IGrantable, actions: readonly string[], ...otherArns: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [this.cluster.clusterRef.clusterArn, ...otherArns] });
  }

  private ssmArn(resource: string, resourceName: string): string {
    const { account, region } = this.cluster.env;
    return Stack.of(this.cluster).formatArn({ service: 'ssm', region, account, resource, resourceName });
  }
}
