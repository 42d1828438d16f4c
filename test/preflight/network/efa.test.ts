import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HyperPodCluster, HyperPodInstanceType } from '../../../src';
import { efaAvailabilityZones } from '../../../src/preflight/network/efa-availability-zones';
import { efaSecurityGroups } from '../../../src/preflight/network/efa-security-groups';
import { group, Group } from '../private/cluster-properties';
import { admitItself, cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, conditionalGroups, IMPORTED, parameter, WITHOUT_VALIDATION } from '../private/network';
import { isYes, optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const SUBNET = ['subnet-11111111'];
const P5: Partial<Group> = { instanceType: 'ml.p5.48xlarge' };
const OUT_MISSING = 'Training/Nodes has no rule for all traffic to itself';
const BOTH_MISSING = 'Training/Nodes has no rule for all traffic from and none to itself';
const GROUPS = ['VpcConfig.SecurityGroupIds'];

/** A cluster of P5 nodes with one security group. */
function nodes(build: (stack: Stack, group: CfnSecurityGroup) => void = () => {}, workers = P5): (stack: Stack) => void {
  return stack => {
    const securityGroup = cfnSecurityGroup(stack, 'vpc-11111111');
    build(stack, securityGroup);
    clusterIn(stack, SUBNET, [securityGroup.attrGroupId], workers);
  };
}

/** A cluster of P5 nodes with a security group of CDK. */
function withSecurityGroup(
  build: (group: SecurityGroup) => void, props: { allowAllOutbound?: boolean; allowAllIpv6Outbound?: boolean } = {},
): (stack: Stack) => void {
  return stack => {
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
    const securityGroup = new SecurityGroup(stack, 'Nodes', { vpc, ...props });
    build(securityGroup);
    clusterIn(stack, vpc.privateSubnets.map(({ subnetId }) => subnetId), [securityGroup.securityGroupId], P5);
  };
}

function rulesFor(stack: Stack, { ref: groupId }: CfnSecurityGroup, peer: string): void {
  new CfnSecurityGroupIngress(stack, 'In', { groupId, sourceSecurityGroupId: peer, ipProtocol: '-1' });
  new CfnSecurityGroupEgress(stack, 'Out', { groupId, destinationSecurityGroupId: peer, ipProtocol: '-1' });
}

/** A cluster with groups in its own security group, which lacks both rules. */
const sharing = (instanceGroups: (stack: Stack) => readonly any[]) => (stack: Stack) =>
  clusterIn(stack, SUBNET, [cfnSecurityGroup(stack, 'vpc-11111111').ref], {}, { instanceGroups: [...instanceGroups(stack)] });

testRule(efaSecurityGroups, {
  silent: [
    ['both rules', nodes((_, sg) => admitItself(sg))],
    ['an instance type without EFA', nodes(undefined, { instanceType: 'ml.m5.xlarge' })],
    ['an instance type that is not known', nodes(undefined, { instanceType: 'ml.p9.48xlarge' }), { withoutValidation: true }],
    ['rules of CDK both ways', withSecurityGroup(sg => sg.connections.allowInternally(Port.allTraffic()), { allowAllOutbound: false })],
    ['an imported group', stack => clusterIn(stack, SUBNET, [IMPORTED], P5)],
    ['rules in another stack', stack => {
      const network = new Stack(stack.node.root as any, 'Network');
      clusterIn(stack, SUBNET, [admitItself(cfnSecurityGroup(network, 'vpc-11111111')).attrGroupId], P5);
    }],
    ['a HyperPodCluster in a default Vpc', stack => {
      new HyperPodCluster(stack, 'Cluster', {
        vpc: new Vpc(stack, 'Vpc'),
        instanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 16 }],
      });
    }],
  ],
  finds: [
    ['no rule', nodes(), 'error', ['workers'], [BOTH_MISSING, '(ml.p5.48xlarge)'], GROUPS],
    ['no rule out, but the default one for 0.0.0.0/0', nodes((_, sg) => admitItself(sg, { egress: false })), 'error', ['workers'], OUT_MISSING, GROUPS],
    ['no rule in', nodes((_, sg) => admitItself(sg, { ingress: false })), 'error', ['workers'], 'has no rule for all traffic from itself', GROUPS],
    ['rules for all of TCP', nodes((_, sg) => admitItself(sg, { ipProtocol: 'tcp' })), 'error', ['workers'], BOTH_MISSING, GROUPS],
    ['rules for another group', nodes((stack, sg) => rulesFor(stack, sg, cfnSecurityGroup(stack, 'vpc-11111111', 'Other').ref)),
      'error', ['workers'], BOTH_MISSING, GROUPS],
    ['rules of another group', nodes((stack, sg) => {
      admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Other'));
      sg.securityGroupIngress = [];
    }), 'error', ['workers'], BOTH_MISSING, GROUPS],
    ['a rule out for an imported group', nodes((stack, sg) => {
      admitItself(sg, { egress: false });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: IMPORTED, ipProtocol: '-1' });
    }), 'error', ['workers'], OUT_MISSING, GROUPS],
    ['rules in the group itself for all addresses', nodes((_, sg) => {
      sg.securityGroupIngress = [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1' }];
      sg.securityGroupEgress = [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1' }, { cidrIpv6: '::/0', ipProtocol: '-1' }];
    }), 'error', ['workers'], BOTH_MISSING, GROUPS],
    ['EFA that HyperPod may not check', nodes(undefined, { instanceType: 'ml.c5n.18xlarge' }), 'warning', ['workers'], BOTH_MISSING, GROUPS],
    ['types of which one has EFA', nodes(undefined, {
      instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.g5.xlarge', 'ml.g5.8xlarge'] },
    }), 'warning', ['workers'], '(ml.g5.8xlarge)', GROUPS],
    ['one group of the list, for which no other stands', stack => {
      const complete = admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Complete'));
      clusterIn(stack, SUBNET, [complete.attrGroupId, IMPORTED, cfnSecurityGroup(stack, 'vpc-11111111').ref], P5);
    }, 'error', ['workers'], 'itself:\nTraining/Nodes has', GROUPS],
    ['the group of an override', stack => {
      const [good, bad] = [admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Good')), cfnSecurityGroup(stack, 'vpc-11111111', 'Bad')];
      clusterIn(stack, SUBNET, [good.ref], {}, {
        instanceGroups: [group('a', P5), group('b', { ...P5, overrideVpcConfig: { subnets: SUBNET, securityGroupIds: [bad.ref] } })],
      });
    }, 'error', ['b'], 'Training/Bad has', ['InstanceGroups.1.OverrideVpcConfig.SecurityGroupIds']],
    ['the group of several, in one finding with the types of all', sharing(() => [
      group('a', P5), group('b'), group('c', { instanceType: 'ml.c5n.18xlarge' }), group('d', P5),
    ]), 'error', ['a', 'c', 'd'], 'instance groups "a", "c", "d" (ml.p5.48xlarge, ml.c5n.18xlarge) have', GROUPS],
    ['a rule out that CDK drops, since all outbound traffic is allowed', withSecurityGroup(sg => {
      sg.addIngressRule(sg, Port.allTraffic());
      sg.addEgressRule(sg, Port.allTraffic());
    }), 'error', ['workers'], 'to itself', GROUPS],
    ['the same, with IPv6', withSecurityGroup(sg => sg.connections.allowInternally(Port.allTraffic()), { allowAllIpv6Outbound: true }),
      'error', ['workers'], 'to itself', GROUPS],
    ['a rule of CDK for the addresses of the VPC', withSecurityGroup(sg => sg.addIngressRule(Peer.ipv4('10.0.0.0/16'), Port.allTraffic())),
      'error', ['workers'], 'from and none to itself', GROUPS],
    ['the default security group of a VPC, which has no rule out for itself', stack => {
      clusterIn(stack, SUBNET, [cfnVpc(stack).attrDefaultSecurityGroup], P5);
    }, 'error', ['workers'], 'The default security group of Training/Vpc has no rule for all traffic to itself', GROUPS],
    ['a group that exists under one of many conditions', sharing(stack => conditionalGroups(stack, P5)),
      'warning', ['group-7'], ['This is so when Has7 is yes.', BOTH_MISSING], GROUPS, WITHOUT_VALIDATION],
    ['a rule that only some deployments have', nodes((stack, sg) => {
      admitItself(sg, { egress: false });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: sg.ref, ipProtocol: '-1' })
        .cfnOptions.condition = isYes(stack, 'Large');
    }), 'warning', ['workers'], ['This is so when Large is no.', OUT_MISSING], GROUPS],
  ],
  tokens: [
    ['groups that are parameters', stack =>
      clusterIn(stack, SUBNET, new CfnParameter(stack, 'Groups', { type: 'List<AWS::EC2::SecurityGroup::Id>' }).valueAsList, P5)],
    ['rules for a group that is a parameter', nodes((stack, sg) => rulesFor(stack, sg, parameter(stack, 'Peer')))],
    ['rules of a protocol that is a parameter', nodes((stack, sg) => admitItself(sg, { ipProtocol: parameter(stack, 'Protocol') }))],
    ['an instance type that is a parameter', stack => nodes(undefined, { instanceType: parameter(stack, 'Type') })(stack)],
    ['an instance type that is a choice, of which one has EFA', stack => nodes(undefined, {
      instanceType: new CfnParameter(stack, 'Type', { allowedValues: ['ml.m5.xlarge', 'ml.p5.48xlarge'] }).valueAsString,
    })(stack), 'warning', ['workers'], ['(ml.p5.48xlarge)', 'This is so when Type is ml.p5.48xlarge.'], GROUPS],
    ['rules of other groups, each under a condition', nodes((stack, sg) => {
      for (const index of Array(12).keys()) {
        const other = cfnSecurityGroup(stack, 'vpc-11111111', `Other${index}`);
        other.cfnOptions.condition = isYes(stack, `Other${index}Wanted`);
        admitItself(other);
      }
      admitItself(sg, { egress: false });
    }), 'error', ['workers'], OUT_MISSING, GROUPS],
  ],
});

