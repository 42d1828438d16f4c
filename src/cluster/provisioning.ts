import type { HyperPodClusterProps } from './hyperpod-cluster-props';
import type { InstanceGroupOptions } from './instance-group/instance-group';

/**
 * What of a cluster works with continuous provisioning only, and so turns it on.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-eks.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
 */
export function needsContinuousProvisioning(props: HyperPodClusterProps, groups: InstanceGroupOptions[]): string[] {
  return [
    ...(props.autoScaling?._isEnabled ? ['autoScaling'] : []),
    ...(props.orchestrator?._accountingDatabase ? ['the accounting database'] : []),
    ...groups.flatMap((group) => [
      ...(group.capacity?._isSpot ? ['spot capacity'] : []),
      ...(group.instanceTypes ? ['instanceTypes'] : []),
      ...(group.minInstanceCount !== undefined ? ['minInstanceCount'] : []),
      ...(group.instanceStorageConfigs?.some((storage) => storage._hasEncryptionKey) ? ['a volume with a key of your own'] : []),
    ].map((what) => `${what} of instance group ${JSON.stringify(group.instanceGroupName)}`)),
  ];
}
