import { IResource, Resource } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ClusterReference, IClusterRef } from 'aws-cdk-lib/aws-sagemaker';
import { HyperPodClusterEvents } from './operation/hyperpod-cluster-events';
import { HyperPodClusterGrants } from './operation/hyperpod-cluster-grants';
import { clusterIdOf, clusterLogGroupName } from './operation/hyperpod-cluster-log-group';
import { lit, ValidationError } from '../private/errors';

/**
 * A SageMaker HyperPod cluster, defined in this app or elsewhere.
 */
export interface IHyperPodCluster extends IResource, IClusterRef, IConnectable {
  /**
   * The ARN of the cluster.
   *
   * @attribute
   */
  readonly clusterArn: string;

  /**
   * The id of the cluster: the last part of its ARN, and not its name.
   *
   * Session Manager targets and log groups carry it.
   *
   * @attribute
   */
  readonly clusterId: string;

  /**
   * The name of the cluster, if it is known.
   *
   * CloudFormation does not return the name that it gives to a cluster defined without one.
   *
   * @attribute
   */
  readonly clusterName?: string;

  /**
   * The name of the log group of the cluster's nodes, if the cluster's name is known.
   *
   * @attribute
   */
  readonly logGroupName?: string;

  /**
   * Permissions to describe, update and scale the cluster, and to reach its nodes.
   */
  readonly grants: HyperPodClusterGrants;

  /**
   * EventBridge rules for what happens in the cluster.
   */
  readonly events: HyperPodClusterEvents;
}

/**
 * What identifies a HyperPod cluster that this app does not define.
 */
export interface HyperPodClusterAttributes {
  /**
   * The ARN of the cluster.
   */
  readonly clusterArn: string;

  /**
   * The name of the cluster.
   *
   * @default - the name is not known
   */
  readonly clusterName?: string;

  /**
   * The security groups of the cluster's nodes.
   *
   * @default - the security groups are not known, and `connections` cannot be used
   */
  readonly securityGroups?: ISecurityGroup[];
}

/**
 * What a defined and an imported cluster have in common.
 *
 * @internal
 */
export abstract class HyperPodClusterBase extends Resource implements IHyperPodCluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName?: string;

  /**
   * The connections of the nodes, or undefined if their security groups are not known.
   *
   * @internal
   */
  protected abstract readonly _connections?: Connections;

  public get clusterId(): string {
    return clusterIdOf(this);
  }

  public get logGroupName(): string | undefined {
    return this.clusterName === undefined ? undefined : clusterLogGroupName(this, this.clusterName);
  }

  public get grants(): HyperPodClusterGrants {
    return HyperPodClusterGrants.fromCluster(this);
  }

  public get events(): HyperPodClusterEvents {
    return HyperPodClusterEvents.fromCluster(this);
  }

  public get clusterRef(): ClusterReference {
    return { clusterArn: this.clusterArn };
  }

  /**
   * The network connections of the cluster's nodes.
   *
   * @throws if the cluster has no VPC, or was imported without its security groups
   */
  public get connections(): Connections {
    if (this._connections === undefined) {
      throw new ValidationError(lit`ClusterConnectionsUnknown`,
        'connections of this HyperPod cluster are not known: define it with a vpc, or import it with its securityGroups', this);
    }
    return this._connections;
  }
}
