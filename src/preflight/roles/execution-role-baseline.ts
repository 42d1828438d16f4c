import { INSTANCE_ROLE_POLICY, LOG_ACTIONS, METRIC_ACTION, SESSION_ACTIONS } from '../../service/instance-role-policy';
import { LOG_GROUP_PREFIX, METRIC_NAMESPACE } from '../../service/observability';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import { deniedActions, type NeededAction, NO_RESOURCE, someResource } from '../core/role-access';
import { about } from '../findings/about';
import { describeDenials, namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const executionRoleBaseline: Rule = {
  id: 'HyperPod-ExecutionRoleBaseline',
  title: 'The execution roles may write logs and metrics, and open sessions',
  levels: ['warning'],
  prevents: [],
  why: 'Nodes publish the output of the lifecycle scripts and their health to CloudWatch, and are reached through Session Manager, all with '
    + 'the execution role. AWS calls the managed policy that allows it the minimum for HyperPod to run properly; nodes without it may still '
    + 'start, but nobody can see why they fail, or connect to them.',
  fix: `Attach the AWS managed policy ${INSTANCE_ROLE_POLICY} to the role, or allow the same actions.`,
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html',
  ],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const denied = deniedActions(cluster, role, neededActions(cluster));
    return denied.length > 0 ? [about(group, 'warning', groups => [
      `The nodes of ${namedGroups(groups)} cannot do with their execution role ${namedRole(role)} what HyperPod asks of every role.`,
      ...describeDenials(denied),
      `Attach the AWS managed policy ${INSTANCE_ROLE_POLICY}, or allow these actions as it does.`,
    ].join('\n'), group.at('ExecutionRole'))] : [];
  },
};

/** What the managed policy allows, but for the scripts' bucket, which has a rule of its own. */
function neededActions(cluster: ClusterModel): NeededAction[] {
  const logs = someResource(cluster, 'logs', `log-group:${LOG_GROUP_PREFIX}`);
  const namespace = { 'cloudwatch:namespace': [SymbolicString.literal(METRIC_NAMESPACE)] };
  return [
    ...LOG_ACTIONS.map(action => ({ action, resource: logs })),
    { action: METRIC_ACTION, resource: NO_RESOURCE, context: namespace },
    ...SESSION_ACTIONS.map(action => ({ action, resource: NO_RESOURCE })),
  ];
}
