import type { CfnResource } from 'aws-cdk-lib';
import type { ClusterModel } from './cluster-model';
import { readPolicyDocument } from '../../iam/policy/document';
import type { ApplicablePolicies } from '../../iam/policy/evaluate';
import type { SymbolicString } from '../../iam/symbolic/symbolic-string';
import { consensus, fromBoolean, type Ternary } from '../../iam/ternary';

/** Undefined: one that is not known. */
export type Subnets = readonly (SymbolicString | undefined)[];

/**
 * The S3 gateway endpoints that requests from subnets pass, with their policies. A gateway endpoint without a policy lets everything
 * pass (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html).
 *
 * @param subnets of an instance group; none if its nodes are in HyperPod's own VPC
 */
export function s3Endpoints(cluster: ClusterModel, subnets: Subnets): NonNullable<ApplicablePolicies['endpoints']> {
  if (subnets.length === 0) { return []; }
  const { symbolizer } = cluster;
  return symbolizer.template.resources('AWS::EC2::VPCEndpoint').filter(endpoint => symbolizer.exists(endpoint) && isS3Gateway(endpoint, cluster))
    .map(endpoint => ({ endpoint, policy: symbolizer.template.render(endpoint).Properties.PolicyDocument }))
    .filter(({ policy }) => policy !== undefined)
    .map(({ endpoint, policy }) => ({
      // A node comes up in any one of them.
      passed: consensus(subnets.map(subnet => routedThrough(endpoint, subnet, cluster))),
      policy: {
        documents: [readPolicyDocument(policy, `VPC endpoint policy of ${endpoint.node.path}`, endpoint.stack, symbolizer)],
        unseen: [],
      },
    }))
    .filter(({ passed }) => passed !== 'no');
}

function isS3Gateway(endpoint: CfnResource, { symbolizer }: ClusterModel): boolean {
  const type = symbolizer.property(endpoint, 'VpcEndpointType')?.literal ?? 'Gateway';
  const service = symbolizer.property(endpoint, 'ServiceName')?.pieces.at(-1);
  return type === 'Gateway' && typeof service === 'string' && service.endsWith('.s3');
}

/** Does a subnet's route table lead to the endpoint? */
function routedThrough(endpoint: CfnResource, subnet: SymbolicString | undefined, { symbolizer }: ClusterModel): Ternary {
  const defined = (type: string, name?: SymbolicString) =>
    symbolizer.template.resources(type).find(resource => name && symbolizer.attributeOf(resource, 'Ref').equals(name));
  const vpc = defined('AWS::EC2::VPC', symbolizer.property(endpoint, 'VpcId'));
  const own = defined('AWS::EC2::Subnet', subnet);
  // A subnet that the app does not define cannot lie in a VPC that it does define, nor one of its own in another VPC than its own.
  if (vpc && (!own || defined('AWS::EC2::VPC', symbolizer.property(own, 'VpcId')) !== vpc)) { return 'no'; }

  const routed = symbolizer.list(symbolizer.template.render(endpoint).Properties.RouteTableIds, endpoint.stack);
  const associated = symbolizer.template.resources('AWS::EC2::SubnetRouteTableAssociation')
    .filter(one => subnet && symbolizer.property(one, 'SubnetId')?.equals(subnet))
    .map(one => symbolizer.property(one, 'RouteTableId'));
  if (!routed || associated.length === 0) { return 'unknown'; }
  return fromBoolean(associated.some(table => table && routed.some(other => other?.equals(table))));
}
