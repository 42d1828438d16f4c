import { App, Aspects, Environment, Stack, Stage } from 'aws-cdk-lib';
import { CfnRole, Role, RoleProps, ManagedPolicy, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { group, Group } from './cluster-properties';
import { type PackFinding, packFinding } from './pack-finding';
import { HyperPodChecks } from '../../../src/preflight/hyperpod-checks';
import { HyperPodPreflight } from '../../../src/preflight/hyperpod-preflight';
import { documentOf, INSTANCE_ROLE_POLICY } from '../../corpus/private/building-blocks';
import { testApp } from '../../private/app';

/** The rules about roles and about what orchestrates: on what else a rule may find in these apps, their tests say nothing. */
const ROLE_RULES = [
  'AccountingSecretAccess', 'ClusterName', 'ClusterRoleAccess', 'ClusterRoleTrust', 'EksAuthenticationMode', 'EksClusterShared', 'EksKubernetesVersion',
  'EksPermissions', 'ExecutionRoleBaseline', 'ExecutionRoleOnEksNodes', 'ExecutionRoleOverBroad', 'ExecutionRolePath', 'ExecutionRoleTrust',
  'HelmChartOrdering', 'ManagedPoliciesPerRole', 'RollbackAlarmAccess', 'VolumeKeyAccess', 'VpcPermissions',
];

/** What the rules about roles find in an app of one stack, or more if it makes them: the Aspect and the pack alike. */
export function roleFindings(build: (stack: Stack) => void, env?: Environment): PackFinding[] {
  const app = testApp();
  build(new Stack(app, 'Training', { env }));
  for (const stage of app.node.findAll().filter(Stage.isStage)) { Aspects.of(stage).add(new HyperPodPreflight()); }
  const stacks = app.node.findAll().filter(Stack.isStack).filter(({ nestedStackParent }) => !nestedStackParent);
  const found = stacks.flatMap(stack => new HyperPodChecks().validateScope(stack).violations)
    .filter(({ ruleName }) => ROLE_RULES.includes(/^HyperPod-(\w+)/.exec(ruleName)![1]));
  const printed = printedBy(app);
  for (const { ruleName, description, severity } of found) {
    expect(printed).toContainEqual({ level: severity, text: expect.stringContaining(description) });
    expect(printed.filter(({ text }) => text.includes(`Annotation::${ruleName}`)).length)
      .toBe(found.filter(other => other.ruleName === ruleName).length);
  }
  return found.map(packFinding);
}

function printedBy(app: App): { level: string; text: string }[] {
  const assembly = app.synth();
  return [assembly, ...assembly.nestedAssemblies.map(({ nestedAssembly }) => nestedAssembly)]
    .flatMap(({ stacks }) => stacks).flatMap(({ messages }) => messages)
    .map(({ level, entry }) => ({ level, text: String(entry.data) }));
}

/** A case: what is special, the app, what is found, and what the messages say. */
export type RoleCase = [name: string, app: (stack: Stack) => void, found: string[], says?: string[]];

export function expectRoleFindings(app: (stack: Stack) => void, found: readonly string[], says: readonly string[] = [], env?: Environment): void {
  const findings = roleFindings(app, env);
  expect(findings.map(({ summary }) => summary)).toEqual(found);
  const text = findings.map(({ message }) => message).join('\n');
  for (const words of says) { expect(text).toContain(words); }
}

/** A role as HyperPod documents it, with the statements that are given besides. */
export function nodeRole(stack: Stack, statements: object[] = [], props: Partial<RoleProps> = {}): Role {
  return new Role(stack, 'NodeRole', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY)],
    inlinePolicies: statements.length > 0 ? { More: documentOf(...statements) } : undefined,
    ...props,
  });
}

/** The same with a trust policy of one statement, as an L1. */
export function roleTrusting(stack: Stack, ...statements: object[]): CfnRole {
  return new CfnRole(stack, 'NodeRole', {
    assumeRolePolicyDocument: documentOf(...statements),
    managedPolicyArns: [ManagedPolicy.fromAwsManagedPolicyName(INSTANCE_ROLE_POLICY).managedPolicyArn],
  });
}

/** A cluster with one group, `workers`, that has a role. */
export function clusterWith(stack: Stack, roleArn: string, props: CfnClusterProps = {}, workers: Partial<Group> = {}, id = 'Cluster'): CfnCluster {
  return new CfnCluster(stack, id, { instanceGroups: [group('workers', { executionRole: roleArn, ...workers })], ...props });
}

export function allow(action: string | string[], resource: string | string[] = '*', more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function deny(action: string | string[], resource: string | string[] = '*', more: object = {}): object {
  return { ...allow(action, resource, more), Effect: 'Deny' };
}
