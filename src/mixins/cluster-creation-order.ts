import { Mixin } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { RolePoliciesDependency } from '../creation-order/role-policies-dependency';

/**
 * Properties of `ClusterCreationOrder`.
 */
export interface ClusterCreationOrderProps {
  /**
   * The execution roles of the cluster's instance groups. The cluster waits for each, and for every policy that is attached to it, now or
   * later; not for one that itself needs the cluster, nor for one of another stack that allows nothing which the cluster needs.
   */
  readonly executionRoles: IRole[];

  /**
   * What else has to be there before the first node, as the `BucketDeployment` that uploads the lifecycle scripts.
   *
   * @default - nothing
   */
  readonly requirements?: IConstruct[];
}

/**
 * Makes a `CfnCluster` wait for what its nodes need: CloudFormation sees that it refers to a role, not that the role's permissions stand
 * in policies of their own, nor that its scripts are uploaded by another resource.
 *
 * Settles `HyperPod-PolicyOrdering` and `HyperPod-ScriptOrdering`. Dependencies that the cluster has already stay.
 *
 * @example
 * declare const cluster: sagemaker.CfnCluster;
 * declare const role: iam.Role;
 *
 * cluster.with(new mixins.ClusterCreationOrder({ executionRoles: [role] }));
 */
export class ClusterCreationOrder extends Mixin {
  constructor(private readonly props: ClusterCreationOrderProps) {
    super();
  }

  /**
   * Whether a construct is a `CfnCluster`.
   */
  public supports(construct: IConstruct): construct is CfnCluster {
    return CfnCluster.isCfnCluster(construct);
  }

  /**
   * Adds the dependencies to a cluster.
   */
  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) { return; }
    const { executionRoles, requirements = [] } = this.props;
    construct.node.addDependency(...executionRoles.map(role => new RolePoliciesDependency(role, construct)), ...requirements);
  }
}
