import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import { spelledOut, spelledOutList } from '../core/spelled-out';
import { aboutCluster } from '../findings/about-cluster';
import { aboutGroup } from '../findings/about-group';
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
    const ofCluster = repeated(cluster, cluster.properties.VpcConfig);
    return [
      ...ofCluster.length === 0 ? [] : [aboutCluster('warning',
        `The VpcConfig of the cluster names ids more than once: ${ids(ofCluster)}.\nLeave each once.`,
        ...ofCluster.map(({ property }) => `VpcConfig.${property}`))],
      ...spelledOutGroups(cluster).flatMap(group => {
        const ofGroup = repeated(cluster, group.properties.OverrideVpcConfig);
        return ofGroup.length === 0 ? [] : [aboutGroup(group, 'warning',
          `The OverrideVpcConfig of ${namedGroups([group])} names ids more than once: ${ids(ofGroup)}.\nLeave each once.`,
          ...ofGroup.map(({ property }) => `OverrideVpcConfig.${property}`))];
      }),
    ];
  },
};

interface Repetition {
  readonly property: string;
  readonly values: readonly string[];
}

/** References to one resource are one id, even if only the deployment knows it. */
function repeated(cluster: ClusterModel, vpcConfig: any): Repetition[] {
  return ['Subnets', 'SecurityGroupIds'].flatMap(property => {
    const items = (spelledOutList(spelledOut(vpcConfig)?.[property]) ?? []).flatMap(item => cluster.string(item) ?? []);
    const keys = items.map(({ key }) => key);
    const values = new Set(items.filter(({ key }, index) => keys.indexOf(key) !== index).map(item => `${item}`));
    return values.size === 0 ? [] : [{ property, values: [...values] }];
  });
}

function ids(repetitions: readonly Repetition[]): string {
  return repetitions.map(({ property, values }) => `${values.join(', ')} in ${property}`).join(' and ');
}
