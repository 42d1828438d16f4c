import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const eksLifecycleConfig: Rule = {
  id: 'HyperPod-EksLifecycleConfig',
  title: 'On EKS every instance group has an OnCreate script',
  levels: ['error'],
  prevents: ['LifeCycleConfig is required for instance group...'],
  why: 'Only Slurm clusters can do without lifecycle scripts, or with OnInitComplete: "Amazon EKS-orchestrated clusters continue to require '
    + 'LifeCycleConfig with OnCreate and SourceS3Uri on every instance group."',
  fix: 'Give each instance group a LifeCycleConfig with SourceS3Uri and OnCreate; a script that does nothing will do.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html'],
  checkGroup: (cluster, group) => {
    const config = group.at('LifeCycleConfig');
    const onCreate = config.at('OnCreate');
    const isMissing = group.isSpelledOut && (config.isSpelledOut ? !onCreate.isGiven : !config.isGiven);
    if (group.kind !== 'InstanceGroups' || !isMissing || orchestratorOf(cluster) !== 'Eks') { return []; }
    const wrong = config.at('OnInitComplete').isGiven ? 'has an OnInitComplete script, which EKS clusters do not support, instead of OnCreate'
      : 'has no OnCreate script, which EKS clusters need';
    return [about(group, 'error', `The ${namedGroups([group])} ${wrong}.\nGive it a LifeCycleConfig with SourceS3Uri and OnCreate.`, onCreate)];
  },
};
