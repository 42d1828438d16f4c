import { ALARM_ACTION } from '../../service/rollback-alarms';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { deniedActions, someResource } from '../core/role-access';
import { about } from '../findings/about';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const rollbackAlarmAccess: Rule = {
  id: 'HyperPod-RollbackAlarmAccess',
  title: 'The execution role may look at the alarms that roll an update back',
  levels: ['warning'],
  prevents: [],
  why: 'An update with AutoRollbackConfiguration watches CloudWatch alarms. For endpoints AWS documents that this happens with the execution '
    + 'role; for HyperPod it does not say, but the role that its own setup makes has the permission. The managed policy '
    + 'AmazonSageMakerClusterInstanceRolePolicy does not.',
  fix: 'Allow the execution role cloudwatch:DescribeAlarms.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html',
    'https://github.com/aws/sagemaker-hyperpod-cluster-setup/blob/main/eks/cloudformation/sagemaker-iam-role-template.yaml',
  ],
  checkGroup: (cluster, group) => {
    const role = hasAlarms(group) ? group.role : undefined;
    if (!role) { return []; }
    const denied = deniedActions(cluster, role, [alarmAction(cluster)]);
    return denied.length > 0 ? [about(group, 'warning', groups => [
      `The updates of ${namedGroups(groups)} may not roll back on an alarm: the execution role ${namedRole(role)} cannot look at alarms.`,
      ...describeDenials(denied),
      ...remedy(denied),
    ].join('\n'), group.at('ExecutionRole'))] : [];
  },
};

function hasAlarms(group: InstanceGroupModel): boolean {
  return ['ScheduledUpdateConfig', 'AutoPatchConfig'].some(config => group.at(config, 'DeploymentConfig', 'AutoRollbackConfiguration').isGiven);
}

function alarmAction(cluster: ClusterModel) {
  return { action: ALARM_ACTION, resource: someResource(cluster, 'cloudwatch', 'alarm:') };
}
