import type { CfnResource } from 'aws-cdk-lib';
import { documentOf } from '../../iam/policy/document';
import type { ApplicablePolicies } from '../../iam/policy/evaluate';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, consensus, fromBoolean, not, type Ternary } from '../../template/ternary';
import { isTransformed } from '../../template/transform';
import type { ClusterModel } from '../core/cluster-model';
import type { Subnets } from '../core/instance-group-model';
import { propertyOf } from '../core/vpc/app-resources';
import { subnetWithId } from '../core/vpc/subnets';
import { isFor, isRoutedTo, typeOf } from '../core/vpc/vpc-endpoints';
import { isSameVpc, vpcOf } from '../core/vpc/vpcs';

/** An endpoint of S3, and how surely requests pass it. */
interface Passage {
  readonly endpoint: CfnResource;
  readonly passed: Ternary;
}

/**
 * The S3 endpoints that requests from subnets pass, with their policies. An endpoint without a policy lets everything pass
 * (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 *
 * @param subnets of an instance group; none if its nodes are in HyperPod's own VPC
 */
export function s3Endpoints(cluster: ClusterModel, subnets: Subnets): NonNullable<ApplicablePolicies['endpoints']> {
  if (subnets.length === 0) { return []; }
  const { symbolizer } = cluster;
  return passages(cluster, subnets).flatMap(({ endpoint, passed }) => {
    const { Properties } = symbolizer.template.render(endpoint);
    if (Properties.PolicyDocument === undefined && !isTransformed(Properties)) { return []; }
    const origin = `VPC endpoint policy of ${endpoint.node.path}`;
    return [{ passed, policy: { documents: [documentOf(endpoint, origin, symbolizer)], unseen: [] } }];
  });
}

function passages(cluster: ClusterModel, subnets: Subnets): readonly Passage[] {
  const { symbolizer } = cluster;
  // In this order: the condition of an endpoint that is not passed would only double the ways of deployment to look at.
  const existing = (possible: readonly Passage[]) => possible.filter(({ endpoint, passed }) => passed !== 'no' && symbolizer.exists(endpoint));
  const endpoints = symbolizer.template.resources('AWS::EC2::VPCEndpoint').filter(endpoint => isFor(cluster, endpoint, 's3') !== 'no');
  const routed = existing(endpoints.map(endpoint => ({ endpoint, passed: throughGateway(cluster, endpoint, subnets) })));
  const interfaces = existing(endpoints.map(endpoint => {
    const passed = namesLeadTo(cluster, endpoint, routed);
    return { endpoint, passed: passed === 'no' ? passed : all([passed, isInterfaceBeside(cluster, endpoint, subnets)]) };
  }));
  // A name that an interface endpoint answers for leads there, not to the gateway.
  const elsewhere = any(interfaces.filter(({ endpoint }) => privateDns(cluster, endpoint) !== 'off').map(({ passed }) => passed));
  const gateways = routed.map(({ endpoint, passed }) => ({ endpoint, passed: all([passed, not(elsewhere)]) }));
  return [...gateways.filter(({ passed }) => passed !== 'no'), ...interfaces];
}

function throughGateway(cluster: ClusterModel, endpoint: CfnResource, subnets: Subnets): Ternary {
  const is = all([isFor(cluster, endpoint, 's3'), isOfType(cluster, endpoint, 'Gateway')]);
  // A node comes up in any one of the subnets.
  return is === 'no' ? 'no' : all([is, consensus(subnets.map(subnet => routedThrough(cluster, endpoint, subnet)))]);
}

function isInterfaceBeside(cluster: ClusterModel, endpoint: CfnResource, subnets: Subnets): Ternary {
  const is = all([isFor(cluster, endpoint, 's3'), isOfType(cluster, endpoint, 'Interface')]);
  return is === 'no' ? 'no' : all([is, consensus(subnets.map(subnet => isInVpcOf(cluster, endpoint, subnet)))]);
}

function isOfType(cluster: ClusterModel, endpoint: CfnResource, type: string): Ternary {
  const known = typeOf(cluster, endpoint);
  return known === undefined ? 'unknown' : fromBoolean(known === type);
}

/**
 * Do S3's own names lead from an endpoint's VPC to the endpoint? With private DNS for inbound resolvers only, they lead to a gateway, which
 * the VPC then must have (https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3).
 *
 * @param gateways the endpoints that a route leads to
 */
function namesLeadTo(cluster: ClusterModel, endpoint: CfnResource, gateways: readonly Passage[]): Ternary {
  switch (privateDns(cluster, endpoint)) {
    case 'all': return 'yes';
    case 'inbound': return 'no';
    // A zone of the app's own may hold the names.
    case 'off': return gateways.some(({ passed }) => passed === 'yes') ? 'no' : 'unknown';
    case 'unspecified': return gateways.length === 0 && vpcOf(cluster, endpoint).resource ? 'yes' : 'unknown';
    case 'unknown': return 'unknown';
  }
}

/** Off unless it is said to be on (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html). */
function privateDns(cluster: ClusterModel, endpoint: CfnResource): 'all' | 'inbound' | 'off' | 'unspecified' | 'unknown' {
  const enabled = propertyOf(cluster, endpoint, 'PrivateDnsEnabled');
  const isEnabled = enabled.isGiven ? enabled.boolean : false;
  if (isEnabled !== true) { return isEnabled === false ? 'off' : 'unknown'; }
  const inbound = propertyOf(cluster, endpoint, 'DnsOptions').at('PrivateDnsOnlyForInboundResolverEndpoint');
  switch (inbound.isGiven ? inbound.text : 'NotSpecified') {
    case 'AllResolvers': return 'all';
    case 'OnlyInboundResolver': return 'inbound';
    case 'NotSpecified': return 'unspecified';
    default: return 'unknown';
  }
}

/** Does the subnet's route table lead to the endpoint? */
function routedThrough(cluster: ClusterModel, endpoint: CfnResource, id: SymbolicString | undefined): Ternary {
  const subnet = subnetWithId(cluster, id);
  const beside = isInVpcOf(cluster, endpoint, id);
  return subnet && beside !== 'no' ? isRoutedTo(cluster, endpoint, subnet) : beside;
}

/** Is the subnet in the endpoint's VPC? A subnet whose id is known at synth is older than a VPC that the app makes. */
function isInVpcOf(cluster: ClusterModel, endpoint: CfnResource, id: SymbolicString | undefined): Ternary {
  const vpc = vpcOf(cluster, endpoint);
  const subnet = subnetWithId(cluster, id);
  if (subnet) { return isSameVpc(vpc, subnet.vpc); }
  return id?.literal !== undefined && vpc.resource ? 'no' : 'unknown';
}
