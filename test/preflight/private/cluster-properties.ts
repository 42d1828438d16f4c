import { App, AppProps, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { type PackFinding, packFinding } from './pack-finding';
import { HyperPodChecks } from '../../../src/preflight/hyperpod-checks';
import { HyperPodPreflight } from '../../../src/preflight/hyperpod-preflight';
import { FEATURE_RULES, INSTANCE_GROUP_RULES, QUOTA_RULES, VPC_PROPERTY_RULES } from '../../../src/preflight/properties';
import { SLURM_RULES } from '../../../src/preflight/properties/slurm';
import { RULES } from '../../../src/preflight/rules';
import { STORAGE_RULES } from '../../../src/preflight/storage';
import { testApp } from '../../private/app';

/** The rules about the properties of one cluster: on what else a rule may find in these clusters, their tests say nothing. */
const PROPERTY_RULES = [...INSTANCE_GROUP_RULES, ...SLURM_RULES, ...VPC_PROPERTY_RULES, ...STORAGE_RULES, ...FEATURE_RULES, ...QUOTA_RULES]
  .map(({ id }) => id);

export interface ClusterOptions {
  readonly env?: Environment;
  /** For what CDK's own validation rejects or does not know yet. */
  readonly withoutValidation?: boolean;
  /** Values that the types of the L1 do not allow, by their path in the template. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

export type Group = CfnCluster.ClusterInstanceGroupProperty;
export type RestrictedGroup = CfnCluster.ClusterRestrictedInstanceGroupProperty;
export type ClusterProps = CfnClusterProps | ((stack: Stack) => CfnClusterProps);

const ROLE = 'arn:aws:iam::111122223333:role/nodes';

export const LIFE_CYCLE_CONFIG = { sourceS3Uri: 's3://sagemaker-scripts/config/', onCreate: 'on_create.sh' };
export const VPC_CONFIG = { subnets: ['subnet-11111111'], securityGroupIds: ['sg-11111111'] };

/** A group that nothing is wrong with, in a cluster of either orchestrator. */
export function group(instanceGroupName: string, props: Partial<Group> = {}): Group {
  return { instanceGroupName, executionRole: ROLE, instanceCount: 1, instanceType: 'ml.m5.xlarge', lifeCycleConfig: LIFE_CYCLE_CONFIG, ...props };
}

export function restrictedGroup(instanceGroupName: string, props: Partial<RestrictedGroup> = {}): RestrictedGroup {
  return { instanceGroupName, executionRole: ROLE, instanceCount: 1, instanceType: 'ml.p5.48xlarge', ...props };
}

/** A cluster that Slurm orchestrates, with one group, `workers`. */
export function slurm(workers: Partial<Group> = {}, props: CfnClusterProps = {}): CfnClusterProps {
  return { instanceGroups: [group('workers', workers)], ...props };
}

/** A cluster that EKS orchestrates, with one group, `workers`. */
export function eks(workers: Partial<Group> = {}, props: CfnClusterProps = {}): CfnClusterProps {
  return {
    instanceGroups: [group('workers', workers)],
    orchestrator: { eks: { clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/team' } },
    vpcConfig: VPC_CONFIG,
    ...props,
  };
}

/** What the rules about properties find in a `CfnCluster`: the Aspect and the pack alike. */
export function propertyFindings(props: ClusterProps, { env, withoutValidation, overrides = {} }: ClusterOptions = {}): PackFinding[] {
  const stack = new Stack(withoutValidation ? new App(SILENT) : testApp(), 'Training', { env });
  const cluster = new CfnCluster(stack, 'Cluster', typeof props === 'function' ? props(stack) : props);
  Object.entries(overrides).forEach(([path, value]) => cluster.addPropertyOverride(path, value));
  HyperPodPreflight.applyTo(stack);
  return findingsIn(stack);
}

const SILENT: AppProps = { builtinCloudFormationValidation: false };

/** Synthesizes a stack that brings its own check, and reads what that and the pack find. */
export function findingsIn(stack: Stack): PackFinding[] {
  const annotations = Annotations.fromStack(stack);
  const printed = {
    error: annotations.findError('*', Match.anyValue()),
    warning: annotations.findWarning('*', Match.anyValue()),
    info: annotations.findInfo('*', Match.anyValue()),
  };
  const entries = Object.entries(printed).flatMap(([level, messages]) => messages.map(({ entry }) => ({ level, text: String(entry.data) })));
  const violations = new HyperPodChecks().validateScope(stack).violations.filter(({ ruleName }) => PROPERTY_RULES.includes(baseOf(ruleName)));
  const isOurs = ({ text }: { text: string }) => PROPERTY_RULES.some(id => new RegExp(`(Annotation::|ack: )${id}(\\[.*\\])?[)\\]]$`).test(text));
  expect(entries.filter(isOurs).map(({ level }) => level).sort()).toEqual(violations.map(({ severity }) => severity).sort());
  return violations.map(violation => {
    const { ruleName, description, severity } = violation;
    expect(entries).toContainEqual({ level: severity, text: expect.stringContaining(description) });
    expect(RULES.find(({ id }) => id === baseOf(ruleName))!.levels).toContain(severity);
    return packFinding(violation);
  });
}

function baseOf(ruleName: string): string {
  return ruleName.replace(/\[.*$/, '');
}

/** A case: what is wrong, the cluster, what is found, and what the messages say. */
export type Case = [name: string, props: ClusterProps, found: string[], says?: string[], options?: ClusterOptions];

export function expectFindings(props: ClusterProps, found: readonly string[], says: readonly string[] = [], options: ClusterOptions = {}): void {
  const findings = propertyFindings(props, options);
  expect(findings.map(({ summary }) => summary)).toEqual(found);
  const text = findings.map(({ message }) => message).join('\n');
  for (const words of says) { expect(text).toContain(words); }
}
