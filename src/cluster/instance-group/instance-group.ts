import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { InstanceCapacity } from './instance-capacity';
import type { HyperPodInstanceType } from './instance-type';
import type { KubernetesTaint } from './kubernetes-taint';
import type { DeepHealthCheck, NetworkInterfaceType } from './node-features';
import type { SlurmNode } from './slurm-node';
import type { LifecycleScripts } from '../../lifecycle/lifecycle-scripts';
import type { OverrideVpcConfig } from '../../network/override-vpc-config';
import type { InstanceStorage } from '../../storage/instance-storage';
import type { AutoPatch, ScheduledUpdate } from '../operation/software-update';

/**
 * A group of like nodes of a cluster.
 *
 * Some properties cannot be changed for an existing group, although CloudFormation tries: give a changed group another name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterinstancegroup.html
 */
export interface InstanceGroupOptions {
  /**
   * The name of the group, which no other group of the cluster has.
   *
   * Up to 63 letters, digits, and hyphens between them. Another name is another group: HyperPod removes the old one with its nodes.
   */
  readonly instanceGroupName: string;

  /**
   * The instance type of the nodes. It cannot be changed for an existing group.
   *
   * Give either this or `instanceTypes`.
   *
   * @default - one of `instanceTypes`
   */
  readonly instanceType?: HyperPodInstanceType;

  /**
   * The instance types that the nodes may have, the preferred one first: 1 to 20 different ones. Sets the cluster's
   * `nodeProvisioningMode` to continuous. An existing group cannot go from `instanceType` to this, or back.
   *
   * @default - `instanceType` alone
   */
  readonly instanceTypes?: HyperPodInstanceType[];

  /**
   * How many nodes the group has, from 0 to 6758. Keep it at 0 for a group that Karpenter scales: "For Auto scaling keep instance count as 0".
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-spot.html
   */
  readonly instanceCount: number;

  /**
   * How many nodes have to be there before HyperPod takes the group for created; after three hours it gives up. At most
   * `instanceCount`. Sets the cluster's `nodeProvisioningMode` to continuous.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-scaling-slurm.html
   * @default - the service's default: 1 for controller and login groups of Slurm, 0 for others
   */
  readonly minInstanceCount?: number;

  /**
   * Where the instances come from. It cannot be changed for an existing group.
   *
   * @default InstanceCapacity.onDemand()
   */
  readonly capacity?: InstanceCapacity;

  /**
   * What the nodes do in a Slurm cluster. It cannot be changed for an existing group.
   *
   * Give it to every group or to none. Not for EKS. It becomes the group's SlurmConfig, or part of the file that lifecycle scripts
   * read (see `SlurmProvisioningParameters`).
   *
   * @default - the lifecycle scripts decide
   */
  readonly slurmNode?: SlurmNode;

  /**
   * The role that the nodes run with. It cannot be changed for an existing group.
   *
   * It gets the same permissions as the cluster's own execution role, except for the managed policy
   * AmazonSageMakerClusterInstanceRolePolicy, which it must carry.
   *
   * @default - the cluster's execution role
   */
  readonly executionRole?: IRole;

  /**
   * The scripts that HyperPod runs on the nodes.
   *
   * @default - the cluster's lifecycle scripts
   */
  readonly lifecycleScripts?: LifecycleScripts;

  /**
   * Volumes and file systems of the nodes: at most one `ebs`, one `rootVolumeKey`, one file system of FSx for Lustre and one of FSx for
   * OpenZFS. Changes reach new nodes only; the keys of volumes cannot be changed for an existing group.
   *
   * @default - the service's default volumes
   */
  readonly instanceStorageConfigs?: InstanceStorage[];

  /**
   * Subnets and security groups of this group. They cannot be changed for an existing group.
   *
   * @default - those of the cluster
   */
  readonly overrideVpcConfig?: OverrideVpcConfig;

  /**
   * The threads of each processor core, 1 or 2. It cannot be changed for an existing group.
   *
   * @default - the service's default
   */
  readonly threadsPerCore?: number;

  /**
   * The type of the nodes' network interfaces.
   *
   * @default - the service's default
   */
  readonly networkInterfaceType?: NetworkInterfaceType;

  /**
   * Checks that each node passes before it joins the cluster. GPU and Trainium instances only.
   *
   * @default - none
   */
  readonly onStartDeepHealthChecks?: DeepHealthCheck[];

  /**
   * The id of a custom AMI, as `ami-0123456789abcdef0`, or `default`. A Slurm group keeps the AMI that it was created with.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/hyperpod-custom-ami-how-to.html
   * @default - the AMI of HyperPod
   */
  readonly imageId?: string;

  /**
   * The release of HyperPod's AMI, as `1.2.3`. Another release updates the software of the nodes; `autoPatch` may go past it. EKS only.
   *
   * @default - the newest release when the group is created
   */
  readonly imageReleaseVersion?: string;

  /**
   * A schedule on which the software of the nodes is updated.
   *
   * @default - no schedule
   */
  readonly scheduledUpdate?: ScheduledUpdate;

  /**
   * Lets HyperPod patch the nodes by itself. EKS only.
   *
   * @default - no patches by itself
   */
  readonly autoPatch?: AutoPatch;

  /**
   * Kubernetes labels of the nodes, at most 50. EKS only. Prefixes of Kubernetes and AWS, as `kubernetes.io/`, are reserved.
   *
   * @default - HyperPod's own labels
   */
  readonly kubernetesLabels?: Record<string, string>;

  /**
   * Kubernetes taints of the nodes, at most 50. EKS only, and not with `onStartDeepHealthChecks`.
   *
   * @default - none
   */
  readonly kubernetesTaints?: KubernetesTaint[];
}
