import {
  CONTINUOUS_CLUSTER_PROPERTIES, CONTINUOUS_GROUP_PROPERTIES, type ContinuousClusterProperty, type ContinuousGroupProperty,
  PROVISIONING_CONTRADICTION, PROVISIONING_SOURCES,
} from '../../service/continuous-provisioning';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { nodeProvisioning } from '../core/provisioning';
import { storageConfigs } from '../core/storage';
import { about } from '../findings/about';
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
    const features = clusterFeatures(cluster);
    return features.length === 0 || nodeProvisioning(cluster) !== 'omitted' ? []
      : [about(cluster, 'warning', message('The cluster', features), ...features, cluster.at('NodeProvisioningMode'))];
  },
  checkGroup: (cluster, group) => {
    const features = group.kind === 'InstanceGroups' ? groupFeatures(group) : [];
    return features.length === 0 || nodeProvisioning(cluster) !== 'omitted' ? []
      : [about(group, 'warning', message(`The ${namedGroups([group])}`, features), ...features)];
  },
};

function message(who: string, features: readonly Property[]): string {
  return `${who} has ${features.map(({ name }) => name).join(' and ')}, for which the cluster must provision its nodes continuously, but it has no `
    + `NodeProvisioningMode. ${PROVISIONING_CONTRADICTION}\nSet NodeProvisioningMode to "Continuous".`;
}

function clusterFeatures(cluster: ClusterModel): readonly Property[] {
  const isUsed: Readonly<Record<ContinuousClusterProperty, () => boolean>> = {
    'AutoScaling': () => cluster.at('AutoScaling', 'Mode').text === 'Enable',
    'Orchestrator.Slurm.AccountingDatabase': () => cluster.at('Orchestrator', 'Slurm', 'AccountingDatabase').isGiven,
  };
  return CONTINUOUS_CLUSTER_PROPERTIES.filter(name => isUsed[name]()).map(name => cluster.at(...name.split('.')));
}

function groupFeatures(group: InstanceGroupModel): readonly Property[] {
  const minimum = group.at('MinInstanceCount');
  const used: Readonly<Record<ContinuousGroupProperty, readonly Property[]>> = {
    'InstanceRequirements': [group.at('InstanceRequirements')],
    'MinInstanceCount': minimum.number === 0 ? [] : [minimum],
    'CapacityRequirements.Spot': [group.at('CapacityRequirements', 'Spot')],
    'VolumeKmsKeyId': storageConfigs(group, 'EbsVolumeConfig').map(volume => volume.at('VolumeKmsKeyId')),
  };
  return CONTINUOUS_GROUP_PROPERTIES.flatMap(name => used[name]).filter(({ isGiven }) => isGiven);
}
