import type { CfnResource } from 'aws-cdk-lib';
import { aboutVpcConfig, checkVpcConfigs, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import { clusterVpcConfig, groupVpcConfig, type VpcConfigModel } from '../core/vpc/vpc-configs';
import { hasDnsHostnames, hasDnsSupport, isResolverReplaced } from '../core/vpc/vpcs';
import type { Rule } from '../findings/rule';

export const vpcDns: Rule = {
  id: 'HyperPod-VpcDns',
  title: 'The VPC has DNS resolution and DNS hostnames',
  levels: ['error', 'warning'],
  prevents: ['Instance bootstrap failed likely because of customer network misconfiguration'],
  why: 'Nodes find S3, file systems and the EKS cluster by DNS. EKS: "The VPC must have DNS hostname and DNS resolution support. Otherwise, nodes can\'t '
    + 'register to your cluster." The private names of interface endpoints need both, too. AWS::EC2::VPC has no DNS hostnames unless asked for.',
  fix: 'Set EnableDnsSupport and EnableDnsHostnames of the AWS::EC2::VPC to true; `ec2.Vpc` of CDK does so by default.',
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html',
  ],
  ...checkVpcConfigs((cluster, config) => {
    const [vpc] = vpcsOf(config);
    const missing = vpc ? missingIn(cluster, vpc) : [];
    if (!vpc || missing.length === 0 || isNamedBefore(cluster, config, vpc)) { return []; }
    const fails = orchestratorOf(cluster) === 'Eks' || (missing.includes('EnableDnsSupport') && !isResolverReplaced(cluster, vpc));
    return [aboutVpcConfig(cluster, config, fails ? 'error' : 'warning',
      `The ${namedVpcConfig(config)} is in the VPC ${vpc.node.path}, in which ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} off`
      + `${fails ? ', so that nodes cannot start' : ''}.\nSet ${missing.join(' and ')} to true.`, 'Subnets')];
  }),
};

function vpcsOf(config: VpcConfigModel | undefined): readonly CfnResource[] {
  return config ? config.subnets.flatMap(subnet => subnet?.vpc.resource ?? []) : [];
}

/** Has another configuration subnets in the same VPC, and the finding? That of the cluster comes first, then the groups' in their order. */
function isNamedBefore(cluster: ClusterModel, { overriddenBy: group }: VpcConfigModel, vpc: CfnResource): boolean {
  if (!group) { return false; }
  const before = cluster.writtenGroups.slice(0, cluster.writtenGroups.indexOf(group));
  const ofCluster = clusterVpcConfig(cluster);
  return (vpcsOf(ofCluster).includes(vpc) && ofCluster!.mayBeUsed)
    || before.some(other => vpcsOf(groupVpcConfig(cluster, other)).includes(vpc) && other.exists);
}

function missingIn(cluster: ClusterModel, vpc: CfnResource): readonly string[] {
  return [
    ...hasDnsSupport(cluster, vpc) === 'no' ? ['EnableDnsSupport'] : [],
    ...hasDnsHostnames(cluster, vpc) === 'no' ? ['EnableDnsHostnames'] : [],
  ];
}
