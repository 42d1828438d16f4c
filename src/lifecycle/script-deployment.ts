import { createHash } from 'crypto';
import { Lazy, Names, Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { LocalScripts } from './local-scripts';
import { acknowledgeUploadHandler } from '../private/acknowledgements';
import { PROVISIONING_PARAMETERS_FILE } from '../service/provisioning-parameters';
import { resolveReferencing } from '../template/token-resolver';

/**
 * BucketDeployment writes the destination prefix into a tag key of the bucket. Of the 128 characters that S3 allows
 * there, its own text takes 26, the hash and two slashes 34.
 */
const MAX_PARENT_LENGTH = 68;

export interface ScriptDeploymentProps {
  /** The scripts. */
  readonly scripts: LocalScripts;
  readonly bucket: IBucket;

  /** The content of `provisioning_parameters.json`, asked for when no instance group can be added any more. */
  readonly provisioningParameters?: () => Record<string, any>;
}

/**
 * Uploads lifecycle scripts under `<parent>/<content hash>/`.
 *
 * The parent never changes and belongs to this construct alone. Other content gets another hash, so nothing is ever
 * overwritten, and nothing is removed: a node that is replaced during an update or after a rollback still finds the
 * version that it was told to run.
 *
 * A value that is known only at deployment counts for the hash by what it refers to.
 */
export class ScriptDeployment extends Construct {
  /** The prefix of every version, with the final slash. */
  public readonly parentPrefix: string;

  /** The prefix of this version, with the final slash. */
  public readonly prefix: string;

  /** The upload itself: what the cluster waits for. */
  public readonly deployment: BucketDeployment;

  constructor(scope: Construct, id: string, { scripts, bucket, provisioningParameters }: ScriptDeploymentProps) {
    super(scope, id);
    const { asset, hash } = scripts.stage(this, 'Asset');

    // The end of the unique id holds the hash of the construct's path: no two uploads of an app share a parent.
    this.parentPrefix = `${Names.uniqueId(this).slice(-MAX_PARENT_LENGTH)}/`;
    this.prefix = provisioningParameters === undefined
      ? `${this.parentPrefix}${hash}/`
      : Lazy.string({ produce: () => `${this.parentPrefix}${this.hashWith(hash, provisioningParameters())}/` });

    this.deployment = new BucketDeployment(this, 'Deployment', {
      sources: [
        Source.bucket(asset.bucket, asset.s3ObjectKey),
        ...(provisioningParameters === undefined ? [] : [this.generatedFile(provisioningParameters)]),
      ],
      destinationBucket: bucket,
      destinationKeyPrefix: this.prefix,
      prune: false,
      retainOnDelete: true,
      outputObjectKeys: false,
    });
    acknowledgeUploadHandler(this.deployment.handlerRole, asset.bucket.arnForObjects('*'), bucket.arnForObjects('*'), bucket.encryptionKey !== undefined);
  }

  /** The whole text is a value for the deployment to fill in: instance groups may still come. */
  private generatedFile(content: () => Record<string, any>): ISource {
    return Source.data(PROVISIONING_PARAMETERS_FILE, Lazy.string({ produce: () => Stack.of(this).toJsonString(content(), 2) }));
  }

  private hashWith(hash: string, parameters: Record<string, any>): string {
    const content = JSON.stringify(resolveReferencing(this, parameters));
    return createHash('sha256').update(hash).update(content).digest('hex').slice(0, hash.length);
  }
}
