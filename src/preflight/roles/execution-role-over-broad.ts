import { documentsIn } from '../../iam/policy/judge';
import { ANYTHING } from '../../iam/policy/request';
import type { RolePermissions } from '../../iam/role-permissions';
import { partitionOf, regionOf } from '../../template/environment';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import { type NeededAction, roleMay } from '../core/role-access';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const executionRoleOverBroad: Rule = {
  id: 'HyperPod-ExecutionRoleOverBroad',
  title: 'Jobs on the nodes do not hold power over the account',
  levels: ['warning'],
  prevents: [],
  why: 'Every job and every user on a node has its execution role. With AdministratorAccess, PowerUserAccess, AmazonSageMakerFullAccess or '
    + 'AmazonS3FullAccess, or policies like these, one of them can delete every cluster or every bucket of the account, or take it over.',
  fix: 'Replace the policy with statements for the buckets and actions that the jobs need.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html',
  ],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const { powers, origins } = cluster.symbolizer.remember(role, 'powers', () => powersOf(cluster, role));
    return powers.length === 0 ? [] : [about(group, 'warning', groups => `Whoever runs a job on the nodes of ${namedGroups(groups)} can ${powers.join(', ')}: `
      + `the execution role ${namedRole(role)} allows it${origins.length > 0 ? ` by ${origins.join(', ')}` : ''}.\n`
      + 'Limit the role to the actions and resources that the nodes need.', group.at('ExecutionRole'))];
  },
};

/** Which powers a role has, and by which policies. */
function powersOf(cluster: ClusterModel, role: RolePermissions): { readonly powers: readonly string[]; readonly origins: readonly string[] } {
  const powers = powersOver(cluster, role).filter(({ needed }) => roleMay(cluster, role, needed).allowed === 'yes');
  const origins = documentsIn(role.identity)
    .filter(document => powers.some(({ needed }) => roleMay(cluster, { ...role, identity: { documents: [document], unseen: [] } }, needed).allowed === 'yes'))
    .map(({ origin }) => origin);
  return { powers: powers.map(({ what }) => what), origins: [...new Set(origins)] };
}

/** What none of the documented needs of a node comes near, asked on any resource at all. */
function powersOver({ stack }: ClusterModel, { principal: { account } }: RolePermissions): { what: string; needed: NeededAction }[] {
  const arn = (service: string, region: SymbolicString | '', owner: SymbolicString | '', kind: string) =>
    SymbolicString.concat('arn:', partitionOf(stack), ':', service, ':', region, ':', owner, ':', kind, ANYTHING);
  return [
    { what: 'change the permissions of every role', needed: { action: 'iam:AttachRolePolicy', resource: arn('iam', '', account, 'role/') } },
    {
      what: 'delete every SageMaker cluster',
      needed: { action: 'sagemaker:DeleteCluster', resource: arn('sagemaker', regionOf(stack.region), account, 'cluster/') },
    },
    { what: 'delete every object of every bucket', needed: { action: 's3:DeleteObject', resource: arn('s3', '', '', '') } },
  ];
}
