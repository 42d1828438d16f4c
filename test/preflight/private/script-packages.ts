import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, BucketDeploymentProps, ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import { findingsOf, PrintedFinding } from '../../corpus/private/harness';

export type Files = Readonly<Record<string, string | Buffer>>;

/** A directory with the given files. */
export function directoryOf(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'scripts-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** How the files of a test reach the nodes of a `CfnCluster`. */
export interface PackageOptions {
  readonly entryScript?: string;
  readonly sources?: (stack: Stack) => ISource[];
  readonly bucket?: (stack: Stack) => IBucket;
  readonly upload?: Partial<BucketDeploymentProps>;
  readonly groups?: Partial<CfnCluster.ClusterInstanceGroupProperty>[];
  readonly cluster?: CfnClusterProps | ((stack: Stack) => CfnClusterProps);
  /** What the types of the L1 do not allow. */
  readonly overrides?: (stack: Stack, cluster: CfnCluster) => void;
}

/** The findings on a cluster of L1s that takes its scripts from where the app uploads the files, without those on access and order. */
export function findingsOn(files: Files, options: PackageOptions = {}): PrintedFinding[] {
  return findingsOf({ app: clusterOn(files, options) });
}

/** A cluster of L1s that takes its scripts from where the app uploads the files, may read them, and waits for all that it needs. */
export function clusterOn(files: Files, options: PackageOptions = {}): (stack: Stack) => void {
  return stack => {
    const { entryScript = 'on_create.sh', groups = [{}], cluster, upload } = options;
    const bucket = options.bucket?.(stack) ?? new Bucket(stack, 'Scripts', { bucketName: 'sagemaker-scripts' });
    const deployment = new BucketDeployment(stack, 'Upload', {
      sources: options.sources?.(stack) ?? [Source.asset(directoryOf(files))],
      destinationBucket: bucket,
      destinationKeyPrefix: 'config',
      ...upload,
    });
    const role = new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerClusterInstanceRolePolicy')],
    });
    bucket.grantRead(role);
    const resource = new CfnCluster(stack, 'Cluster', {
      instanceGroups: groups.map((group, index) => ({
        instanceGroupName: `group-${index}`,
        instanceType: 'ml.m5.xlarge',
        instanceCount: 1,
        executionRole: role.roleArn,
        lifeCycleConfig: { sourceS3Uri: bucket.s3UrlForObject('config/'), onCreate: entryScript },
        ...group,
      })),
      ...typeof cluster === 'function' ? cluster(stack) : cluster,
    });
    options.overrides?.(stack, resource);
    resource.node.addDependency(deployment, role);
  };
}
