import { managedPolicyCount } from './managed-policies-of-role';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const DEFAULT_QUOTA = 10;

export const managedPoliciesPerRole: Rule = {
  id: 'HyperPod-ManagedPoliciesPerRole',
  title: 'The execution roles carry no more managed policies than IAM\'s quota allows',
  levels: ['warning'],
  prevents: ['Cannot exceed quota for PoliciesPerRole: 10'],
  why: `IAM attaches ${DEFAULT_QUOTA} managed policies to a role, unless the account's quota was raised. Deployment stops at the next one.`,
  fix: 'Merge customer managed policies, or make some of them inline policies of the role; or have the quota raised, and acknowledge the finding.',
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const count = managedPolicyCount(cluster, role) ?? 0;
    return count > DEFAULT_QUOTA ? [about(group, 'warning', groups =>
      `The execution role ${namedRole(role)} of ${namedGroups(groups)} carries ${count} managed policies; IAM's quota is ${DEFAULT_QUOTA}, unless it `
      + 'was raised for the account.\nMerge policies, or make some of them inline policies.', group.at('ExecutionRole'))] : [];
  },
};
