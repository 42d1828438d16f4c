import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import {
  requireNoEncryptionKeys, strategyWithContinuous, validateClusterFeatures, validateGroupStorage, validateInstanceGroupFeatures,
} from './feature-validation';
import { HyperPodClusterProps } from './hyperpod-cluster-props';
import { InstanceGroupOptions } from './instance-group/instance-group';
import { RestrictedInstanceGroupOptions } from './instance-group/restricted-instance-group';
import { SlurmNode } from './instance-group/slurm-node';
import { Orchestrator, SlurmConfigStrategy } from './orchestrator/orchestrator';
import { scriptsOrHyperPodSetUpSlurm, SlurmSetup } from './orchestrator/slurm-setup-validation';
import { requireClusterTexts, requireInstanceGroupTexts, requireRestrictedInstanceGroupTexts } from './text-validation';
import { LifecycleScripts } from '../lifecycle/lifecycle-scripts';
import { lit, ValidationError } from '../private/errors';

const SLURM_TOPOLOGY_SOURCE = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html';

/** The checks of a cluster's own properties. They throw at once. */
export function validateClusterProps(scope: IConstruct, props: HyperPodClusterProps): void {
  requireClusterTexts(scope, props);
  requireSomeInstanceGroups(scope, props);
  requireVpc(scope, props);
  requireSomeSecurityGroups(scope, props);
  requireBucketForRemovalPolicy(scope, props);
  validateClusterFeatures(scope, props);
}

/** What an instance group has to fit. */
export interface GroupSurroundings {
  readonly orchestrator: Orchestrator;
  readonly hasVpc: boolean;
  readonly scripts: LifecycleScripts;
}

/** The checks of one instance group against the cluster and the groups before it. They throw at once. */
export function validateInstanceGroup(scope: IConstruct, group: InstanceGroupOptions, taken: string[], surroundings: GroupSurroundings): void {
  const { orchestrator, hasVpc, scripts } = surroundings;
  requireInstanceGroupTexts(scope, group, !scripts._setUpSlurm);
  requireOwnName(scope, group, taken);
  requireSlurmForSlurmNode(scope, group, orchestrator);
  requireOnCreateForEks(scope, group, orchestrator, scripts);
  validateInstanceGroupFeatures(scope, group, orchestrator._kind === 'eks');
  validateGroupStorage(scope, group, hasVpc);
}

/** The checks of one restricted instance group. They throw at once. */
export function validateRestrictedInstanceGroup(scope: IConstruct, group: RestrictedInstanceGroupOptions, taken: string[], hasVpc: boolean): void {
  requireRestrictedInstanceGroupTexts(scope, group);
  requireOwnName(scope, group, taken);
  validateGroupStorage(scope, group, hasVpc);
  requireNoEncryptionKeys(scope, group);
}

/** What all instance groups together have to fit. */
export interface GroupsSurroundings extends SlurmSetup {
  readonly strategy?: SlurmConfigStrategy;

  /** What turned continuous provisioning on, unless the cluster was told to. */
  readonly continuousBecauseOf: string[];
}

/** The checks of all instance groups together, when no more can come. They return what is wrong. */
export function validateInstanceGroups(groups: InstanceGroupOptions[], restrictedGroups: number, slurm: GroupsSurroundings): string[] {
  if (groups.length + restrictedGroups === 0) {
    return ['HyperPod cluster has no instance groups, give instanceGroups or call addInstanceGroup'];
  }
  const ofContinuous = [
    ...slurmNodeOnEveryGroup(groups, slurm.continuousSlurm),
    ...strategyWithContinuous(slurm.strategy, slurm.continuousSlurm),
    ...(slurm.continuousSlurm ? singleNodeController(groups) : []),
  ];
  const turnedOn = slurm.continuousBecauseOf.length === 0 ? '' : ` (continuous node provisioning is turned on by ${slurm.continuousBecauseOf.join(', ')})`;
  return [
    ...slurmNodeOnEveryGroupOrNone(groups, slurm.continuousSlurm),
    ...exactlyOneController(groups),
    ...atMostOneLogin(groups),
    ...scriptsOrHyperPodSetUpSlurm(groups, slurm),
    ...ofContinuous.map(wrong => `${wrong}${turnedOn}`),
  ];
}

