import type { Size } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { HyperPodInstanceType } from './instance-type';
import type { DeepHealthCheck } from './node-features';
import type { OverrideVpcConfig } from '../../network/override-vpc-config';
import type { InstanceStorage } from '../../storage/instance-storage';

/**
 * The FSx for Lustre file system that HyperPod makes for restricted instance groups.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-fsxlustreconfig.html
 */
export interface RestrictedFileSystem {
  /**
   * The size of the file system, from 1200 GiB to 100800 GiB.
   */
  readonly size: Size;

  /**
   * The throughput in MB/s per TiB of storage, from 125 to 1000.
   */
  readonly perUnitStorageThroughput: number;
}

/**
 * What becomes of the file system of a shared environment that no group uses any more.
 */
export enum RestrictedFileSystemDeletionPolicy {
  /** It stays. */
  KEEP = 'Keep',

  /** It is deleted. */
  DELETE_IF_NOT_USED = 'DeleteIfNotUsed',
}

/**
 * The environment that all restricted instance groups of a cluster share.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-sharedenvironmentconfig.html
 */
export interface RestrictedSharedEnvironment {
  /**
   * The file system of the groups. The API requires one, although CloudFormation's schema does not.
   */
  readonly fileSystem: RestrictedFileSystem;

  /**
   * What becomes of the file system that no group uses any more.
   *
   * @default RestrictedFileSystemDeletionPolicy.KEEP
   */
  readonly fileSystemDeletionPolicy?: RestrictedFileSystemDeletionPolicy;
}

/**
 * A restricted instance group (RIG): nodes for the customization of Amazon Nova models, to which nobody can log in and on which no
 * lifecycle scripts run. AWS describes them for EKS only.
 *
 * Some properties cannot be changed for an existing group, although CloudFormation tries: give a changed group another name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterrestrictedinstancegroup.html
 */
export interface RestrictedInstanceGroupOptions {
  /**
   * The name of the group, which no other group of the cluster has, restricted or not.
   *
   * Up to 63 letters, digits, and hyphens between them. Another name is another group: HyperPod removes the old one with its nodes.
   */
  readonly instanceGroupName: string;

  /**
   * The instance type of the nodes. It cannot be changed for an existing group.
   */
  readonly instanceType: HyperPodInstanceType;

  /**
   * How many nodes the group has, from 0 to 6758.
   */
  readonly instanceCount: number;

  /**
   * The role that the nodes run with. It cannot be changed for an existing group.
   *
   * @default - the cluster's execution role
   */
  readonly executionRole?: IRole;

  /**
   * Buckets that jobs read their input from and write their output to. The execution role may list them, and get, put and delete
   * their objects.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
   * @default - none
   */
  readonly dataBuckets?: IBucket[];

  /**
   * The file system of the group alone.
   *
   * @default - none, or that of the shared environment
   */
  readonly fileSystem?: RestrictedFileSystem;

  /**
   * The threads of each processor core, 1 or 2. It cannot be changed for an existing group.
   *
   * @default - the service's default
   */
  readonly threadsPerCore?: number;

  /**
   * Storage of the nodes. Customer managed keys are not supported here. Changes reach new nodes only.
   *
   * @default - the service's default volumes
   */
  readonly instanceStorageConfigs?: InstanceStorage[];

  /**
   * Checks that each node passes before it joins the cluster.
   *
   * @default - none
   */
  readonly onStartDeepHealthChecks?: DeepHealthCheck[];

  /**
   * Subnets and security groups of this group. They cannot be changed for an existing group.
   *
   * @default - those of the cluster
   */
  readonly overrideVpcConfig?: OverrideVpcConfig;

  /**
   * The ARN of the training plan that reserves the instances.
   *
   * @default - on-demand instances
   */
  readonly trainingPlanArn?: string;
}

export function renderFileSystem(fileSystem: RestrictedFileSystem): CfnCluster.FSxLustreConfigProperty {
  return { sizeInGiB: fileSystem.size.toGibibytes(), perUnitStorageThroughput: fileSystem.perUnitStorageThroughput };
}

export function renderSharedEnvironment(environment: RestrictedSharedEnvironment): CfnCluster.RestrictedInstanceGroupsConfigProperty {
  return {
    sharedEnvironmentConfig: {
      fSxLustreDeletionPolicy: environment.fileSystemDeletionPolicy ?? RestrictedFileSystemDeletionPolicy.KEEP,
      fSxLustreConfig: renderFileSystem(environment.fileSystem),
    },
  };
}
