import { aboutGroup } from './about-group';
import { namedGroups } from './group-names';
import type { ClusterModel } from '../model/cluster-model';
import { spelledOutGroups } from '../model/groups';
import type { InstanceGroupModel } from '../model/instance-group-model';
import { knownText } from '../model/literals';
import { spelledOut, spelledOutList } from '../model/spelled-out';
import type { Rule } from '../rule';

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
