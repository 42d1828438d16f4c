import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IDependable } from 'constructs';
import { LifecycleSource } from './lifecycle-access';
import { LifecycleBucket } from './lifecycle-bucket';
import { LifecycleScripts } from './lifecycle-scripts';
import { SlurmInstanceGroup } from './slurm-provisioning-parameters';

export interface ClusterLifecycleProps {
  readonly scripts: LifecycleScripts;
  readonly bucket?: IBucket;
  readonly removalPolicy?: RemovalPolicy;
  readonly onEks: boolean;
  readonly slurmInstanceGroups: () => SlurmInstanceGroup[];
}

/**
 * The lifecycle scripts of one or more instance groups, ready to use.
 */
export interface GroupLifecycle {
  readonly lifeCycleConfig?: CfnCluster.ClusterLifeCycleConfigProperty;
  readonly source?: LifecycleSource;
  readonly upload?: IDependable;
  readonly uploader?: IRole;
}

/**
 * The lifecycle scripts of a cluster: its own, those of single groups, and the bucket that local ones are uploaded to.
 *
 * Nothing is made before a group needs it.
 */
export class ClusterLifecycle {
  private uploadBucket?: IBucket;
  private clusterScripts?: GroupLifecycle;
  private unnamedGroups = 0;

  constructor(private readonly scope: Construct, private readonly props: ClusterLifecycleProps) {
    this.uploadBucket = props.bucket;
  }

  /** The bucket given, or the one made for an upload. */
  public get bucket(): IBucket | undefined {
    return this.uploadBucket;
  }

  /** The scripts of groups that have none of their own. */
  public forCluster(): GroupLifecycle {
    this.clusterScripts ??= this.bind('LifecycleScripts', this.props.scripts);
    return this.clusterScripts;
  }

  /** The scripts of one group. Even if another group shares them, they are uploaded for each: a group may go. */
  public forGroup(instanceGroupName: string, scripts: LifecycleScripts): GroupLifecycle {
    // No name of a group has a `#`.
    const name = Token.isUnresolved(instanceGroupName) ? `#${this.unnamedGroups += 1}` : instanceGroupName;
    return this.bind(`LifecycleScripts-${name}`, scripts);
  }

  private bind(id: string, scripts: LifecycleScripts): GroupLifecycle {
    const { sourceS3Uri, source, upload, uploader } = scripts._bind({
      scope: this.scope, id, uploadBucket: () => this.bucketForUpload(), slurmInstanceGroups: this.props.slurmInstanceGroups,
    });
    return {
      lifeCycleConfig: sourceS3Uri === undefined ? undefined : { sourceS3Uri, ...scripts._hook(this.props.onEks) },
      source,
      upload,
      uploader,
    };
  }

  private bucketForUpload(): IBucket {
    this.uploadBucket ??= new LifecycleBucket(this.scope, 'LifecycleBucket', this.props.removalPolicy);
    return this.uploadBucket;
  }
}
