import { CfnResource, Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Dependable, IConstruct, IDependable } from 'constructs';
import { policyResourcesOf } from '../iam/role-policies';
import { dependsOn } from '../iam/template/dependencies';
import { Template } from '../iam/template/template';

/**
 * Every policy of a role, whoever attaches it and whenever, as something that a cluster can depend on.
 *
 * CloudFormation sees that a cluster refers to its role, not that the role is useless until its policies exist. Policies
 * that need the cluster first are left out: waiting for them would be a cycle.
 */
export class RolePoliciesDependency implements IDependable {
  /**
   * Two clusters may share a role, and each has a policy that mentions it. Whether the one can wait for the other's policy
   * then leads back to the question being asked, which ends here.
   */
  private answering = false;

  constructor(private readonly role: IRole, private readonly cluster: CfnResource) {
    // CDK asks for the roots when it prepares the app, after the last policy was attached.
    const policies = () => this.policiesBeforeCluster();
    Dependable.implement(this, {
      get dependencyRoots() { return policies(); },
    });
  }

  private policiesBeforeCluster(): IConstruct[] {
    if (this.answering) {
      return [];
    }
    this.answering = true;
    try {
      const template = Template.of(this.cluster);
      return policyResourcesOf(this.role, template).filter((policy) => !needs(policy, this.cluster, template));
    } finally {
      this.answering = false;
    }
  }
}

function needs(policy: CfnResource, cluster: CfnResource, template: Template): boolean {
  const stack = topLevelStack(policy);
  // Stacks deploy as a whole: to wait for one resource of another stack is to wait for all of them.
  const together = stack === topLevelStack(cluster) ? [policy] : stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
  return together.some((resource) => dependsOn(resource, cluster, template));
}

function topLevelStack(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent === undefined ? stack : topLevelStack(stack.nestedStackParent);
}
