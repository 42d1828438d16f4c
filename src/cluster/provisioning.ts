import type { HyperPodClusterProps } from './hyperpod-cluster-props';
import type { InstanceGroupOptions } from './instance-group/instance-group';
import type { ContinuousClusterProperty, ContinuousGroupProperty } from '../service/continuous-provisioning';

/**
 * What of a cluster works with continuous provisioning only, and so turns it on.
 */
export function needsContinuousProvisioning(props: HyperPodClusterProps, groups: InstanceGroupOptions[]): string[] {
  const ofCluster: Readonly<Record<ContinuousClusterProperty, readonly string[]>> = {
    'AutoScaling': props.autoScaling?._isEnabled ? ['autoScaling'] : [],
    'Orchestrator.Slurm.AccountingDatabase': props.orchestrator?._accountingDatabase ? ['the accounting database'] : [],
  };
  return [
    ...Object.values(ofCluster).flat(),
    ...groups.flatMap(group => featuresOf(group).map(what => `${what} of instance group ${JSON.stringify(group.instanceGroupName)}`)),
  ];
}

function featuresOf(group: InstanceGroupOptions): readonly string[] {
  const used: Readonly<Record<ContinuousGroupProperty, readonly string[]>> = {
    'CapacityRequirements.Spot': group.capacity?._isSpot ? ['spot capacity'] : [],
    'InstanceRequirements': group.instanceTypes ? ['instanceTypes'] : [],
    'MinInstanceCount': group.minInstanceCount !== undefined ? ['minInstanceCount'] : [],
    'VolumeKmsKeyId': group.instanceStorageConfigs?.some(storage => storage._hasEncryptionKey) ? ['a volume with a key of your own'] : [],
  };
  return Object.values(used).flat();
}
