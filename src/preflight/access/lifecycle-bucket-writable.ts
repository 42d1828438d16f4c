import { alike, scriptReaderOf } from './script-reader';
import { about, type Wording } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const lifecycleBucketWritable: Rule = {
  id: 'HyperPod-LifecycleBucketWritable',
  title: 'Nodes cannot replace the scripts that they boot from',
  levels: ['warning'],
  prevents: [],
  why: 'Lifecycle scripts run as root on every node that is created or replaced. Whoever gains the role of one node, '
    + 'which every job on it has, could make every later node run their code.',
  fix: 'Leave s3:PutObject on the scripts\' prefix to those who publish them; give jobs another bucket or prefix to write to.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm.html'],
  checkGroup: (cluster, group) => {
    const reader = scriptReaderOf(cluster, group);
    if (reader?.write.allowed !== 'yes') { return []; }
    const { role, write } = reader;
    const words: Wording = groups => `The execution role ${role.principal.arn} can replace the lifecycle scripts that ${namedGroups(groups)} boot from: `
      + `it may ${write.action} on ${write.resource}.`;
    return [{ ...about(group, 'warning', words, group.at('ExecutionRole')), sharing: alike(group) }];
  },
};
