import type { CfnResource } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { LateDependency } from './late-dependency';
import { policyResourcesOf } from '../iam/role-policies';
import { resourcesIn, topStack } from '../template/dependencies';
import { dependsOn } from '../template/precedents';
import type { Template } from '../template/template';

/**
 * Every policy of a role, whoever attaches it and whenever, as something that a cluster can depend on.
 *
 * CloudFormation sees that a cluster refers to its role, not that the role is useless until its policies exist. Policies that need the
 * cluster first are left out.
 */
export class RolePoliciesDependency extends LateDependency {
  constructor(private readonly role: IRole, cluster: CfnResource) {
    super(() => cluster);
  }

  protected before(cluster: CfnResource, template: Template): IConstruct[] {
    return policyResourcesOf(this.role, template).filter(policy => !needs(policy, cluster, template));
  }
}

function needs(policy: CfnResource, cluster: CfnResource, template: Template): boolean {
  const stack = topStack(policy);
  // Stacks deploy as a whole: to wait for one resource of another stack is to wait for all of them.
  const together = stack === topStack(cluster) ? [policy] : resourcesIn(stack);
  return together.some(resource => dependsOn(resource, cluster, template));
}
