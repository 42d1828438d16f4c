import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import type { Property } from '../core/property';
import { about } from '../findings/about';
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
  checkGroup: (cluster, group) => {
    const config = group.at('LifeCycleConfig');
    const wrong = group.kind === 'InstanceGroups' && config.isSpelledOut ? complaint(cluster, config) : undefined;
    return wrong ? [about(group, 'error', `The LifeCycleConfig of ${namedGroups([group])} ${wrong}`, config)] : [];
  },
};

function complaint(cluster: ClusterModel, config: Property): string | undefined {
  const [onCreate, onInitComplete, source] = ['OnCreate', 'OnInitComplete', 'SourceS3Uri'].map(name => config.at(name).isGiven);
  if (onCreate && onInitComplete) { return 'has both OnCreate and OnInitComplete.\nRemove one of the two.'; }
  if (!onCreate && !onInitComplete) {
    // An EKS group without OnCreate is the business of a rule of its own.
    if (orchestratorOf(cluster) === 'Eks') { return undefined; }
    return `has ${source ? 'a SourceS3Uri, but no script' : 'no properties'}.\n`
      + 'Name the script as OnCreate or OnInitComplete, or leave LifeCycleConfig out.';
  }
  return source ? undefined : 'names a script, but no SourceS3Uri.\nSay in SourceS3Uri where the script lies.';
}
