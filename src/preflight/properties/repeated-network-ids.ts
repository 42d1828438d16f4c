import type { Property } from '../core/property';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const repeatedNetworkIds: Rule = {
  id: 'HyperPod-RepeatedNetworkIds',
  title: 'A VPC configuration names each subnet and security group once',
  levels: ['warning'],
  prevents: [],
  why: 'A subnet or security group that is named twice is most often a slip for another one, so that the cluster has fewer subnets than it seems to.',
  fix: 'Remove the repeated ids, or replace them with the intended ones.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html'],
  check: cluster => {
    const repetitions = repetitionsIn(cluster.at('VpcConfig'));
    return repetitions.length === 0 ? [] : [about(cluster, 'warning',
      `The VpcConfig of the cluster names ids more than once: ${ids(repetitions)}.\nLeave each once.`, ...repetitions.map(({ list }) => list))];
  },
  checkGroup: (_, group) => {
    const repetitions = repetitionsIn(group.at('OverrideVpcConfig'));
    return repetitions.length === 0 ? [] : [about(group, 'warning',
      `The OverrideVpcConfig of ${namedGroups([group])} names ids more than once: ${ids(repetitions)}.\nLeave each once.`,
      ...repetitions.map(({ list }) => list))];
  },
};

interface Repetition {
  readonly list: Property;
  readonly values: readonly string[];
}

/** References to one resource are one id, even if only the deployment knows it. */
function repetitionsIn(vpcConfig: Property): readonly Repetition[] {
  return ['Subnets', 'SecurityGroupIds'].flatMap(name => {
    const list = vpcConfig.at(name);
    const items = (list.items ?? []).flatMap(({ value }) => value ?? []);
    const keys = items.map(({ key }) => key);
    const values = new Set(items.filter(({ key }, index) => keys.indexOf(key) !== index).map(item => `${item}`));
    return values.size === 0 ? [] : [{ list, values: [...values] }];
  });
}

function ids(repetitions: readonly Repetition[]): string {
  return repetitions.map(({ list, values }) => `${values.join(', ')} in ${list.key}`).join(' and ');
}
