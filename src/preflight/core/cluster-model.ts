import type { CfnResource, Stack } from 'aws-cdk-lib';
import { groupPlaces } from './group-places';
import { InstanceGroupModel } from './instance-group-model';
import { Property } from './property';
import { type RolePermissions, rolePermissions } from '../../iam/role-permissions';
import { INSTANCE_ROLE_POLICY } from '../../service/instance-role-policy';
import { accountOf } from '../../template/environment';
import { Precedents } from '../../template/precedents';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Symbolizer } from '../../template/symbolizer';

/**
 * The facts about one cluster, read from the L1s of the app: what rules judge.
 *
 * It is one model for all worlds. What it says is so in the world in which it is asked.
 */
export class ClusterModel {
  readonly stack: Stack;
  /** Every instance group that the template writes, the restricted ones last, among them those that some worlds do not have. */
  readonly writtenGroups: readonly InstanceGroupModel[];
  private readonly root: Property;
  private readonly precedents: Precedents;

  constructor(readonly resource: CfnResource, readonly symbolizer: Symbolizer) {
    this.stack = resource.stack;
    const { Properties } = symbolizer.template.render(resource);
    this.root = new Property(Properties, 'Properties', '', 'Properties', this.stack, symbolizer);
    this.precedents = new Precedents(resource, symbolizer.template, symbolizer);
    this.writtenGroups = groupPlaces(Properties).map(place => new InstanceGroupModel(this, place));
  }

  /** A property of the cluster. */
  at(...names: readonly (string | number)[]): Property {
    return this.root.at(...names);
  }

  /** May the cluster have properties that the template does not spell out? */
  get mayHoldMore(): boolean {
    return this.root.mayHoldMore;
  }

  /** The instance groups that there are. To judge one at a time, a rule is asked about each: to know all means to know every condition of theirs. */
  get instanceGroups(): readonly InstanceGroupModel[] {
    return this.groupsWhere(() => true);
  }

  /** The instance groups that there are and that are as required. Whether a group is there is asked last, and only of those. */
  groupsWhere(isAsRequired: (group: InstanceGroupModel) => boolean): readonly InstanceGroupModel[] {
    return this.writtenGroups.filter(group => isAsRequired(group) && group.exists);
  }

  /** Is there an instance group that is as required? To find one, the conditions of the others are not asked. */
  hasGroup(isAsRequired: (group: InstanceGroupModel) => boolean): boolean {
    return this.writtenGroups.some(group => isAsRequired(group) && group.exists);
  }

  /** What the app says about an execution role. Undefined for an ARN in which no role can be recognized. */
  role(arn: SymbolicString): RolePermissions | undefined {
    return this.symbolizer.remember(this, `role ${arn.key}`, () => rolePermissions(arn, this.stack, this.symbolizer, {
      // A role that the app does not define is taken to carry what every execution role has to.
      assumedManagedPolicies: [INSTANCE_ROLE_POLICY],
      // A role can only be passed to a service in its own account, which is the cluster's, however the ARN writes it
      // (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
      account: accountOf(this.stack.account),
    }));
  }

  /** Is a resource complete before CloudFormation creates the cluster? */
  waitsFor(resource: CfnResource): boolean {
    return this.precedents.include(resource);
  }

  /** Does a resource wait for the cluster, so that the cluster cannot wait for it? */
  isWaitedForBy(resource: CfnResource): boolean {
    return this.isAfter(resource, this.resource);
  }

  /** Does CloudFormation create a resource only after another one? */
  isAfter(resource: CfnResource, earlier: CfnResource): boolean {
    const { symbolizer } = this;
    return symbolizer.remember(resource, Precedents, () => new Precedents(resource, symbolizer.template, symbolizer)).include(earlier);
  }

  /** The result of a computation on this cluster, made once however many rules ask for it. */
  once<T>(compute: (cluster: ClusterModel) => T): T {
    return this.symbolizer.remember(this, compute, () => compute(this));
  }
}
