import { Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy, IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { policyNameFor } from './policy-name';
import { printPolicy } from './printed-policy';
import { acknowledgeExecutionRolePolicy } from '../private/acknowledgements';
import { notePrintedPermissions } from '../private/printed-permissions';

/** Acknowledges that resources with wildcards stand in a policy, and says why. */
export type AcknowledgeWildcards = (policy: IConstruct, resources: string[]) => void;

/**
 * What a cluster adds to one execution role.
 *
 * All of it goes into a policy of the cluster's own, never into the role's DefaultPolicy. A user may add a statement
 * there that mentions the cluster's ARN; the cluster waits for what grants it permissions, and would wait for itself.
 */
export class ExecutionRolePolicy implements IDependable {
  private policy?: ClusterPolicy;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: IRole) {
    const policies = () => this.policy === undefined ? [] : [this.policy];
    Dependable.implement(this, {
      get dependencyRoots() { return policies(); },
    });
  }

  /**
   * Adds statements. If the role cannot be changed, one warning prints all of them.
   *
   * @param purpose completes "the permissions …"
   * @param acknowledgeWildcards says why resources with wildcards stand in the policy, if there are any
   */
  public add(purpose: string, statements: PolicyStatement[], acknowledgeWildcards?: AcknowledgeWildcards): void {
    if (statements.length === 0) {
      return;
    }
    // Permissions for one role may be asked for one after the other, as by several mixins: they stand in one policy.
    this.policy ??= this.scope.node.tryFindChild(this.id) as ClusterPolicy | undefined ?? new ClusterPolicy(this.scope, this.id, this.role);
    if (this.policy.isChangeable) {
      this.policy.addStatements(...statements);
      acknowledgeWildcards?.(this.policy, statements.flatMap(({ resources }) => resources).filter(resource => resource.includes('*')));
    } else {
      this.policy.print(purpose, statements);
    }
  }
}

/**
 * A policy of a cluster on one role, empty if the role cannot be changed.
 */
class ClusterPolicy extends Policy {
  public readonly isChangeable: boolean;
  private readonly purposes = new Set<string>();
  private readonly printed: PolicyStatement[] = [];

  constructor(private readonly cluster: Construct, id: string, private readonly role: IRole) {
    super(cluster, id, { policyName: policyNameFor(cluster, id) });
    // A LazyRole comes into being, and takes policies, when someone asks for its ARN.
    void role.roleArn;
    role.attachInlinePolicy(this);
    acknowledgeExecutionRolePolicy(this);
    // A role that cannot be changed ignores `attachInlinePolicy` without a word; what tells is that the policy lists no role.
    const roles: unknown[] | undefined = Stack.of(this).resolve((this.node.defaultChild as CfnPolicy).roles);
    this.isChangeable = roles !== undefined && roles.length > 0;
  }

  /** Prints statements in a warning, together with all that come until the app is complete. */
  public print(purpose: string, statements: PolicyStatement[]): void {
    if (this.printed.length === 0) {
      notePrintedPermissions(this.cluster);
      let warned = false;
      this.cluster.node.addValidation({
        validate: () => {
          if (!warned) { this.warn(); }
          warned = true;
          return [];
        },
      });
    }
    this.purposes.add(purpose);
    this.printed.push(...statements);
  }

  private warn(): void {
    Validations.of(this.cluster).addWarning('HyperPod-ExecutionRoleNotChangeable', [
      `execution role "${this.role.node.path}" cannot be changed by this app (it is imported as immutable, used withoutPolicyUpdates(),`,
      `or replaced by Role.customizeRoles()), so it did not get the permissions ${[...this.purposes].join(', ')}; unless it has them, attach this policy to it:`,
      printPolicy(this.cluster, this.printed),
    ].join('\n'));
  }
}
