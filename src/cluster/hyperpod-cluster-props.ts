import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { InstanceGroupOptions } from './instance-group/instance-group';
import { RestrictedInstanceGroupOptions, RestrictedSharedEnvironment } from './instance-group/restricted-instance-group';
import { ClusterAutoScaling } from './orchestrator/auto-scaling';
import { Orchestrator } from './orchestrator/orchestrator';
import { TieredStorage } from './orchestrator/tiered-storage';
import { LifecycleScripts } from '../lifecycle/lifecycle-scripts';

/**
 * What HyperPod does with a node that is not healthy.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html
 */
export enum NodeRecovery {
  /**
   * It reboots or replaces the node.
   */
  AUTOMATIC = 'Automatic',

  /**
   * It labels the node and leaves the rest to you.
   */
  NONE = 'None',
}

/**
 * How HyperPod provisions nodes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
 */
export enum NodeProvisioningMode {
  /**
   * Nodes join as they become available, and HyperPod keeps trying for the rest: the cluster may be in service with
   * fewer nodes than asked for. On Slurm, every instance group needs a `slurmNode`.
   */
  CONTINUOUS = 'Continuous',
}

/**
 * Properties of a HyperPod cluster.
 */
export interface HyperPodClusterProps {
  /**
   * The name of the cluster. Another name replaces the cluster.
   *
   * Up to 63 letters, digits, and hyphens between them.
   *
   * @default - CloudFormation names the cluster
   */
  readonly clusterName?: string;

  /**
   * The instance groups of the cluster. More can be added with `addInstanceGroup`.
   *
   * @default - none yet; without any, synthesis fails
   */
  readonly instanceGroups?: InstanceGroupOptions[];

  /**
   * What schedules work on the cluster. It cannot be changed: another EKS cluster replaces the HyperPod cluster.
   *
   * @default Orchestrator.slurm()
   */
  readonly orchestrator?: Orchestrator;

  /**
   * The scripts that HyperPod runs on every node, unless its instance group has its own.
   *
   * On Slurm, HyperPod sets up the nodes without scripts and before `onInitComplete`. With `onCreate` the scripts have to be ready to do it
   * all: AWS's pages contradict each other, see `LifecycleScriptsOptions`.
   *
   * @default LifecycleScripts.noop()
   */
  readonly lifecycleScripts?: LifecycleScripts;

  /**
   * The bucket that local lifecycle scripts are uploaded to.
   *
   * @default - a bucket of the cluster's own: encrypted, versioned, private, kept on deletion; none if nothing is uploaded
   */
  readonly lifecycleBucket?: IBucket;

  /**
   * What becomes of the bucket that the cluster makes for lifecycle scripts when the stack is deleted.
   *
   * With `RemovalPolicy.DESTROY`, it is emptied and deleted. Cannot be combined with `lifecycleBucket`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The role that the nodes run with, unless their instance group has its own. It cannot be changed for existing groups.
   *
   * A role that you give must trust `sagemaker.amazonaws.com` and carry the managed policy
   * AmazonSageMakerClusterInstanceRolePolicy. What the cluster needs beyond that is added to it, in a policy of the
   * cluster's own; if the role cannot be changed, a warning prints that policy.
   *
   * @default - a role with the managed policy and what the cluster needs; none if every group has its own
   */
  readonly executionRole?: IRole;

  /**
   * The VPC that the nodes attach to. Another VPC replaces the cluster. EKS needs one.
   *
   * @default - on Slurm, a VPC that HyperPod manages
   */
  readonly vpc?: IVpc;

  /**
   * The subnets that the nodes attach to. HyperPod starts the nodes in one of them. Other subnets replace the cluster.
   *
   * @default - the private subnets of the VPC, or the isolated ones if it has no others; never public ones, where nodes do not start
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the nodes. Other security groups replace the cluster.
   *
   * For instances with Elastic Fabric Adapter, each must allow all traffic from and to itself. Those that can be changed get these two
   * rules, unless this app has them; import one that has them already with `mutable: false`, since CloudFormation fails to create a rule
   * that exists.
   *
   * @default - one security group, whose members may talk to each other and to anywhere
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * What HyperPod does with a node that is not healthy.
   *
   * @default NodeRecovery.AUTOMATIC with auto scaling, which needs it; else the service's default
   */
  readonly nodeRecovery?: NodeRecovery;

  /**
   * How HyperPod provisions nodes.
   *
   * @default NodeProvisioningMode.CONTINUOUS where a property of the cluster needs it: auto scaling, an accounting database, spot
   * capacity, several instance types, a minimum of instances, or keys of volumes; else the service's default
   */
  readonly nodeProvisioningMode?: NodeProvisioningMode;

  /**
   * Restricted instance groups of the cluster. More can be added with `addRestrictedInstanceGroup`.
   *
   * @default - none
   */
  readonly restrictedInstanceGroups?: RestrictedInstanceGroupOptions[];

  /**
   * The environment that the restricted instance groups share.
   *
   * @default - each has its own
   */
  readonly restrictedSharedEnvironment?: RestrictedSharedEnvironment;

  /**
   * Auto scaling of the nodes. EKS only. Keep the `instanceCount` of instance groups that it scales at 0.
   *
   * @default - none
   */
  readonly autoScaling?: ClusterAutoScaling;

  /**
   * Memory of the nodes that managed tiered checkpointing keeps checkpoints in. EKS only.
   *
   * @default - none
   */
  readonly tieredStorage?: TieredStorage;

  /**
   * Tags of the cluster, by key, at most 50.
   *
   * @default - those that `Tags.of()` adds around the cluster
   */
  readonly tags?: Record<string, string>;
}