const FIRST = Fn.select(0, Fn.getAzs());
const SECOND = Fn.select(1, Fn.getAzs());
const THIRD = Fn.select(2, Fn.getAzs());

/** P5 groups by name, each in the zones of its own subnets; `[]`: where the cluster is, which is in the first two zones. */
function groupsIn(zones: Record<string, (string | undefined)[]>, props: Partial<Group> = {}): (stack: Stack) => void {
  return stack => {
    const vpc = cfnVpc(stack);
    const groupId = admitItself(cfnSecurityGroup(stack, vpc.ref)).ref;
    let count = 0;
    const subnetsIn = (names: (string | undefined)[]) => names.map(availabilityZone =>
      cfnSubnet(stack, vpc.ref, `Subnet${count}`, { availabilityZone, cidrBlock: `10.0.${4 * count++}.0/22`, mapPublicIpOnLaunch: false }).ref);
    clusterIn(stack, subnetsIn([FIRST, SECOND]), [groupId], {}, {
      instanceGroups: Object.entries(zones).map(([name, own]) => group(name, {
        ...P5,
        lifeCycleConfig: undefined,
        instanceCount: 2,
        overrideVpcConfig: own.length === 0 ? undefined : { subnets: subnetsIn(own), securityGroupIds: [groupId] },
        ...props,
      })),
    });
  };
}

