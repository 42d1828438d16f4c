import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { about } from '../findings/about';
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
  checkGroup: (_, group) => {
    if (group.kind !== 'InstanceGroups') { return []; }
    const reserved = keysOf(group).filter(({ key }) => RESERVED_PREFIXES.some(prefix => key.startsWith(prefix)));
    return reserved.length === 0 ? [] : [about(group, 'warning',
      `The ${namedGroups([group])} has labels or taints with reserved prefixes: ${reserved.map(({ key }) => JSON.stringify(key)).join(', ')}.\n`
      + `Choose keys that do not begin with ${RESERVED_PREFIXES.join(', ')}.`, ...reserved.map(({ property }) => property))];
  },
};

function keysOf(group: InstanceGroupModel): readonly { readonly key: string; readonly property: Property }[] {
  const taints = group.at('KubernetesConfig', 'Taints').items ?? [];
  return [
    ...group.at('KubernetesConfig', 'Labels').members.map(label => ({ key: label.key, property: label })),
    ...taints.map(taint => taint.at('Key')).flatMap(key => key.text === undefined ? [] : [{ key: key.text, property: key }]),
  ];
}
