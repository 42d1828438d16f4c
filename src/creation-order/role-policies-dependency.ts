import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { LateDependency } from './late-dependency';
import { neededPolicies } from './needed-policies';
import { policyResourcesOf } from '../iam/role-policies';
import { resourcesIn, topStack } from '../template/dependencies';
import { dependsOn } from '../template/precedents';
import type { Template } from '../template/template';

/**
 * The policies of a role, whoever attaches them and whenever, as something that a cluster can depend on.
 *
 * CloudFormation sees that a cluster refers to its role, not that the role is useless until its policies exist. Policies that need the
 * cluster first are left out. So are those of other stacks that allow nothing which the cluster lacks without them: stacks deploy as a whole,
 * and `cdk deploy` of the cluster's would deploy the others too.
 */
export class RolePoliciesDependency extends LateDependency {
  constructor(private readonly role: IRole, cluster: CfnResource) {
    super(() => cluster);
  }

  protected before(cluster: CfnResource, template: Template): IConstruct[] {
    const policies = policyResourcesOf(this.role, template).filter(policy => !needs(policy, cluster, template));
    const elsewhere = policies.filter(policy => topStack(policy) !== topStack(cluster) && !dependsOn(cluster, policy, template));
    if (elsewhere.length === 0) { return policies; }
    const needed = neededPolicies(elsewhere, this.role, cluster, template);
    return policies.filter(policy => !elsewhere.includes(policy) || needed.includes(policy));
  }
}

function needs(policy: CfnResource, cluster: CfnResource, template: Template): boolean {
  return deployedWith(policy, cluster).some(resource => dependsOn(resource, cluster, template));
}

/**
 * Stacks, nested ones among them, deploy as a whole: to wait for one resource of another stack is to wait for all of them.
 */
function deployedWith(policy: CfnResource, cluster: CfnResource): readonly CfnResource[] {
  const aroundCluster = stacksAround(cluster);
  const other = stacksAround(policy).filter(stack => !aroundCluster.includes(stack)).at(-1);
  return other ? resourcesIn(other) : [policy];
}

/** The stack of a resource and those that it is nested in, the innermost first. */
function stacksAround(resource: CfnResource): Stack[] {
  const stacks: Stack[] = [];
  for (let stack: Stack | undefined = resource.stack; stack; stack = stack.nestedStackParent) { stacks.push(stack); }
  return stacks;
}
