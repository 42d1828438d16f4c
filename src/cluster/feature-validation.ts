import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type HyperPodClusterProps, NodeProvisioningMode, NodeRecovery } from './hyperpod-cluster-props';
import type { InstanceGroupOptions } from './instance-group/instance-group';
import type { RestrictedInstanceGroupOptions } from './instance-group/restricted-instance-group';
import type { SlurmConfigStrategy } from './orchestrator/orchestrator';
import { lit, ValidationError } from '../private/errors';
import { EKS_GROUP_PROPERTIES, EKS_MODES, type EksGroupProperty, type EksMode } from '../service/orchestrator-features';

type AnyGroup = InstanceGroupOptions | RestrictedInstanceGroupOptions;

/** The checks of a cluster's features against its orchestrator. They throw at once. */
export function validateClusterFeatures(scope: IConstruct, props: HyperPodClusterProps): void {
  const onEks = props.orchestrator?._kind === 'eks';
  const used: Readonly<Record<EksMode, readonly string[]>> = {
    AutoScaling: props.autoScaling?._isEnabled ? ['autoScaling'] : [],
    TieredStorageConfig: props.tieredStorage === undefined ? [] : ['tieredStorage'],
  };
  const forEks = EKS_MODES.flatMap(mode => used[mode]);
  if (!onEks && forEks.length > 0) {
    throw new ValidationError(lit`FeatureNeedsEks`, `${forEks.join(' and ')} need EKS, give Orchestrator.eks() or leave it out`, scope);
  }
  const isContinuous = props.nodeProvisioningMode === NodeProvisioningMode.CONTINUOUS;
  const [contradiction] = strategyWithContinuous(props.orchestrator?._slurmConfigStrategy, isContinuous);
  if (contradiction) { throw new ValidationError(lit`SlurmConfigStrategyWithContinuousProvisioning`, contradiction, scope); }
  if (props.vpc === undefined && props.orchestrator?._accountingDatabase?.database !== undefined) {
    throw new ValidationError(lit`AccountingDatabaseNeedsVpc`,
      'the accounting database is in a VPC of this app, but the cluster has no vpc, from which it could be reached; give it one', scope);
  }
  // https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html
  if (props.autoScaling?._isEnabled && props.nodeRecovery === NodeRecovery.NONE) {
    throw new ValidationError(lit`AutoScalingNeedsNodeRecovery`,
      `autoScaling needs NodeRecovery.AUTOMATIC, got nodeRecovery ${JSON.stringify(props.nodeRecovery)}; leave nodeRecovery out`, scope);
  }
}

/**
 * A cluster with continuous provisioning accepts no strategy. Returns what is wrong, since a group that needs continuous provisioning
 * may come later.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 */
export function strategyWithContinuous(strategy: SlurmConfigStrategy | undefined, isContinuous: boolean): string[] {
  return strategy === undefined || !isContinuous ? []
    : [`slurmConfigStrategy ${JSON.stringify(strategy)} is not accepted with continuous node provisioning, leave one of the two out`];
}

/** The checks of what one instance group asks for. They throw at once. */
export function validateInstanceGroupFeatures(scope: IConstruct, group: InstanceGroupOptions, onEks: boolean): void {
  requireInstanceTypes(scope, group);
  requireMinimumWithinCount(scope, group);
  refuseTaintsWithHealthChecks(scope, group);
  if (!onEks) { refuseEksFeatures(scope, group); }
}

