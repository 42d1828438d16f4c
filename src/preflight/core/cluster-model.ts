import type { CfnResource, Stack } from 'aws-cdk-lib';
import { InstanceGroupModel } from './instance-group-model';
import { type RolePermissions, rolePermissions } from '../../iam/role-permissions';
import { INSTANCE_ROLE_POLICY } from '../../service/instance-role-policy';
import { dependsOn, Precedents } from '../../template/dependencies';
import { accountOf } from '../../template/environment';
import { remembered } from '../../template/remembered';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';

/**
 * The facts about one cluster, read from the L1s of the app in one world: what rules judge.
 */
export class ClusterModel {
  readonly stack: Stack;
  readonly instanceGroups: readonly InstanceGroupModel[];
  /** The properties as CloudFormation will read them, references kept. */
  readonly properties: Readonly<Record<string, any>>;
  private precedents?: Precedents;
  private readonly computed = new Map<unknown, unknown>();
  private readonly roles = new Map<string, RolePermissions | undefined>();

  constructor(readonly resource: CfnResource, readonly symbolizer: Symbolizer) {
    this.stack = resource.stack;
    this.properties = symbolizer.decide(symbolizer.template.render(resource).Properties, this.stack);
    this.instanceGroups = [
      ...this.groups('InstanceGroups'),
      ...this.groups('RestrictedInstanceGroups'),
    ];
  }

  /** A property's value as a symbolic string. */
  string(json: any): SymbolicString | undefined {
    return json === undefined ? undefined : this.symbolizer.string(json, this.stack);
  }

  /** What the app says about an execution role. Undefined for an ARN in which no role can be recognized. */
  role(arn: SymbolicString): RolePermissions | undefined {
    return remembered(this.roles, arn.key, () => rolePermissions(arn, this.stack, this.symbolizer, {
      // A role that the app does not define is taken to carry what every execution role has to.
      assumedManagedPolicies: [INSTANCE_ROLE_POLICY],
      // A role can only be passed to a service in its own account, which is the cluster's, however the ARN writes it
      // (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
      account: accountOf(this.stack.account),
    }));
  }

  /** Is a resource complete before CloudFormation creates the cluster? */
  waitsFor(resource: CfnResource): boolean {
    this.precedents ??= new Precedents(this.resource, this.symbolizer.template);
    return this.precedents.include(resource);
  }

  /** Does a resource wait for the cluster, so that the cluster cannot wait for it? */
  isWaitedForBy(resource: CfnResource): boolean {
    return dependsOn(resource, this.resource, this.symbolizer.template);
  }

  /** The result of a computation on this cluster, made once however many rules ask for it. */
  once<T>(compute: (cluster: ClusterModel) => T): T {
    return remembered(this.computed, compute, () => compute(this)) as T;
  }

  private groups(property: 'InstanceGroups' | 'RestrictedInstanceGroups'): InstanceGroupModel[] {
    const groups = this.properties[property];
    return Array.isArray(groups) ? groups.map((json, index) => new InstanceGroupModel(this, json, property, index)) : [];
  }
}
