import { spelledOutGroups } from '../core/groups';
import { orchestratorOf } from '../core/orchestrator';
import { spelledOut } from '../core/spelled-out';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const lifecycleConfig: Rule = {
  id: 'HyperPod-LifecycleConfig',
  title: 'A lifecycle configuration names one script and where it lies',
  levels: ['error'],
  prevents: [
    'OnCreate and OnInitComplete in LifeCycleConfig are mutually exclusive...',
    'LifeCycleConfig for instance group is incomplete...',
    'LifeCycleConfig for instance group is provided but contains no configuration...',
  ],
  why: 'OnCreate replaces what HyperPod does on a new node, OnInitComplete follows it, so that a group has one or the other. '
    + 'Both are names of files under SourceS3Uri.',
  fix: 'Give SourceS3Uri with either OnCreate or OnInitComplete; on Slurm, LifeCycleConfig can be left out as a whole.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html'],
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const config = spelledOut(group.properties.LifeCycleConfig);
    const wrong = config && complaint(config, orchestratorOf(cluster) === 'Eks');
    return wrong ? [aboutGroup(group, 'error', `The LifeCycleConfig of ${namedGroups([group])} ${wrong}`, 'LifeCycleConfig')] : [];
  }),
};

/** An EKS group without OnCreate is the business of a rule of its own. */
function complaint(config: Readonly<Record<string, any>>, onEks: boolean): string | undefined {
  const { OnCreate: onCreate, OnInitComplete: onInitComplete, SourceS3Uri: source } = config;
  if (onCreate !== undefined && onInitComplete !== undefined) {
    return 'has both OnCreate and OnInitComplete.\nRemove one of the two.';
  }
  if (onCreate === undefined && onInitComplete === undefined) {
    if (onEks) { return undefined; }
    return `has ${source === undefined ? 'no properties' : 'a SourceS3Uri, but no script'}.\n`
      + 'Name the script as OnCreate or OnInitComplete, or leave LifeCycleConfig out.';
  }
  return source === undefined ? 'names a script, but no SourceS3Uri.\nSay in SourceS3Uri where the script lies.' : undefined;
}
