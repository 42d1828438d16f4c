import { Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy, IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { policyNameFor } from './policy-name';
import { printPolicy } from './printed-policy';
import { acknowledgeExecutionRolePolicy } from '../private/acknowledgements';

/** Acknowledges that resources with wildcards stand in a policy, and says why. */
export type AcknowledgeWildcards = (policy: IConstruct, resources: string[]) => void;

/**
 * What a cluster adds to one execution role.
 *
 * All of it goes into a policy of the cluster's own, never into the role's DefaultPolicy. A user may add a statement
 * there that mentions the cluster's ARN; the cluster waits for what grants it permissions, and would wait for itself.
 */
export class ExecutionRolePolicy implements IDependable {
  private policy?: Policy;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: IRole) {
    const policies = () => this.policy === undefined ? [] : [this.policy];
    Dependable.implement(this, {
      get dependencyRoots() { return policies(); },
    });
  }

  /**
   * Adds statements, or prints them if the role cannot be changed.
   *
   * @param acknowledgeWildcards says why resources with wildcards stand in the policy, if there are any
   */
  public add(purpose: string, statements: PolicyStatement[], acknowledgeWildcards?: AcknowledgeWildcards): void {
    if (statements.length === 0) { return; }
    this.policy ??= this.attachPolicy();
    if (isAttached(this.policy)) {
      this.policy.addStatements(...statements);
      acknowledgeWildcards?.(this.policy, statements.flatMap(({ resources }) => resources).filter(resource => resource.includes('*')));
      return;
    }
    Validations.of(this.scope).addWarning('HyperPod-ExecutionRoleNotChangeable', [
      `execution role "${this.role.node.path}" cannot be changed by this app (it is imported as immutable, used withoutPolicyUpdates(),`,
      `or replaced by Role.customizeRoles()), so it did not get the permissions ${purpose}; unless it has them, attach this policy to it:`,
      printPolicy(this.scope, statements),
    ].join('\n'));
  }

  private attachPolicy(): Policy {
    // Permissions for one role may be asked for one after the other, as by several mixins: they stand in one policy.
    const known = this.scope.node.tryFindChild(this.id) as Policy | undefined;
    if (known !== undefined) { return known; }
    const policy = new Policy(this.scope, this.id, { policyName: policyNameFor(this.scope, this.id) });
    // A LazyRole comes into being, and takes policies, when someone asks for its ARN.
    void this.role.roleArn;
    this.role.attachInlinePolicy(policy);
    acknowledgeExecutionRolePolicy(policy);
    return policy;
  }
}

/**
 * A role that cannot be changed ignores `attachInlinePolicy` without a word; what tells is that the policy lists no role.
 */
function isAttached(policy: Policy): boolean {
  const resource = policy.node.defaultChild as CfnPolicy;
  const roles: unknown[] | undefined = Stack.of(policy).resolve(resource.roles);
  return roles !== undefined && roles.length > 0;
}
