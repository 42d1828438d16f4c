import { CfnResource } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, IVpc, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IDependable } from 'constructs';
import { ClusterSecurityGroup } from './cluster-security-group';
import { OverrideVpcConfig } from './override-vpc-config';
import { NetworkDependency } from '../creation-order/network-dependency';
import { lit, ValidationError } from '../private/errors';
import { remembered } from '../template/remembered';

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
  readonly vpc: IVpc;
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
  public readonly vpc: IVpc;
  public readonly vpcConfig: CfnCluster.VpcConfigProperty;
  public readonly securityGroups: ISecurityGroup[];
  public readonly requirements: IDependable[];

  /** What the cluster waits for, by VPC: its groups share it. */
  private readonly dependencies = new Map<IVpc, NetworkDependency>();

  constructor(private readonly scope: Construct, private readonly props: ClusterNetworkProps, private readonly cluster: () => CfnResource) {
    this.vpc = props.vpc;
    this.securityGroups = props.securityGroups ?? [new ClusterSecurityGroup(scope, 'SecurityGroup', props.vpc)];
    this.connections = new Connections({ securityGroups: this.securityGroups });
    ({ vpcConfig: this.vpcConfig, requirements: this.requirements } = this.attach(props.vpc, props.vpcSubnets, this.securityGroups));
  }

  /** Where a group attaches that has subnets or security groups of its own. */
  public override(instanceGroupName: string, override: OverrideVpcConfig): NodeNetwork {
    const { vpc = this.props.vpc, securityGroups = this.securityGroups } = override;
    const isOfCluster = vpc.vpcId === this.props.vpc.vpcId;
    if (securityGroups.length === 0 || (!isOfCluster && override.securityGroups === undefined)) {
      throw new ValidationError(lit`OverrideVpcConfigNeedsSecurityGroups`,
        `instance group ${JSON.stringify(instanceGroupName)} has an overrideVpcConfig with `
        + `${isOfCluster ? 'securityGroups []' : 'a vpc of its own, where the security groups of the cluster do not exist'}; give it 1 to 5 securityGroups`
        + `${isOfCluster ? ', or leave them out for those of the cluster' : ' of that VPC'}`, this.scope);
    }
    return this.attach(vpc, override.vpcSubnets ?? (isOfCluster ? this.props.vpcSubnets : undefined), securityGroups);
  }

  private attach(vpc: IVpc, vpcSubnets: SubnetSelection | undefined, securityGroups: ISecurityGroup[]): NodeNetwork {
    const subnets = vpc.selectSubnets(vpcSubnets ?? this.privateSubnets(vpc));
    const dependency = remembered(this.dependencies, vpc, () => new NetworkDependency(vpc, this.cluster));
    return {
      vpc,
      vpcConfig: {
        subnets: subnets.subnetIds,
        securityGroupIds: securityGroups.map(group => group.securityGroupId),
      },
      securityGroups,
      requirements: [dependency, subnets.internetConnectivityEstablished, ...securityGroups],
    };
  }

  /**
   * Nodes in a subnet that assigns public addresses do not start, hence never CDK's fallback to public subnets.
   * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
   */
  private privateSubnets(vpc: IVpc): SubnetSelection {
    if (vpc.privateSubnets.length === 0 && vpc.isolatedSubnets.length === 0) {
      throw new ValidationError(lit`VpcWithoutPrivateSubnets`,
        `VPC ${JSON.stringify(vpc.node.path)} has no private subnets that CDK knows of, and HyperPod's nodes do not start in public ones; `
        + 'give it private subnets, or say with vpcSubnets which ones to use', this.scope);
    }
    return { subnetType: vpc.privateSubnets.length > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED };
  }
}
