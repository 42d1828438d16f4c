import type { CfnResource } from 'aws-cdk-lib';
import { readDecisions } from './script-access';
import { neededBucketPolicies, scriptReaders } from './script-reader';
import { evaluateAccess } from '../../iam/policy/evaluate';
import { accessRequest, ANYTHING } from '../../iam/policy/request';
import type { RolePermissions } from '../../iam/role-permissions';
import { IMAGE_ACTIONS } from '../../service/image-actions';
import { REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION, VPC_ACTIONS, VPC_CNI_ACTIONS } from '../../service/network-actions';
import { partitionOf, regionOf } from '../../template/environment';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Ternary } from '../../template/ternary';
import type { ClusterModel } from '../core/cluster-model';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const policyOrdering: Rule = {
  id: 'HyperPod-PolicyOrdering',
  title: 'The cluster waits for the policies of its execution roles',
  levels: ['warning'],
  prevents: ['Unable to retrieve subnets', 'You are not authorized to perform this operation'],
  why: 'CloudFormation sees that the cluster refers to the role, but not that the role\'s permissions stand in policies of their own, or '
    + 'in that of the bucket. It may create the cluster before them, and the cluster then fails for lack of permissions that the template does grant.',
  fix: 'Let the cluster depend on the policies: `cluster.node.addDependency(role)` for an L2 role, or `cluster.node.addDependency(policy)`.',
  sources: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html'],
  check: cluster => {
    const roles = new Map(cluster.instanceGroups.filter(({ role }) => role).map(({ role }) => [role!.principal.arn.key, role!]));
    return [...roles.values()].flatMap(role => {
      const groups = cluster.instanceGroups.filter(group => group.role === role);
      const ofBuckets = cluster.once(scriptReaders).known.filter(reader => reader.role === role)
        .flatMap(reader => neededBucketPolicies(cluster, reader));
      const notWaitedFor = [...new Set([...role.policyResources, ...ofBuckets])]
        .filter(policy => !cluster.waitsFor(policy) && !cluster.isWaitedForBy(policy));
      const late = withoutUnneeded(cluster, role, notWaitedFor);
      if (late.length === 0) { return []; }
      return [{
        subjects: groups.map(({ label }) => label),
        level: 'warning',
        message: `The cluster may be created before its execution role ${role.principal.arn} has its permissions: it does not wait for `
          + `${late.map(policy => policy.node.path).join(', ')}, which ${namedGroups(groups)} need.\n`
          + 'Add a dependency of the cluster on them, as `cluster.node.addDependency(policy)`.',
        locations: groups.map(({ location }) => `${location}.ExecutionRole`),
      }];
    });
  },
};

/**
 * Stacks deploy as a whole: to wait for a policy of another one, nested or not, is to wait for all of that stack. It is needed only if the role may do less of
 * what HyperPod does with it as long as nothing of such stacks is there.
 */
function withoutUnneeded(cluster: ClusterModel, role: RolePermissions, policies: readonly CfnResource[]): readonly CfnResource[] {
  const elsewhere = policies.filter(policy => policy.stack !== cluster.stack && role.policyResources.includes(policy));
  if (elsewhere.length === 0) { return policies; }
  const origins = elsewhere.map(({ node }) => node.path);
  const identity = { ...role.identity, documents: role.identity.documents.filter(({ origin }) => !origins.includes(origin)) };
  const meanwhile: RolePermissions = { ...role, identity, boundary: role.boundary };
  const isEnough = decisions(cluster, role, meanwhile).join() === decisions(cluster, role, role).join();
  return isEnough ? policies.filter(policy => !elsewhere.includes(policy)) : policies;
}

/** What a role may do of all that its groups need, if it is allowed what is given. */
function decisions(cluster: ClusterModel, role: RolePermissions, given: RolePermissions): readonly Ternary[] {
  const readers = cluster.once(scriptReaders).known.filter(reader => reader.role === role);
  const actions = [...VPC_ACTIONS, ...VPC_CNI_ACTIONS, REPLACE_NODE_ACTION, TAG_INTERFACE_ACTION, ...IMAGE_ACTIONS];
  const { stack } = cluster;
  return [
    ...readers.flatMap(reader => readDecisions(cluster, { ...reader, role: given })),
    ...actions.map(action => {
      const resource = SymbolicString.concat('arn:', partitionOf(stack), ':', action.split(':')[0], ':', regionOf(stack.region), ':', ANYTHING);
      const request = accessRequest(given.principal, action, resource, given.principal.account);
      return evaluateAccess(request, { identity: given.identity, boundary: given.boundary });
    }),
  ].map(({ allowed }) => allowed);
}
