import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { knownText } from '../core/literals';
import { spelledOut, spelledOutList } from '../core/spelled-out';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

const RESERVED_PREFIXES = ['kubernetes.io/', 'k8s.io/', 'sagemaker.amazonaws.com/', 'eks.amazonaws.com/', 'k8s.aws/', 'karpenter.sh/'];

export const reservedKubernetesKeys: Rule = {
  id: 'HyperPod-ReservedKubernetesKeys',
  title: 'Labels and taints stay clear of reserved prefixes',
  levels: ['warning'],
  prevents: [],
  why: '"Labels and taints with these prefixes are managed by system components and should not be overwritten with custom values."',
  fix: 'Use a prefix of your own.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-custom-labels-and-taints.html'],
  check: cluster => spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const reserved = keysOf(cluster, group).filter(({ key }) => RESERVED_PREFIXES.some(prefix => key.startsWith(prefix)));
    return reserved.length === 0 ? [] : [aboutGroup(group, 'warning',
      `The ${namedGroups([group])} has labels or taints with reserved prefixes: ${reserved.map(({ key }) => JSON.stringify(key)).join(', ')}.\n`
      + `Choose keys that do not begin with ${RESERVED_PREFIXES.join(', ')}.`, ...reserved.map(({ location }) => location))];
  }),
};

function keysOf(cluster: ClusterModel, { properties }: InstanceGroupModel): { key: string; location: string }[] {
  const { Labels, Taints } = spelledOut(properties.KubernetesConfig) ?? {};
  return [
    ...Object.keys(spelledOut(Labels) ?? {}).map(key => ({ key, location: `KubernetesConfig.Labels.${key}` })),
    ...(spelledOutList(Taints) ?? []).flatMap((taint, index) => {
      const key = knownText(cluster, spelledOut(taint)?.Key);
      return key === undefined ? [] : [{ key, location: `KubernetesConfig.Taints.${index}.Key` }];
    }),
  ];
}
