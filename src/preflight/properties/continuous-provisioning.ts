import {
  CONTINUOUS_CLUSTER_PROPERTIES, CONTINUOUS_GROUP_PROPERTIES, type ContinuousClusterProperty, type ContinuousGroupProperty,
  PROVISIONING_CONTRADICTION, PROVISIONING_SOURCES,
} from '../../service/continuous-provisioning';
import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { knownNumber, knownText } from '../core/literals';
import { nodeProvisioning } from '../core/provisioning';
import { spelledOut } from '../core/spelled-out';
import { storageConfigsAsJson as storageConfigs } from '../core/storage';
import { aboutCluster } from '../findings/about-cluster';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const continuousProvisioning: Rule = {
  id: 'HyperPod-ContinuousProvisioning',
  title: 'What needs continuous provisioning says so',
  levels: ['warning'],
  prevents: [],
  why: 'Flexible instance types, minimum counts, Spot capacity, customer managed keys for volumes, autoscaling and an accounting database exist only '
    + 'with continuous provisioning, and whether that is what a cluster gets that does not ask for it, AWS\'s documents do not agree on.',
  fix: 'Set NodeProvisioningMode to Continuous; on Slurm, every instance group then needs a SlurmConfig.',
  sources: [
    ...PROVISIONING_SOURCES,
    'https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-spot.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html',
  ],
  check: cluster => {
    if (nodeProvisioning(cluster) !== 'omitted') { return []; }
    const features = clusterFeatures(cluster);
    return [
      ...features.length === 0 ? [] : [aboutCluster('warning', message('The cluster', features), ...features, 'NodeProvisioningMode')],
      ...spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
        const used = groupFeatures(cluster, group);
        return used.length === 0 ? [] : [aboutGroup(group, 'warning', message(`The ${namedGroups([group])}`, used), ...used)];
      }),
    ];
  },
};

function message(who: string, features: readonly string[]): string {
  return `${who} has ${features.join(' and ')}, for which the cluster must provision its nodes continuously, but it has no NodeProvisioningMode. `
    + `${PROVISIONING_CONTRADICTION}\nSet NodeProvisioningMode to "Continuous".`;
}

function clusterFeatures(cluster: ClusterModel): string[] {
  const { AutoScaling, Orchestrator } = cluster.properties;
  const { AccountingDatabase } = spelledOut(spelledOut(Orchestrator)?.Slurm) ?? {};
  const isUsed: Readonly<Record<ContinuousClusterProperty, boolean>> = {
    'AutoScaling': knownText(cluster, spelledOut(AutoScaling)?.Mode) === 'Enable',
    'Orchestrator.Slurm.AccountingDatabase': AccountingDatabase !== undefined,
  };
  return CONTINUOUS_CLUSTER_PROPERTIES.filter(property => isUsed[property]);
}

function groupFeatures(cluster: ClusterModel, group: InstanceGroupModel): string[] {
  const { InstanceRequirements, MinInstanceCount, CapacityRequirements } = group.properties;
  const encrypted = storageConfigs(group, 'EbsVolumeConfig').filter(({ properties }) => properties.VolumeKmsKeyId !== undefined);
  const used: Readonly<Record<ContinuousGroupProperty, readonly string[]>> = {
    'InstanceRequirements': InstanceRequirements === undefined ? [] : ['InstanceRequirements'],
    'MinInstanceCount': MinInstanceCount === undefined || knownNumber(cluster, MinInstanceCount) === 0 ? [] : ['MinInstanceCount'],
    'CapacityRequirements.Spot': spelledOut(CapacityRequirements)?.Spot === undefined ? [] : ['CapacityRequirements.Spot'],
    'VolumeKmsKeyId': encrypted.map(({ location }) => `${location}.VolumeKmsKeyId`),
  };
  return CONTINUOUS_GROUP_PROPERTIES.flatMap(property => used[property]);
}
