import { volumeKeyUse } from './volume-keys';
import { about } from '../findings/about';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const volumeKeyAccess: Rule = {
  id: 'HyperPod-VolumeKeyAccess',
  title: 'The execution role can use the key of its nodes\' volumes',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'For volumes with a customer managed key, HyperPod asks KMS with the execution role for a grant that EBS uses. Both the role and the '
    + 'key\'s policy have to allow it, whenever nodes are added, replaced or patched. HyperPod passes no encryption context, so that a policy '
    + 'with conditions on it never applies.',
  fix: 'Allow the role kms:CreateGrant and kms:DescribeKey on the key, and let the key\'s policy allow the role or its account.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html'],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const { denied, leftToKeyPolicy } = volumeKeyUse(cluster, role, group);
    if (denied.length > 0) {
      const refused = denied.filter(({ obstacle }) => obstacle === 'resource policy');
      return [about(group, 'error', groups => [
        `The execution role ${namedRole(role)} cannot use the key of the volumes of ${namedGroups(groups)}.`,
        ...describeDenials(denied),
        ...remedy(denied),
        ...refused.length > 0 ? [`Let the key's policy allow it to the role ${role.principal.arn}, without conditions on encryption context.`] : [],
      ].join('\n'), group.at('InstanceStorageConfigs'))];
    }
    return leftToKeyPolicy.length > 0 ? [about(group, 'warning', groups => [
      `It is not known whether the execution role ${namedRole(role)} can use the key of the volumes of ${namedGroups(groups)}.`,
      ...describeDenials(leftToKeyPolicy),
      'The key\'s policy, which is not defined in this app, would have to allow it to the role itself.',
      ...remedy(leftToKeyPolicy),
    ].join('\n'), group.at('InstanceStorageConfigs'))] : [];
  },
};
