import { Aws, Stack, StackProps, aws_iam as iam, aws_s3 as s3, aws_sagemaker as sagemaker } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HyperPodPreflight } from 'cdk-hyperpod';

/**
 * A cluster written with CDK's own constructs. It would fail half an hour into its deployment:
 * the role's managed policy reads buckets named sagemaker-*, and this one is not.
 */
export class MismatchStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bucket = new s3.Bucket(this, 'LifecycleBucket', {
      bucketName: `hyprpd-lustre-hyperpod-lifecycle-${Aws.ACCOUNT_ID}`,
    });

    const role = new iam.Role(this, 'ExecutionRole', {
      assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
    });

    new sagemaker.CfnCluster(this, 'Cluster', {
      instanceGroups: [{
        instanceGroupName: 'workers',
        instanceType: 'ml.g5.8xlarge',
        instanceCount: 2,
        executionRole: role.roleArn,
        lifeCycleConfig: {
          sourceS3Uri: `s3://${bucket.bucketName}/config/`,
          onCreate: 'on_create.sh',
        },
      }],
    });

    HyperPodPreflight.applyTo(this);
  }
}