function requireSomeInstanceGroups(scope: IConstruct, { instanceGroups }: HyperPodClusterProps): void {
  if (instanceGroups !== undefined && instanceGroups.length === 0) {
    throw new ValidationError(lit`ClusterNeedsInstanceGroups`,
      'instanceGroups must not be [], give at least one group, or leave it out and call addInstanceGroup', scope);
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html */
function requireVpc(scope: IConstruct, props: HyperPodClusterProps): void {
  if (props.vpc !== undefined) { return; }
  if (props.orchestrator?._kind === 'eks') {
    throw new ValidationError(lit`EksClusterNeedsVpc`, 'a HyperPod cluster that EKS orchestrates needs a vpc, give the one of the EKS cluster', scope);
  }
  const inVain = [
    ...(props.vpcSubnets === undefined ? [] : ['vpcSubnets']),
    ...(props.securityGroups === undefined ? [] : ['securityGroups']),
  ];
  if (inVain.length > 0) {
    throw new ValidationError(lit`VpcOptionsNeedVpc`, `${inVain.join(' and ')} given without vpc, give the vpc too`, scope);
  }
}

function requireSomeSecurityGroups(scope: IConstruct, { securityGroups }: HyperPodClusterProps): void {
  if (securityGroups !== undefined && securityGroups.length === 0) {
    throw new ValidationError(lit`ClusterNeedsSecurityGroups`,
      'securityGroups must not be [], give 1 to 5, or leave it out for one that fits', scope);
  }
}

function requireBucketForRemovalPolicy(scope: IConstruct, props: HyperPodClusterProps): void {
  if (props.removalPolicy !== undefined && props.lifecycleBucket !== undefined) {
    throw new ValidationError(lit`RemovalPolicyOfGivenBucket`,
      `removalPolicy ${JSON.stringify(props.removalPolicy)} is for a bucket that the cluster makes, but lifecycleBucket is given; `
      + 'set the removal policy where that bucket is defined', scope);
  }
}

function requireOwnName(scope: IConstruct, { instanceGroupName }: { readonly instanceGroupName: string }, taken: string[]): void {
  if (!Token.isUnresolved(instanceGroupName) && taken.includes(instanceGroupName)) {
    throw new ValidationError(lit`InstanceGroupNameTaken`,
      `instance group name ${JSON.stringify(instanceGroupName)} is taken, every group of a cluster needs its own`, scope);
  }
}

function requireSlurmForSlurmNode(scope: IConstruct, group: InstanceGroupOptions, orchestrator: Orchestrator): void {
  if (group.slurmNode !== undefined && orchestrator._kind !== 'slurm') {
    throw new ValidationError(lit`SlurmNodeWithEks`,
      `instance group ${JSON.stringify(group.instanceGroupName)} has a slurmNode, but EKS orchestrates the cluster; leave slurmNode out`, scope);
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html */
function requireOnCreateForEks(
  scope: IConstruct, { instanceGroupName }: InstanceGroupOptions, orchestrator: Orchestrator, lifecycleScripts: LifecycleScripts,
): void {
  if (orchestrator._kind === 'eks' && lifecycleScripts._hook(true).onCreate === undefined) {
    throw new ValidationError(lit`EksNeedsOnCreate`,
      `instance group ${JSON.stringify(instanceGroupName)} has no onCreate script, which EKS asks for (and onInitComplete it does not support); `
      + 'use LifecycleScripts.noop(), or name an onCreate script', scope);
  }
}

function slurmNodeOnEveryGroupOrNone(groups: InstanceGroupOptions[], continuousSlurm: boolean): string[] {
  const without = withoutSlurmNode(groups);
  return continuousSlurm || without.length === 0 || without.length === groups.length ? []
    : [`instance groups ${JSON.stringify(without)} have no slurmNode, but others have; give one to every group (${SLURM_TOPOLOGY_SOURCE})`];
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html */
function slurmNodeOnEveryGroup(groups: InstanceGroupOptions[], continuousSlurm: boolean): string[] {
  const without = withoutSlurmNode(groups);
  return !continuousSlurm || without.length === 0 ? [] : [`instance groups ${JSON.stringify(without)} have no slurmNode, `
    + `which continuous node provisioning on Slurm asks for; give one to every group (${SLURM_TOPOLOGY_SOURCE})`];
}

function withoutSlurmNode(groups: InstanceGroupOptions[]): string[] {
  return groups.filter(group => group.slurmNode === undefined).map(group => group.instanceGroupName);
}

/** "Cluster must have exactly one InstanceGroup with Controller node type" */
function exactlyOneController(groups: InstanceGroupOptions[]): string[] {
  const controllers = groupsOfType('Controller', groups);
  if (controllers.length === 1 || groups.every(group => group.slurmNode === undefined)) { return []; }
  return [`exactly one instance group must have SlurmNode.controller(), got ${JSON.stringify(controllers.map(group => group.instanceGroupName))} `
    + `(${SLURM_TOPOLOGY_SOURCE})`];
}

function atMostOneLogin(groups: InstanceGroupOptions[]): string[] {
  const logins = groupsOfType('Login', groups);
  return logins.length <= 1 ? [] : [
    `at most one instance group may have SlurmNode.login(), got ${JSON.stringify(logins.map(group => group.instanceGroupName))} (${SLURM_TOPOLOGY_SOURCE})`,
  ];
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html */
function singleNodeController(groups: InstanceGroupOptions[]): string[] {
  return groupsOfType('Controller', groups)
    .filter(({ instanceCount }) => !Token.isUnresolved(instanceCount) && instanceCount > 1)
    .map(({ instanceGroupName, instanceCount }) => `controller group ${JSON.stringify(instanceGroupName)} has instanceCount ${instanceCount}, `
      + 'but with continuous node provisioning a cluster has one controller node; set it to 1');
}

function groupsOfType(nodeType: SlurmNode['_nodeType'], groups: InstanceGroupOptions[]): InstanceGroupOptions[] {
  return groups.filter(group => group.slurmNode?._nodeType === nodeType);
}