/** The checks of one group's storage and network. They throw at once. */
export function validateGroupStorage(scope: IConstruct, group: AnyGroup, hasVpc: boolean): void {
  const kinds = (group.instanceStorageConfigs ?? []).map(({ _kind }) => _kind);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice !== undefined) {
    throw new ValidationError(lit`InstanceStorageTwice`,
      `${named(group)} has more than one ${JSON.stringify(twice)} in instanceStorageConfigs, keep one`, scope);
  }
  const needsVpc = [
    ...(group.overrideVpcConfig === undefined ? [] : ['overrideVpcConfig']),
    ...kinds.filter(kind => kind.startsWith('FSx')),
  ];
  // "FSx configurations are only supported for Custom VPC": https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html
  if (!hasVpc && needsVpc.length > 0) {
    throw new ValidationError(lit`InstanceGroupNeedsVpc`, `${named(group)} has ${needsVpc.join(' and ')}, but the cluster has no vpc, give it one`, scope);
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html */
export function requireNoEncryptionKeys(scope: IConstruct, group: RestrictedInstanceGroupOptions): void {
  if (group.instanceStorageConfigs?.some(({ _hasEncryptionKey }) => _hasEncryptionKey)) {
    throw new ValidationError(lit`EncryptionKeyOfRestrictedInstanceGroup`,
      `restricted ${named(group)} has a volume with a key of your own, which restricted groups do not support; leave the key out`, scope);
  }
}

function requireInstanceTypes(scope: IConstruct, group: InstanceGroupOptions): void {
  const { instanceType, instanceTypes } = group;
  if ((instanceType === undefined) === (instanceTypes === undefined)) {
    throw new ValidationError(lit`InstanceTypeXorInstanceTypes`,
      `${named(group)} has ${instanceType === undefined ? 'neither instanceType nor instanceTypes' : 'both instanceType and instanceTypes'}, give one of them`, scope);
  }
  if (instanceTypes !== undefined && (instanceTypes.length === 0 || instanceTypes.length > 20)) {
    throw new ValidationError(lit`InstanceTypesCount`, `${named(group)} has ${instanceTypes.length} instanceTypes, give 1 to 20`, scope);
  }
  const names = (instanceTypes ?? []).map(({ instanceTypeName }) => instanceTypeName);
  const twice = names.find((name, index) => !Token.isUnresolved(name) && names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ValidationError(lit`InstanceTypeTwice`, `${named(group)} has ${JSON.stringify(twice)} more than once in instanceTypes, keep one`, scope);
  }
}

function requireMinimumWithinCount(scope: IConstruct, group: InstanceGroupOptions): void {
  const { minInstanceCount: minimum, instanceCount: count } = group;
  if (minimum !== undefined && !Token.isUnresolved(minimum) && !Token.isUnresolved(count) && minimum > count) {
    throw new ValidationError(lit`MinInstanceCountOverInstanceCount`,
      `${named(group)} has minInstanceCount ${minimum}, which is more than its instanceCount ${count}; lower the one or raise the other`, scope);
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-resiliency-deep-health-checks.html */
function refuseTaintsWithHealthChecks(scope: IConstruct, group: InstanceGroupOptions): void {
  if (group.kubernetesTaints?.length && group.onStartDeepHealthChecks?.length) {
    throw new ValidationError(lit`TaintsWithDeepHealthChecks`,
      `${named(group)} has kubernetesTaints and onStartDeepHealthChecks, which do not go together; leave one of them out`, scope);
  }
}

/** The options of an instance group that render a property. */
const OPTIONS_OF_EKS: Readonly<Record<EksGroupProperty, readonly (keyof InstanceGroupOptions)[]>> = {
  KubernetesConfig: ['kubernetesLabels', 'kubernetesTaints'],
  ImageReleaseVersion: ['imageReleaseVersion'],
  AutoPatchConfig: ['autoPatch'],
};

function refuseEksFeatures(scope: IConstruct, group: InstanceGroupOptions): void {
  const given = EKS_GROUP_PROPERTIES.flatMap(property => OPTIONS_OF_EKS[property]).filter(option => group[option] !== undefined);
  if (given.length > 0) {
    throw new ValidationError(lit`InstanceGroupFeatureNeedsEks`,
      `${named(group)} has ${given.join(' and ')}, for which EKS has to orchestrate the cluster; leave it out, or give Orchestrator.eks()`, scope);
  }
}

function named({ instanceGroupName }: AnyGroup): string {
  return `instance group ${JSON.stringify(instanceGroupName)}`;
}
