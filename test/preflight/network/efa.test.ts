import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HyperPodCluster, HyperPodInstanceType } from '../../../src';
import { group, Group } from '../private/cluster-properties';
import {
  admitItself, cfnSecurityGroup, cfnSubnet, cfnVpc, clusterIn, expectNetworkFindings, IMPORTED, NetworkCase, networkFindings,
} from '../private/network-findings';

const SUBNET = ['subnet-11111111'];
const P5: Partial<Group> = { instanceType: 'ml.p5.48xlarge' };
const EGRESS_ONLY_MISSING = 'Training/Nodes has no rule for all traffic to itself';

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

describe('security groups of nodes with EFA', () => {
  const NONE = ['error EfaSecurityGroups[workers]'];

  test.each<NetworkCase>([
    ['both rules', nodes((_, sg) => admitItself(sg)), []],
    ['no rule', nodes(), NONE, ['Training/Nodes has no rule for all traffic from and none to itself', 'ml.p5.48xlarge']],
    ['no rule out, but the default one for 0.0.0.0/0', nodes((_, sg) => admitItself(sg, { egress: false })), NONE, [EGRESS_ONLY_MISSING]],
    ['no rule in', nodes((_, sg) => admitItself(sg, { ingress: false })), NONE, ['has no rule for all traffic from itself']],
    ['rules for all of TCP', nodes((_, sg) => admitItself(sg, { ipProtocol: 'tcp' })), NONE, ['from and none to itself']],
    ['rules for another group', nodes((stack, sg) => {
      const other = cfnSecurityGroup(stack, 'vpc-11111111', 'Other');
      new CfnSecurityGroupIngress(stack, 'In', { groupId: sg.ref, sourceSecurityGroupId: other.ref, ipProtocol: '-1' });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: other.ref, ipProtocol: '-1' });
    }), NONE, ['from and none to itself']],
    ['rules of another group', nodes((stack, sg) => { admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Other')); sg.securityGroupIngress = []; }), NONE],
    ['a rule out for an imported group', nodes((stack, sg) => {
      admitItself(sg, { egress: false });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: IMPORTED, ipProtocol: '-1' });
    }), NONE, [EGRESS_ONLY_MISSING]],
    ['rules in the group itself for all addresses', nodes((_, sg) => {
      sg.securityGroupIngress = [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1' }];
      sg.securityGroupEgress = [{ cidrIp: '0.0.0.0/0', ipProtocol: '-1' }, { cidrIpv6: '::/0', ipProtocol: '-1' }];
    }), NONE, ['from and none to itself']],
    ['an instance type without EFA', nodes(undefined, { instanceType: 'ml.m5.xlarge' }), []],
    ['EFA that HyperPod may not check', nodes(undefined, { instanceType: 'ml.c5n.18xlarge' }), ['warning EfaSecurityGroups[workers]']],
    ['types of which one has EFA', nodes(undefined, {
      instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.g5.xlarge', 'ml.g5.8xlarge'] },
    }), ['warning EfaSecurityGroups[workers]'], ['(ml.g5.8xlarge)']],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test('an instance type that is not known, and that CDK\'s own validation rejects', () => {
    expectNetworkFindings(nodes(undefined, { instanceType: 'ml.p9.48xlarge' }), [], [], { withoutValidation: true });
  });

  test('each group of the list needs the rules, and none stands for another', () => {
    expectNetworkFindings(stack => {
      const complete = admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Complete'));
      clusterIn(stack, SUBNET, [complete.attrGroupId, IMPORTED, cfnSecurityGroup(stack, 'vpc-11111111').ref], P5);
    }, NONE, ['Training/Nodes has']);
  });

  test('the groups that attach elsewhere are told from the others', () => {
    expectNetworkFindings(stack => {
      const [good, bad] = [admitItself(cfnSecurityGroup(stack, 'vpc-11111111', 'Good')), cfnSecurityGroup(stack, 'vpc-11111111', 'Bad')];
      clusterIn(stack, SUBNET, [good.ref], {}, {
        instanceGroups: [
          group('a', P5), group('b', { ...P5, overrideVpcConfig: { subnets: SUBNET, securityGroupIds: [bad.ref] } }),
        ],
      });
    }, ['error EfaSecurityGroups[b]'], ['Training/Bad has']);
  });

  test('where the finding is', () => {
    const [{ locations }] = networkFindings(nodes());
    expect(locations).toEqual(['Properties.VpcConfig.SecurityGroupIds']);
  });

  test.each<NetworkCase>([
    ['a rule out that CDK drops, since all outbound traffic is allowed', withSecurityGroup(sg => {
      sg.addIngressRule(sg, Port.allTraffic());
      sg.addEgressRule(sg, Port.allTraffic());
    }), NONE],
    ['the same, with IPv6', withSecurityGroup(sg => sg.connections.allowInternally(Port.allTraffic()), { allowAllIpv6Outbound: true }), NONE],
    ['rules of CDK both ways', withSecurityGroup(sg => sg.connections.allowInternally(Port.allTraffic()), { allowAllOutbound: false }), []],
    ['a rule of CDK for the addresses of the VPC', withSecurityGroup(sg => sg.addIngressRule(Peer.ipv4('10.0.0.0/16'), Port.allTraffic())), NONE],
  ])('SecurityGroup: %s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test('the default security group of a VPC has no rule out for itself', () => {
    expectNetworkFindings(stack => {
      const vpc = cfnVpc(stack);
      clusterIn(stack, SUBNET, [vpc.attrDefaultSecurityGroup], P5);
    }, NONE, ['The default security group of Training/Vpc has no rule for all traffic to itself']);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['imported', stack => clusterIn(stack, SUBNET, [IMPORTED], P5)],
    ['parameters', stack => clusterIn(stack, SUBNET, new CfnParameter(stack, 'Groups', { type: 'List<AWS::EC2::SecurityGroup::Id>' }).valueAsList, P5)],
    ['with rules for a group that is a parameter', nodes((stack, sg) => {
      const peer = new CfnParameter(stack, 'Peer').valueAsString;
      new CfnSecurityGroupIngress(stack, 'In', { groupId: sg.ref, sourceSecurityGroupId: peer, ipProtocol: '-1' });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: peer, ipProtocol: '-1' });
    })],
    ['with rules of a protocol that is a parameter', nodes((stack, sg) => admitItself(sg, { ipProtocol: new CfnParameter(stack, 'Protocol').valueAsString }))],
    ['of an instance type that is a parameter', stack => nodes(undefined, { instanceType: new CfnParameter(stack, 'Type').valueAsString })(stack)],
  ])('security groups that are %s are not judged', (_, app) => expectNetworkFindings(app, []));

  test('a rule that only some deployments have is missed in the others', () => {
    expectNetworkFindings(nodes((stack, sg) => {
      admitItself(sg, { egress: false });
      const isLarge = new CfnCondition(stack, 'IsLarge', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Size').valueAsString, 'large') });
      new CfnSecurityGroupEgress(stack, 'Out', { groupId: sg.ref, destinationSecurityGroupId: sg.ref, ipProtocol: '-1' })
        .cfnOptions.condition = isLarge;
    }), ['warning EfaSecurityGroups[workers]'], ['This is so when', EGRESS_ONLY_MISSING]);
  });

  test('rules in another stack count', () => {
    expectNetworkFindings(stack => {
      const network = new Stack(stack.node.root as any, 'Network');
      clusterIn(stack, SUBNET, [admitItself(cfnSecurityGroup(network, 'vpc-11111111')).attrGroupId], P5);
    }, []);
  });
});

