import { Connections, ISecurityGroup, IVpc, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IDependable } from 'constructs';
import { ClusterSecurityGroup } from './cluster-security-group';
import { OverrideVpcConfig } from './override-vpc-config';

/**
 * Nodes in a subnet that assigns public addresses do not start, hence never CDK's fallback to public subnets.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
 */
const PRIVATE_SUBNETS: SubnetSelection = { subnetType: SubnetType.PRIVATE_WITH_EGRESS };

/**
 * Where a cluster's nodes attach.
 */
export interface ClusterNetworkProps {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Where nodes attach: those of the cluster, or of one group of it. */
export interface NodeNetwork {
  readonly vpcConfig: CfnCluster.VpcConfigProperty;
  readonly securityGroups: ISecurityGroup[];

  /**
   * A node downloads its lifecycle scripts over the VPC's routes and endpoints, and EFA's health check needs the security
   * group's rules. CloudFormation sees only subnet and group ids, so it would start the cluster before these exist.
   */
  readonly requirements: IDependable[];
}

/**
 * The VPC configuration of a cluster: its subnets, its security groups, and what must exist before the first node starts.
 */
export class ClusterNetwork implements NodeNetwork {
  public readonly connections: Connections;
  public readonly vpcConfig: CfnCluster.VpcConfigProperty;
  public readonly securityGroups: ISecurityGroup[];
  public readonly requirements: IDependable[];

  constructor(scope: Construct, private readonly props: ClusterNetworkProps) {
    this.securityGroups = props.securityGroups ?? [new ClusterSecurityGroup(scope, 'SecurityGroup', props.vpc)];
    this.connections = new Connections({ securityGroups: this.securityGroups });
    ({ vpcConfig: this.vpcConfig, requirements: this.requirements } = attach(props.vpc, props.vpcSubnets, this.securityGroups));
  }

  /** Where a group attaches that has subnets or security groups of its own. */
  public override(override: OverrideVpcConfig): NodeNetwork {
    return attach(override.vpc ?? this.props.vpc, override.vpcSubnets, override.securityGroups ?? this.securityGroups);
  }
}

function attach(vpc: IVpc, vpcSubnets: SubnetSelection | undefined, securityGroups: ISecurityGroup[]): NodeNetwork {
  const subnets = vpc.selectSubnets(vpcSubnets ?? PRIVATE_SUBNETS);
  return {
    vpcConfig: {
      subnets: subnets.subnetIds,
      securityGroupIds: securityGroups.map((group) => group.securityGroupId),
    },
    securityGroups,
    requirements: [vpc, subnets.internetConnectivityEstablished, ...securityGroups],
  };
}
