import type { CfnResource } from 'aws-cdk-lib';
import { documentOf } from '../../iam/policy/document';
import type { ApplicablePolicies } from '../../iam/policy/evaluate';
import type { SymbolicString } from '../../template/symbolic/symbolic-string';
import { consensus, type Ternary } from '../../template/ternary';
import { isTransformed } from '../../template/transform';
import type { ClusterModel } from '../core/cluster-model';
import type { Subnets } from '../core/instance-group-model';
import { subnetWithId } from '../core/vpc/subnets';
import { isRoutedTo } from '../core/vpc/vpc-endpoints';
import { isSameVpc, vpcOf } from '../core/vpc/vpcs';

/**
 * The S3 gateway endpoints that requests from subnets pass, with their policies. A gateway endpoint without a policy lets everything
 * pass (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html).
 *
 * @param subnets of an instance group; none if its nodes are in HyperPod's own VPC
 */
export function s3Endpoints(cluster: ClusterModel, subnets: Subnets): NonNullable<ApplicablePolicies['endpoints']> {
  if (subnets.length === 0) { return []; }
  const { symbolizer } = cluster;
  return symbolizer.template.resources('AWS::EC2::VPCEndpoint').filter(endpoint => isS3Gateway(cluster, endpoint)).flatMap(endpoint => {
    const { Properties } = symbolizer.template.render(endpoint);
    if (Properties.PolicyDocument === undefined && !isTransformed(Properties)) { return []; }
    // A node comes up in any one of them.
    const passed = consensus(subnets.map(subnet => routedThrough(cluster, endpoint, subnet)));
    // The condition of an endpoint that is not passed would only double the ways of deployment to look at.
    if (passed === 'no' || !symbolizer.exists(endpoint)) { return []; }
    const origin = `VPC endpoint policy of ${endpoint.node.path}`;
    return [{ passed, policy: { documents: [documentOf(endpoint, origin, symbolizer)], unseen: [] } }];
  });
}

function isS3Gateway({ symbolizer }: ClusterModel, endpoint: CfnResource): boolean {
  const type = symbolizer.property(endpoint, 'VpcEndpointType')?.literal ?? 'Gateway';
  const service = symbolizer.property(endpoint, 'ServiceName')?.pieces.at(-1);
  return type === 'Gateway' && typeof service === 'string' && service.endsWith('.s3');
}

/** Does the subnet's route table lead to the endpoint? */
function routedThrough(cluster: ClusterModel, endpoint: CfnResource, id: SymbolicString | undefined): Ternary {
  const vpc = vpcOf(cluster, endpoint);
  const subnet = subnetWithId(cluster, id);
  if (!subnet) {
    // A subnet whose id is known at synth is older than a VPC that the app makes.
    return id?.literal !== undefined && vpc.resource ? 'no' : 'unknown';
  }
  return isSameVpc(vpc, subnet.vpc) === 'no' ? 'no' : isRoutedTo(cluster, endpoint, subnet);
}
