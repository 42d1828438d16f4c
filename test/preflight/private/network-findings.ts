import { App, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, CfnSubnet, CfnSubnetProps, CfnVPC, CfnVPCProps,
} from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { group, Group } from './cluster-properties';
import { type PackFinding, packFinding } from './pack-finding';
import { HyperPodChecks } from '../../../src/preflight/hyperpod-checks';
import { HyperPodPreflight } from '../../../src/preflight/hyperpod-preflight';
import { RULES } from '../../../src/preflight/rules';
import { testApp } from '../../private/app';

/** The rules about network and storage: on what else a rule may find in these apps, their tests say nothing. */
const NETWORK_RULES = [
  'EfaAvailabilityZones', 'EfaSecurityGroups', 'EksEndpoints', 'FsxMountName', 'FsxNetwork', 'FsxSecurityGroups', 'OneVpc', 'PublicSubnets',
  'S3Connectivity', 'SubnetAddresses', 'VpcDns',
].map(name => `HyperPod-${name}`);

export interface AppOptions {
  readonly env?: Environment;
  /** For what CDK's own validation rejects itself. */
  readonly withoutValidation?: boolean;
}

/** What the rules about network and storage find in an app of one stack, or more if it makes them: the Aspect and the pack alike. */
export function networkFindings(build: (stack: Stack) => void, { env, withoutValidation }: AppOptions = {}): PackFinding[] {
  const app = withoutValidation ? new App({ builtinCloudFormationValidation: false }) : testApp();
  build(new Stack(app, 'Training', { env }));
  const stacks = app.node.findAll().filter(Stack.isStack);
  stacks.filter(({ nestedStackParent }) => !nestedStackParent).forEach(stack => HyperPodPreflight.applyTo(stack));
  const printed = stacks.flatMap(stack => {
    const annotations = Annotations.fromStack(stack);
    const entries = { error: annotations.findError('*', Match.anyValue()), warning: annotations.findWarning('*', Match.anyValue()) };
    return Object.entries(entries).flatMap(([level, messages]) => messages.map(({ entry }) => ({ level, text: String(entry.data) })));
  }).filter(({ text }) => NETWORK_RULES.some(id => new RegExp(`Annotation::${id}(\\[.*\\])?[)\\]]$`).test(text)));
  const violations = new HyperPodChecks().validateScope(app).violations.filter(({ ruleName }) => NETWORK_RULES.includes(baseOf(ruleName)));
  expect(printed.map(({ level }) => level).sort()).toEqual(violations.map(({ severity }) => severity).sort());
  return violations.map(violation => {
    const { ruleName, description, severity } = violation;
    expect(printed).toContainEqual({ level: severity, text: expect.stringContaining(description) });
    expect(RULES.find(({ id }) => id === baseOf(ruleName))!.levels).toContain(severity);
    return packFinding(violation);
  });
}

function baseOf(ruleName: string): string {
  return ruleName.replace(/\[.*$/, '');
}

/** A case: what is special, the app, what is found, and what the messages say. */
export type NetworkCase = [name: string, app: (stack: Stack) => void, found: string[], says?: string[]];

export function expectNetworkFindings(
  app: (stack: Stack) => void, found: readonly string[], says: readonly string[] = [], options?: AppOptions,
): void {
  const findings = networkFindings(app, options);
  expect(findings.map(({ summary }) => summary)).toEqual(found);
  const text = findings.map(({ message }) => message).join('\n');
  for (const words of says) { expect(text).toContain(words); }
}

/** A cluster with one group, `workers`, in subnets with security groups. */
export function clusterIn(
  stack: Stack, subnets: string[], securityGroupIds: string[], workers: Partial<Group> = {}, props: CfnClusterProps = {},
): CfnCluster {
  return new CfnCluster(stack, 'Cluster', { instanceGroups: [group('workers', workers)], vpcConfig: { subnets, securityGroupIds }, ...props });
}

export const EKS: CfnClusterProps = { orchestrator: { eks: { clusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/team' } } };

/** An imported security group, of which nothing is known. */
export const IMPORTED = 'sg-0123456789abcdef0';

/** A VPC as an L1, with DNS names. */
export function cfnVpc(stack: Stack, id = 'Vpc', props: Partial<CfnVPCProps> = {}): CfnVPC {
  return new CfnVPC(stack, id, { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true, ...props });
}

export function cfnSubnet(stack: Stack, vpcId: string, id = 'Subnet', props: Partial<CfnSubnetProps> = {}): CfnSubnet {
  return new CfnSubnet(stack, id, { vpcId, cidrBlock: '10.0.0.0/24', ...props });
}

/** A security group without rules for traffic between its members; `vpcId` undefined: in the default VPC. */
export function cfnSecurityGroup(stack: Stack, vpcId: string | undefined, id = 'Nodes'): CfnSecurityGroup {
  return new CfnSecurityGroup(stack, id, { vpcId, groupDescription: 'nodes' });
}

/** Gives a security group the rules that EFA needs. */
export function admitItself(securityGroup: CfnSecurityGroup, { ingress = true, egress = true, ipProtocol = '-1' } = {}): CfnSecurityGroup {
  const id = securityGroup.attrGroupId;
  if (ingress) { new CfnSecurityGroupIngress(securityGroup, 'FromItself', { groupId: id, sourceSecurityGroupId: id, ipProtocol, ...ports(ipProtocol) }); }
  if (egress) { new CfnSecurityGroupEgress(securityGroup, 'ToItself', { groupId: id, destinationSecurityGroupId: id, ipProtocol, ...ports(ipProtocol) }); }
  return securityGroup;
}

function ports(ipProtocol: string): { fromPort?: number; toPort?: number } {
  return ipProtocol === '-1' ? {} : { fromPort: 0, toPort: 65535 };
}
