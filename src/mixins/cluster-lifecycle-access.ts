import { Mixin, Names } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { ExecutionRolePolicy } from '../execution-role/execution-role-policy';
import { lifecycleReadStatements } from '../lifecycle/lifecycle-access';
import { asDirectoryPrefix } from '../lifecycle/script-validation';
import { acknowledgeScriptWildcards } from '../private/acknowledgements';

/**
 * Properties of `ClusterLifecycleAccess`.
 */
export interface ClusterLifecycleAccessProps {
  /**
   * The execution role of the instance groups that run the scripts.
   */
  readonly executionRole: IRole;

  /**
   * The bucket of the scripts. If it is encrypted with a key that it knows, the role may decrypt with it.
   */
  readonly bucket: IBucket;

  /**
   * The prefix that the scripts lie under, as `config/` or `config`: neither a URI nor with a slash at its beginning, without `*`, `?` and `$`.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;
}

/**
 * Lets an execution role of a `CfnCluster` read its lifecycle scripts, in a policy of its own, which the cluster waits for.
 *
 * Settles `HyperPod-LifecycleBucketAccess`. A role that cannot be changed gets a warning that prints the policy instead.
 *
 * @example
 * declare const cluster: sagemaker.CfnCluster;
 * declare const role: iam.Role;
 * declare const bucket: s3.Bucket;
 *
 * cluster.with(new mixins.ClusterLifecycleAccess({ executionRole: role, bucket, prefix: 'config/' }));
 */
export class ClusterLifecycleAccess extends Mixin {
  constructor(private readonly props: ClusterLifecycleAccessProps) {
    super();
  }

  /**
   * Whether a construct is a `CfnCluster`.
   */
  public supports(construct: IConstruct): construct is CfnCluster {
    return CfnCluster.isCfnCluster(construct);
  }

  /**
   * Grants the access, and adds the dependency to a cluster.
   *
   * @throws if the prefix is a URI, begins with a slash or contains `*`, `?` or `$`
   */
  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) { return; }
    const { executionRole, bucket } = this.props;
    const prefix = asDirectoryPrefix(this.props.prefix ?? '');
    const permissions = new ExecutionRolePolicy(construct, `LifecycleAccess${Names.nodeUniqueId(executionRole.node)}`, executionRole);
    // Whether the role carries the managed policy is not known here, and the grant is harmless where it does.
    permissions.add('to read its lifecycle scripts', lifecycleReadStatements(construct, { bucket, prefix }, false), acknowledgeScriptWildcards);
    construct.node.addDependency(permissions);
  }
}
