import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { InstanceGroupOptions } from './instance-group';
import { type RestrictedInstanceGroupOptions, renderFileSystem } from './restricted-instance-group';
import { unlessEmpty } from '../../private/unless-empty';
import { renderAutoPatch, renderScheduledUpdate } from '../operation/software-update';

/** What the cluster worked out for an instance group, of either kind. */
export interface GroupBinding {
  readonly executionRole: IRole;
  readonly instanceStorageConfigs?: CfnCluster.ClusterInstanceStorageConfigProperty[];
  readonly overrideVpcConfig?: CfnCluster.VpcConfigProperty;
  readonly lifeCycleConfig?: CfnCluster.ClusterLifeCycleConfigProperty;
  readonly slurmConfig?: CfnCluster.ClusterSlurmConfigProperty;
}

export function renderInstanceGroup(options: InstanceGroupOptions, binding: GroupBinding): CfnCluster.ClusterInstanceGroupProperty {
  return {
    ...renderCommon(options, binding),
    instanceType: options.instanceType?.instanceTypeName,
    instanceRequirements: options.instanceTypes && { instanceTypes: options.instanceTypes.map(({ instanceTypeName }) => instanceTypeName) },
    minInstanceCount: options.minInstanceCount,
    lifeCycleConfig: binding.lifeCycleConfig,
    ...options.capacity?._render(),
    slurmConfig: binding.slurmConfig,
    networkInterface: options.networkInterfaceType && { interfaceType: options.networkInterfaceType },
    imageId: options.imageId,
    imageReleaseVersion: options.imageReleaseVersion,
    scheduledUpdateConfig: options.scheduledUpdate && renderScheduledUpdate(options.scheduledUpdate),
    autoPatchConfig: options.autoPatch && renderAutoPatch(options.autoPatch),
    kubernetesConfig: renderKubernetesConfig(options),
  };
}

export function renderRestrictedInstanceGroup(
  options: RestrictedInstanceGroupOptions, binding: GroupBinding,
): CfnCluster.ClusterRestrictedInstanceGroupProperty {
  return {
    ...renderCommon(options, binding),
    instanceType: options.instanceType.instanceTypeName,
    trainingPlanArn: options.trainingPlanArn,
    environmentConfig: options.fileSystem && { fSxLustreConfig: renderFileSystem(options.fileSystem) },
  };
}

function renderCommon(options: InstanceGroupOptions | RestrictedInstanceGroupOptions, binding: GroupBinding) {
  return {
    instanceGroupName: options.instanceGroupName,
    instanceCount: options.instanceCount,
    executionRole: binding.executionRole.roleArn,
    instanceStorageConfigs: unlessEmpty(binding.instanceStorageConfigs),
    overrideVpcConfig: binding.overrideVpcConfig,
    threadsPerCore: options.threadsPerCore,
    onStartDeepHealthChecks: unlessEmpty(options.onStartDeepHealthChecks),
  };
}

function renderKubernetesConfig(options: InstanceGroupOptions): CfnCluster.ClusterKubernetesConfigProperty | undefined {
  const labels = Object.keys(options.kubernetesLabels ?? {}).length === 0 ? undefined : options.kubernetesLabels;
  const taints = unlessEmpty(options.kubernetesTaints);
  return labels || taints ? { labels, taints } : undefined;
}
