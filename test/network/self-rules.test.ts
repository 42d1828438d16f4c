import { type App, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnSecurityGroup, CfnSecurityGroupIngress, type ISecurityGroup, type IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import { HyperPodCluster, HyperPodInstanceType, LifecycleScripts, Orchestrator } from '../../src';
import { clusterDependsOn, clusterIn, group, importedVpc } from '../cluster/fixtures';
import { testApp } from '../private/app';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const p5 = group('workers', { instanceType: HyperPodInstanceType.P5_48XLARGE });

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Stack', { env: ENV });
});

const vpcIn = (scope: Stack) => scope.node.tryFindChild('Vpc') as IVpc | undefined ?? importedVpc(scope);

/** Rules for all traffic in which a group names itself, in and out, by logical id. */
function selfRules(inStack: Stack = stack): { ingress: string[]; egress: string[] } {
  const template = Template.fromStack(inStack);
  const find = (type: string, other: string) => Object.entries(template.findResources(type))
    .filter(([, { Properties: rule }]) => rule.IpProtocol === '-1' && JSON.stringify(rule.GroupId) === JSON.stringify(rule[other])).map(([id]) => id);
  return {
    ingress: find('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId'),
    egress: find('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId'),
  };
}

function efaFindings(inStack: Stack = stack): string[] {
  const annotations = Annotations.fromStack(inStack);
  return [...annotations.findError('*', Match.stringLikeRegexp('EfaSecurityGroups')), ...annotations.findWarning('*', Match.stringLikeRegexp('EfaSecurityGroups'))]
    .map(({ entry }) => String(entry.data));
}

function defined(options: { allowAllOutbound?: boolean } = {}, scope: Stack = stack, id = 'Given'): SecurityGroup {
  return new SecurityGroup(scope, id, { vpc: vpcIn(scope), ...options });
}

const l1 = () => new CfnSecurityGroup(stack, 'L1', { groupDescription: 'nodes', vpcId: 'vpc-11111111' });

describe('a security group that is given to nodes with EFA, and can be changed, lets its members talk to each other', () => {
  test.each<[string, () => ISecurityGroup]>([
    ['one that lets out everywhere', () => defined()],
    ['one that lets out nowhere', () => defined({ allowAllOutbound: false })],
    ['imported', () => SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-11111111')],
    ['imported, and it lets out nowhere', () => SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-11111111', { allowAllOutbound: false })],
    ['of an L1', () => SecurityGroup.fromSecurityGroupId(stack, 'Given', l1().attrGroupId)],
  ])('%s, before the cluster starts', (_, securityGroup) => {
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [securityGroup()], instanceGroups: [p5] });

    const { ingress, egress } = selfRules();
    expect([ingress.length, egress.length]).toEqual([1, 1]);
    expect(clusterDependsOn(stack)).toEqual(expect.arrayContaining([...ingress, ...egress]));
    expect(efaFindings()).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Ignoring Egress'))).toEqual([]);
  });

  test('each of several, and those of a group of nodes alone', () => {
    const [one, two, own] = ['sg-11111111', 'sg-22222222', 'sg-33333333'].map(id => SecurityGroup.fromSecurityGroupId(stack, id, id));
    const alone = { ...p5, instanceGroupName: 'alone', overrideVpcConfig: { securityGroups: [own] } };
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [one, two], instanceGroups: [p5, alone] });

    expect([selfRules().ingress.length, selfRules().egress.length]).toEqual([3, 3]);
  });

  test('in another stack, whose own the rules are', () => {
    const network = new Stack(app, 'Network', { env: ENV });
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [defined({}, network)], instanceGroups: [p5] });

    expect(selfRules(stack)).toEqual({ ingress: [], egress: [] });
    expect([selfRules(network).ingress.length, selfRules(network).egress.length]).toEqual([1, 1]);
    expect(efaFindings()).toEqual([]);
  });

  test('of a cluster in a nested stack', () => {
    const nested = new NestedStack(stack, 'Nested');
    clusterIn(nested, { vpc: vpcIn(nested), securityGroups: [defined({}, nested)], instanceGroups: [p5] });

    expect([selfRules(nested).ingress.length, selfRules(nested).egress.length]).toEqual([1, 1]);
  });
});

describe('a rule that exists is not created again, at which CloudFormation fails', () => {
  const once = () => expect([selfRules().ingress.length, selfRules().egress.length]).toEqual([1, 1]);

  test('of another cluster with the same group', () => {
    const securityGroups = [defined()];
    const vpc = vpcIn(stack);
    ['A', 'B'].forEach(id => new HyperPodCluster(stack, id, { vpc, securityGroups, instanceGroups: [p5], lifecycleScripts: LifecycleScripts.none() }));

    once();
  });

  test('of another cluster with the same group, imported twice', () => {
    const vpc = vpcIn(stack);
    ['A', 'B'].forEach(id => new HyperPodCluster(stack, id, {
      vpc, instanceGroups: [p5], lifecycleScripts: LifecycleScripts.none(), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, `Sg${id}`, 'sg-11111111')],
    }));

    once();
  });

  test('of the group that another cluster made', () => {
    const vpc = vpcIn(stack);
    const first = clusterIn(stack, { vpc, instanceGroups: [p5] });
    new HyperPodCluster(stack, 'Second', { vpc, instanceGroups: [p5], securityGroups: first.connections.securityGroups, lifecycleScripts: LifecycleScripts.none() });

    once();
  });

  test.each<[string, (given: SecurityGroup) => void]>([
    ['with addIngressRule', given => given.addIngressRule(given, Port.allTraffic())],
    ['with connections', given => given.connections.allowInternally(Port.allTraffic())],
    ['as an L1', given => new CfnSecurityGroupIngress(stack, 'Rule', {
      groupId: given.securityGroupId, sourceSecurityGroupId: given.securityGroupId, ipProtocol: '-1',
    })],
  ])('of the app, before: %s', (_, allow) => {
    const given = defined({ allowAllOutbound: false });
    allow(given);
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [given], instanceGroups: [p5] });

    once();
  });

  test('of the app, after', () => {
    const given = defined({ allowAllOutbound: false });
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [given], instanceGroups: [p5] });
    given.connections.allowInternally(Port.allTraffic());

    once();
  });

  test.each<[string, string | undefined]>([['known', 'sg-11111111'], ['not known', undefined]])('of the control plane of EKS: %s', (_, clusterSecurityGroupId) => {
    const orchestrator = Orchestrator.eks(Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'eks', clusterSecurityGroupId }));
    const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-11111111')];
    clusterIn(stack, { vpc: vpcIn(stack), orchestrator, securityGroups, instanceGroups: [p5] });

    expect(selfRules()).toEqual({ ingress: [], egress: [] });
  });
});

describe('a security group stays as it is', () => {
  test('that cannot be changed, and what it lacks is said', () => {
    const given = SecurityGroup.fromSecurityGroupId(stack, 'Given', l1().attrGroupId, { mutable: false });
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [given], instanceGroups: [p5] });

    expect(selfRules()).toEqual({ ingress: [], egress: [] });
    expect(efaFindings()).toEqual([expect.stringContaining('has no rule for all traffic from and none to itself')]);
  });

  test('of nodes that have no EFA', () => {
    clusterIn(stack, { vpc: vpcIn(stack), securityGroups: [defined()] });

    expect(selfRules()).toEqual({ ingress: [], egress: [] });
  });
});
