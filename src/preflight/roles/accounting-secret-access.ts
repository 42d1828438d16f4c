import { accountingSecretRead } from './accounting-secret';
import { about } from '../findings/about';
import { describeDenials, namedRole, remedy } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const accountingSecretAccess: Rule = {
  id: 'HyperPod-AccountingSecretAccess',
  title: 'The Slurm controller can read the secret of the accounting database',
  levels: ['warning'],
  prevents: [],
  why: 'Slurm keeps its accounting in the database of Orchestrator.Slurm.AccountingDatabase, with the user and password of its secret. AWS does '
    + 'not document who reads the secret; the nodes of the controller, which run Slurm\'s accounting, have nothing but their execution role.',
  fix: 'Allow the execution role of the controller secretsmanager:GetSecretValue on the secret.',
  sources: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusteraccountingdatabase.html'],
  checkGroup: (cluster, group) => {
    const { role } = group;
    const read = accountingSecretRead(cluster, group);
    return role && read?.allowed === 'no' ? [about(group, 'warning', groups => [
      `The execution role ${namedRole(role)} of ${namedGroups(groups)} cannot read the secret of the accounting database, which AWS does not document `
      + 'but Slurm presumably needs.',
      ...describeDenials([read]),
      ...remedy([read]),
    ].join('\n'), group.at('ExecutionRole'))] : [];
  },
};
