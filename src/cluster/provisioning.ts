import type { HyperPodClusterProps } from './hyperpod-cluster-props';
import type { InstanceGroupOptions } from './instance-group';

/**
 * Do properties of a cluster work with continuous provisioning only?
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export function needsContinuousProvisioning(props: HyperPodClusterProps, groups: InstanceGroupOptions[]): boolean {
  return props.autoScaling?._isEnabled === true
    || props.orchestrator?._accountingDatabase !== undefined
    || groups.some((group) => group.capacity?._isSpot === true
      || group.instanceTypes !== undefined
      || group.minInstanceCount !== undefined
      || group.instanceStorageConfigs?.some((storage) => storage._hasEncryptionKey) === true);
}
