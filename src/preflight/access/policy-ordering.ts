import type { CfnResource } from 'aws-cdk-lib';
import { decisionsWithout } from './needed-permissions';
import type { ActionDecision } from '../../iam/policy/evaluate';
import type { RolePermissions } from '../../iam/role-permissions';
import { resourcesIn } from '../../template/dependencies';
import type { ClusterModel } from '../core/cluster-model';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const policyOrdering: Rule = {
  id: 'HyperPod-PolicyOrdering',
  title: 'The cluster waits for the policies of its execution roles',
  levels: ['error', 'warning'],
  prevents: ['Unable to retrieve subnets', 'You are not authorized to perform this operation'],
  why: 'CloudFormation sees that the cluster refers to the role, but not that the role\'s permissions stand in policies of their own, or '
    + 'in that of the bucket. It may create the cluster before them, and the cluster then fails for lack of permissions that the template does grant. '
    + 'A policy that mentions the cluster is always created after it: what the cluster needs to be created must not stand in it.',
  fix: 'Let the cluster depend on the policies: `cluster.node.addDependency(role)` for an L2 role, or `cluster.node.addDependency(policy)`. Move statements that '
    + 'mention the cluster into a policy of their own.',
  sources: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html'],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const decide = decisionsWithout(cluster, group, role);
    const comingAfter = decide.policies.filter(policy => cluster.isWaitedForBy(policy));
    const late = decide.policies.filter(policy => !comingAfter.includes(policy) && !cluster.waitsFor(policy));
    if (comingAfter.length === 0 && late.length === 0) { return []; }
    const lost = changes(decide([]), decide(comingAfter));
    if (lost.length > 0) {
      const needed = comingAfter.filter(policy => changes(decide([]), decide([policy])).length > 0);
      return [about(group, lost.some(({ allowed }) => allowed === 'no') ? 'error' : 'warning', groups =>
        `The cluster is created before its execution role ${role.principal.arn} has permissions that ${namedGroups(groups)} need: `
        + `${(needed.length > 0 ? needed : comingAfter).map(({ node }) => node.path).join(', ')} waits for the cluster, and allows ${actionsOf(lost)}.\n`
        + 'Move the statements that mention the cluster into a policy of their own.', group.at('ExecutionRole'))];
    }
    const needed = neededAmong(late, policies => decide([...comingAfter, ...policies]));
    return needed.length === 0 ? [] : [about(group, 'warning', groups =>
      `The cluster may be created before its execution role ${role.principal.arn} has its permissions: it does not wait for `
      + `${needed.map(({ node }) => node.path).join(', ')}, which ${namedGroups(groups)} need.\n`
      + `Add: cluster.node.addDependency(${isRoleEnough(cluster, role, needed) ? 'role' : 'policy'})`, group.at('ExecutionRole'))];
  },
};

/** What is allowed, but not if some policies are not there. */
function changes(all: readonly ActionDecision[], fewer: readonly ActionDecision[]): readonly ActionDecision[] {
  return fewer.filter(({ allowed }, index) => all[index].allowed === 'yes' && allowed !== 'yes');
}

/** The policies of those that may come late without which something is not allowed; all of them, if they allow it together. */
function neededAmong(late: readonly CfnResource[], decide: (without: readonly CfnResource[]) => readonly ActionDecision[]): readonly CfnResource[] {
  const all = decide([]);
  const none = decide(late);
  if (late.length === 0 || changes(all, none).length === 0) { return []; }
  const needed = late.filter(policy => changes(decide(late.filter(other => other !== policy)), none).length > 0);
  return needed.length > 0 ? needed : late;
}

function actionsOf(decisions: readonly ActionDecision[]): string {
  return [...new Set(decisions.map(({ action }) => action))].join(', ');
}

/** Does everything in the role's construct come before the cluster, if that depends on it? */
function isRoleEnough(cluster: ClusterModel, { resource }: RolePermissions, policies: readonly CfnResource[]): boolean {
  const construct = resource?.node.scope;
  if (!construct || construct === resource.stack) { return false; }
  const parts = resourcesIn(construct);
  return policies.every(policy => parts.includes(policy)) && !parts.some(part => cluster.isWaitedForBy(part));
}
