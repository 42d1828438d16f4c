import { neededBucketPolicies, scriptReaders } from './script-reader';
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
      const late = [...new Set([...role.policyResources, ...ofBuckets])]
        .filter(policy => !cluster.waitsFor(policy) && !cluster.isWaitedForBy(policy));
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
