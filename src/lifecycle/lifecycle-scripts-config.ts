import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { LifecycleSource } from './lifecycle-access';
import { SlurmInstanceGroup } from './slurm-provisioning-parameters';

/**
 * When HyperPod runs which script; neither if there is none.
 */
export interface LifecycleHook {
  readonly onCreate?: string;
  readonly onInitComplete?: string;
}

/**
 * What lifecycle scripts may use of the cluster they are for.
 */
export interface LifecycleScriptsContext {
  /** Where constructs go, and the id of what these scripts make. */
  readonly scope: Construct;
  readonly id: string;

  /** The bucket to upload to; it is made when someone first asks. */
  readonly uploadBucket: () => IBucket;

  /** The instance groups of the cluster that say what they do in Slurm, when no more can come. */
  readonly slurmInstanceGroups: () => SlurmInstanceGroup[];
}

/**
 * Where lifecycle scripts are. All is absent if there are none.
 */
export interface LifecycleScriptsConfig {
  /** What the nodes copy. */
  readonly sourceS3Uri?: string;

  /** What the roles must be able to read: it may be more than what the nodes copy today. */
  readonly source?: LifecycleSource;

  /** What must be complete before the nodes start. */
  readonly upload?: IDependable;

  /** The role that uploads. */
  readonly uploader?: IRole;
}
