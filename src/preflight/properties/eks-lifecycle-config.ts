import { spelledOutGroups } from '../core/groups';
import { orchestratorOf } from '../core/orchestrator';
import { spelledOut } from '../core/spelled-out';
import { aboutGroup } from '../findings/about-group';
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
  check: cluster => orchestratorOf(cluster) !== 'Eks' ? [] : spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const { LifeCycleConfig: json } = group.properties;
    const config = spelledOut(json);
    if (json !== undefined && (!config || config.OnCreate !== undefined)) { return []; }
    const wrong = config?.OnInitComplete === undefined ? 'has no OnCreate script, which EKS clusters need'
      : 'has an OnInitComplete script, which EKS clusters do not support, instead of OnCreate';
    return [aboutGroup(group, 'error',
      `The ${namedGroups([group])} ${wrong}.\nGive it a LifeCycleConfig with SourceS3Uri and OnCreate.`, 'LifeCycleConfig.OnCreate')];
  }),
};