const OWN = (index: number) => `InstanceGroups.${index}.OverrideVpcConfig.Subnets`;

testRule(efaAvailabilityZones, {
  silent: [
    ['the cluster in several zones, of which HyperPod selects one', groupsIn({ a: [], b: [] })],
    ['two groups in one zone', groupsIn({ a: [FIRST], b: [FIRST] })],
    ['two groups in one zone, by name', groupsIn({ a: ['us-west-2a'], b: ['us-west-2a'] })],
    ['a group where the cluster may be', groupsIn({ a: [], b: [SECOND] })],
    ['one node that may be in two zones', groupsIn({ a: [FIRST, SECOND] }, { instanceCount: 1 })],
    ['groups without EFA', groupsIn({ a: [FIRST], b: [SECOND] }, { instanceType: 'ml.m5.xlarge' })],
    ['a zone by name and one by place', groupsIn({ a: [FIRST], b: ['us-west-2b'] })],
    ['a zone that EC2 chooses', groupsIn({ a: [FIRST], b: [undefined] })],
  ],
  finds: [
    ['two groups in two zones', groupsIn({ a: [FIRST], b: [SECOND] }), 'warning', ['a', 'b'],
      '"a" in no. 0 of the Region\'s zones; "b" in no. 1', [OWN(0), OWN(1)]],
    ['two groups in two zones, by name', groupsIn({ a: ['us-west-2a'], b: ['us-west-2b'] }), 'warning', ['a', 'b'],
      '"a" in us-west-2a; "b" in us-west-2b', [OWN(0), OWN(1)]],
    ['a group where the cluster cannot be', groupsIn({ a: [], b: [THIRD], c: [] }), 'warning', ['a', 'b', 'c'], '"b" in no. 2', ['VpcConfig.Subnets', OWN(1)]],
    ['a group that may be in two zones', groupsIn({ a: [FIRST, SECOND] }), 'warning', ['a'], 'whose traffic cannot cross', [OWN(0)]],
    ['two groups that exist under two of many conditions', stack => {
      const vpc = cfnVpc(stack);
      const own = (name: string, availabilityZone: string, cidrBlock: string) => optionalGroup(stack, `Has${name}`, group(name, {
        ...P5,
        overrideVpcConfig: { securityGroupIds: [IMPORTED], subnets: [cfnSubnet(stack, vpc.ref, name, { availabilityZone, cidrBlock }).ref] },
      }));
      clusterIn(stack, SUBNET, [IMPORTED], {}, {
        instanceGroups: [own('A', FIRST, '10.0.0.0/24'), own('B', SECOND, '10.0.1.0/24'), ...conditionalGroups(stack, {})],
      });
    }, 'warning', ['A', 'B'], 'This is so when HasA is yes and HasB is yes.', [OWN(0), OWN(1)], WITHOUT_VALIDATION],
  ],
  tokens: [
    ['a zone that is a parameter may be any other', stack => groupsIn({ a: [FIRST], b: [parameter(stack, 'Zone')] })(stack)],
  ],
});
