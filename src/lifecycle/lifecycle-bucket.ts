import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeLifecycleBucket } from '../private/acknowledgements';

/**
 * The bucket for lifecycle scripts that a cluster makes when it is given none.
 *
 * It is kept when the stack is deleted, unless the removal policy is DESTROY; then it is emptied first, since
 * CloudFormation cannot delete a bucket that holds objects.
 */
export class LifecycleBucket extends Bucket {
  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy = RemovalPolicy.RETAIN) {
    super(scope, id, {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    acknowledgeLifecycleBucket(this);
  }
}
