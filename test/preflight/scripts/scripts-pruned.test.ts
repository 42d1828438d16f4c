import { CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, type BucketDeploymentProps, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { HyperPodCluster, HyperPodInstanceType, LifecycleScripts } from '../../../src';
import { scriptsPruned } from '../../../src/preflight/scripts/scripts-pruned';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, type Files } from '../private/script-packages';

const SCRIPTS = { 'on_create.sh': '#!/bin/bash\n' };
const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];

/** A cluster, its scripts in `config/`, and another upload to the bucket. */
const beside = (props: Partial<BucketDeploymentProps> = {}, files: Files = { 'data.csv': '1' }, more: (stack: Stack, other: BucketDeployment) => void = () => {}) =>
  (stack: Stack) => {
    clusterOn(SCRIPTS)(stack);
    const other = new BucketDeployment(stack, 'Other', {
      sources: [Source.asset(directoryOf(files))], destinationBucket: stack.node.findChild('Scripts') as Bucket, ...props,
    });
    more(stack, other);
  };
const after = (stack: Stack, other: BucketDeployment) => other.node.addDependency(stack.node.findChild('Upload'));
const resourceOf = (other: BucketDeployment) => other.node.findAll().find(one => CfnResource.isCfnResource(one) && one.cfnResourceType === 'Custom::CDKBucketDeployment') as CfnResource;

const construct = (withData: boolean, prune?: boolean) => (stack: Stack) => {
  const bucket = new Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts' });
  new HyperPodCluster(stack, 'Cluster', {
    lifecycleBucket: bucket,
    lifecycleScripts: LifecycleScripts.fromAsset(directoryOf(SCRIPTS), { onCreate: 'on_create.sh' }),
    instanceGroups: [{ instanceGroupName: 'group-0', instanceType: HyperPodInstanceType.M5_XLARGE, instanceCount: 1 }],
  });
  if (withData) { new BucketDeployment(stack, 'Data', { sources: [Source.asset(directoryOf({ 'data.csv': '1' }))], destinationBucket: bucket, prune }); }
};

testRule(scriptsPruned, {
  silent: [
    ['one upload', clusterOn(SCRIPTS)],
    ['another prefix', beside({ destinationKeyPrefix: 'data' })],
    ['a prefix that only begins so', beside({ destinationKeyPrefix: 'config-data' })],
    ['another upload that does not prune', beside({ prune: false })],
    ['another upload that excludes the scripts', beside({ exclude: ['config/*'] })],
    ['another upload that brings the same files', beside({ destinationKeyPrefix: 'config' }, SCRIPTS)],
    ['a directory under the prefix, and scripts that do not prune', stack => {
      const bucket = new Bucket(stack, 'Scripts', { bucketName: 'sagemaker-scripts' });
      clusterOn(SCRIPTS, { bucket: () => bucket, upload: { prune: false } })(stack);
      new BucketDeployment(stack, 'Other', { sources: [Source.asset(directoryOf({ 'a.txt': '' }))], destinationBucket: bucket, destinationKeyPrefix: 'config/data' });
    }],
    ['another bucket', stack => {
      clusterOn(SCRIPTS)(stack);
      new BucketDeployment(stack, 'Other', { sources: [Source.asset(directoryOf({ 'a.txt': '' }))], destinationBucket: new Bucket(stack, 'Data') });
    }],
    ['the construct alone', construct(false)],
    ['the construct beside data that does not prune', construct(true, false)],
  ],
  finds: [
    ['data to the root of the bucket', beside(), 'warning', ['group-0'], 'Training/Other/CustomResource/Default prunes', SOURCE],
    ['another upload to the same prefix', beside({ destinationKeyPrefix: 'config/' }), 'warning', ['group-0'],
      ['Training/Other/CustomResource/Default prunes', 'Training/Upload/CustomResource/Default prunes'], SOURCE],
    ['data after the scripts', beside({}, undefined, after), 'error', ['group-0'], 'uploads before it', SOURCE],
    ['data before the scripts, whose next version deletes them', beside({}, undefined, (stack, other) =>
      resourceOf(stack.node.findChild('Upload') as BucketDeployment).addDependency(resourceOf(other))),
    'warning', ['group-0'], 'are deleted from s3://', SOURCE],
    ['files below the prefix that the scripts\' upload deletes', beside({ destinationKeyPrefix: 'config/lib' }), 'warning', ['group-0'], 'Training/Upload/', SOURCE],
    ['an archive to the root', beside({ extract: false }), 'warning', ['group-0'], 'Training/Other/', SOURCE],
    ['data beside the construct', construct(true), 'warning', ['group-0'], 'Training/Data/', SOURCE],
  ],
  tokens: [
    ['a prefix that is known only at deployment', stack => beside({ destinationKeyPrefix: new CfnParameter(stack, 'Prefix').valueAsString })(stack)],
    ['pruning that is known only at deployment', beside({}, undefined, (stack, other) =>
      resourceOf(other).addPropertyOverride('Prune', { Ref: new CfnParameter(stack, 'Prune').logicalId }))],
    ['data in some deployments only', beside({}, undefined, (stack, other) => { resourceOf(other).cfnOptions.condition = isYes(stack, 'Data'); }), 'warning', ['group-0'],
      ['Training/Other/', 'This is so when Data is yes.'], SOURCE],
  ],
});