describe('availability zones of groups with EFA', () => {
  /** P5 groups by name, each in the zones of its own subnets; `[]`: where the cluster is, which is in the first two zones. */
  function groupsIn(zones: Record<string, (string | undefined)[]>, props: Partial<Group> = {}): (stack: Stack) => void {
    return stack => {
      const vpc = cfnVpc(stack);
      const groupId = admitItself(cfnSecurityGroup(stack, vpc.ref)).ref;
      let count = 0;
      const subnetsIn = (names: (string | undefined)[]) => names.map(availabilityZone =>
        cfnSubnet(stack, vpc.ref, `Subnet${count}`, { availabilityZone, cidrBlock: `10.0.${4 * count++}.0/22`, mapPublicIpOnLaunch: false }).ref);
      clusterIn(stack, subnetsIn([Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())]), [groupId], {}, {
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
  const FIRST = Fn.select(0, Fn.getAzs());
  const SECOND = Fn.select(1, Fn.getAzs());
  const THIRD = Fn.select(2, Fn.getAzs());

  test.each<NetworkCase>([
    ['the cluster in several zones, of which HyperPod selects one', groupsIn({ a: [], b: [] }), []],
    ['two groups in one zone', groupsIn({ a: [FIRST], b: [FIRST] }), []],
    ['the same, by name', groupsIn({ a: ['us-west-2a'], b: ['us-west-2a'] }), []],
    ['two groups in two zones', groupsIn({ a: [FIRST], b: [SECOND] }), ['warning EfaAvailabilityZones[a,b]'], ['"a" in no. 0 of the Region\'s zones; "b" in no. 1']],
    ['the same, by name', groupsIn({ a: ['us-west-2a'], b: ['us-west-2b'] }), ['warning EfaAvailabilityZones[a,b]'], ['"a" in us-west-2a; "b" in us-west-2b']],
    ['a group where the cluster cannot be', groupsIn({ a: [], b: [THIRD], c: [] }), ['warning EfaAvailabilityZones[a,b,c]']],
    ['a group where the cluster may be', groupsIn({ a: [], b: [SECOND] }), []],
    ['a group that may be in two zones', groupsIn({ a: [FIRST, SECOND] }), ['warning EfaAvailabilityZones[a]'], ['whose traffic cannot cross']],
    ['one node that may be in two zones', groupsIn({ a: [FIRST, SECOND] }, { instanceCount: 1 }), []],
    ['groups without EFA', groupsIn({ a: [FIRST], b: [SECOND] }, { instanceType: 'ml.m5.xlarge' }), []],
    ['a zone by name and one by place', groupsIn({ a: [FIRST], b: ['us-west-2b'] }), []],
    ['a zone that EC2 chooses', groupsIn({ a: [FIRST], b: [undefined] }), []],
  ])('%s', (...[, app, found, says]) => expectNetworkFindings(app, found, says));

  test('a zone that is a parameter may be any other', () => {
    expectNetworkFindings(stack => groupsIn({ a: [FIRST], b: [new CfnParameter(stack, 'Zone').valueAsString] })(stack), []);
  });
});

test('nothing is found in a HyperPodCluster with EFA in a default Vpc', () => {
  expectNetworkFindings(stack => {
    new HyperPodCluster(stack, 'Cluster', {
      vpc: new Vpc(stack, 'Vpc'),
      instanceGroups: [{ instanceGroupName: 'workers', instanceType: HyperPodInstanceType.P5_48XLARGE, instanceCount: 16 }],
    });
  }, []);
});
