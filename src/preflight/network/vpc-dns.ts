import type { CfnResource } from 'aws-cdk-lib';
import { aboutVpcConfig, namedVpcConfig } from './about-vpc-config';
import type { ClusterModel } from '../core/cluster-model';
import { orchestratorOf } from '../core/orchestrator';
import { type VpcConfigModel, vpcConfigs } from '../core/vpc/vpc-configs';
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
  check: cluster => onePerVpc(vpcConfigs(cluster)).flatMap(({ config, vpc }) => {
    const missing = missingIn(cluster, vpc);
    if (missing.length === 0) { return []; }
    const fails = orchestratorOf(cluster) === 'Eks' || (missing.includes('EnableDnsSupport') && !isResolverReplaced(cluster, vpc));
    return [aboutVpcConfig(config, fails ? 'error' : 'warning',
      `The ${namedVpcConfig(config)} is in the VPC ${vpc.node.path}, in which ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} off`
      + `${fails ? ', so that nodes cannot start' : ''}.\nSet ${missing.join(' and ')} to true.`, 'Subnets')];
  }),
};

/** The first configuration that names subnets of a VPC, for each VPC of the app. */
function onePerVpc(configs: readonly VpcConfigModel[]): readonly { config: VpcConfigModel; vpc: CfnResource }[] {
  const named = configs.flatMap(config => [...new Set(config.subnets.flatMap(subnet => subnet?.vpc.resource ?? []))].map(vpc => ({ config, vpc })));
  return named.filter(({ config, vpc }, index) => named.findIndex(one => one.vpc === vpc || one.config === config) === index);
}

function missingIn(cluster: ClusterModel, vpc: CfnResource): readonly string[] {
  return [
    ...hasDnsSupport(cluster, vpc) === 'no' ? ['EnableDnsSupport'] : [],
    ...hasDnsHostnames(cluster, vpc) === 'no' ? ['EnableDnsHostnames'] : [],
  ];
}
