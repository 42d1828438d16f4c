import { Names, Stack, Validations } from 'aws-cdk-lib';
import { ArnPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ExecutionRole } from './execution-role';
import { ExecutionRolePolicy } from './execution-role-policy';
import { FeaturePermissions } from './feature-permissions';
import { printPolicy } from './printed-policy';
import { requireRoleOfAccount } from './role-account';
import { RolePoliciesDependency } from '../creation-order/role-policies-dependency';
import { bucketPolicyStatements, bucketUploadStatements, isInAccountOf, lifecycleReadStatements, LifecycleSource } from '../lifecycle/lifecycle-access';
import { acknowledgeNetworkWildcards, acknowledgeScriptWildcards } from '../private/acknowledgements';

interface RoleInUse {
  readonly permissions: ExecutionRolePolicy;
  readonly sources: LifecycleSource[];
  /** What features of instance groups were allowed already, rendered. */
  readonly allowed: Set<string>;
}

/**
 * The roles that a cluster's nodes run with, and what they are granted.
 */
export class ExecutionRoles {
  private createdRole?: IRole;
  private readonly inUse = new Map<IRole, RoleInUse>();

  constructor(
    private readonly scope: Construct, private readonly givenRole: IRole | undefined, private readonly networkStatements: PolicyStatement[],
  ) {}

  /** The role of groups that have none of their own: the one given, or one that is made when the first such group asks for it. */
  public get clusterRole(): IRole {
    return this.givenRole ?? (this.createdRole ??= new ExecutionRole(this.scope, 'ExecutionRole'));
  }

  /**
   * Makes a role ready for nodes of the cluster, which waits for everything that the role may do.
   */
  public use(role: IRole, cluster: CfnCluster): void {
    if (this.inUse.has(role)) { return; }
    requireRoleOfAccount(this.scope, 'execution role', role);
    const id = role === this.givenRole || role === this.createdRole ? 'ExecutionRolePolicy' : `ExecutionRolePolicy-${Names.nodeUniqueId(role.node)}`;
    const permissions = new ExecutionRolePolicy(this.scope, id, role);
    permissions.add('that HyperPod needs for its network', this.networkStatements, acknowledgeNetworkWildcards);
    cluster.node.addDependency(permissions, new RolePoliciesDependency(role, cluster));
    this.inUse.set(role, { permissions, sources: [], allowed: new Set() });
  }

  /**
   * Allows a role that is in use what a feature of its instance groups needs, once for all of them.
   */
  public allow(role: IRole, { purpose, statements, acknowledgeWildcards }: FeaturePermissions): void {
    const { permissions, allowed } = this.inUse.get(role)!;
    const stack = Stack.of(this.scope);
    const news = statements.filter(statement => {
      const text = JSON.stringify(stack.resolve(statement.toStatementJson()));
      return !allowed.has(text) && allowed.add(text);
    });
    permissions.add(purpose, news, acknowledgeWildcards);
  }

  /**
   * Lets a role that is in use read lifecycle scripts.
   *
   * @param uploader the role that uploads them, if the cluster does
   */
  public allowToRead(role: IRole, source: LifecycleSource, uploader?: IRole): void {
    const { permissions, sources } = this.inUse.get(role)!;
    if (sources.some(({ bucket, prefix }) => bucket === source.bucket && prefix === source.prefix)) { return; }
    sources.push(source);
    const statements = lifecycleReadStatements(this.scope, source, role === this.createdRole);
    permissions.add('to read its lifecycle scripts', statements, acknowledgeScriptWildcards);
    // The policy of a bucket that this app defines is known: HyperPodPreflight says whether it allows the role.
    if (!isInAccountOf(this.scope, source.bucket) && !CfnBucket.isCfnBucket(source.bucket.node.defaultChild)) {
      this.warnOfBucketPolicy(role, source, uploader);
    }
  }

  private warnOfBucketPolicy(role: IRole, source: LifecycleSource, uploader?: IRole): void {
    const toWrite = uploader === undefined ? [] : bucketUploadStatements(source, [new ArnPrincipal(uploader.roleArn)]);
    Validations.of(this.scope).addWarning('HyperPod-LifecycleBucketInAnotherAccount', [
      `lifecycle bucket "${source.bucket.node.path}" is in another account, or not provably in the cluster's; there the bucket's own policy must also`,
      `allow execution role "${role.node.path}" to read the scripts${uploader === undefined ? '' : `, and "${uploader.node.path}" to upload them`} `
      + `(and, with SSE-KMS, the key's policy to decrypt ${uploader === undefined ? '' : 'and to encrypt '}them):`,
      printPolicy(this.scope, [...bucketPolicyStatements(source, [new ArnPrincipal(role.roleArn)]), ...toWrite]),
    ].join('\n'));
  }
}
