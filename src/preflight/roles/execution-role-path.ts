import type { RolePermissions } from '../../iam/role-permissions';
import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const executionRolePath: Rule = {
  id: 'HyperPod-ExecutionRolePath',
  title: 'Execution roles of EKS nodes have no path',
  levels: ['warning'],
  prevents: [],
  why: 'HyperPod lets its nodes into the EKS cluster by an access entry for their execution role. EKS documents that the role of an access '
    + 'entry "can include a path", and that one in the aws-auth ConfigMap "can\'t include a path". In the field, nodes whose role had a path '
    + 'did not join; AWS\'s own setup gives the role the path "/".',
  fix: 'Leave out the path of the role, or acknowledge the finding once nodes have joined with it.',
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
    'https://github.com/aws/sagemaker-hyperpod-cluster-setup/blob/main/eks/cloudformation/sagemaker-iam-role-template.yaml',
  ],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role || orchestratorOf(cluster) !== 'Eks') { return []; }
    const path = pathOf(role);
    return path === undefined ? [] : [about(group, 'warning', groups =>
      `The execution role ${namedRole(role)} of ${namedGroups(groups)} has the path ${JSON.stringify(path)}, with which nodes may not be able to join `
      + 'the EKS cluster.\nMake it a role with the path "/".', group.at('ExecutionRole'))];
  },
};

function pathOf({ principal: { arn } }: RolePermissions): string | undefined {
  const [, ...path] = arn.split(':', 6)[5].split('/').slice(0, -1);
  return path.length === 0 ? undefined : `/${path.join('/')}/`;
}
