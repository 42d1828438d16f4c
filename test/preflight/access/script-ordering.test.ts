import { CfnParameter, CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { scriptOrdering } from '../../../src/preflight/access/script-ordering';
import { cluster, executionRole } from '../../corpus/private/building-blocks';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';

const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];
const LATE = 'does not wait for Training/Upload/';

interface UploadOptions {
  readonly file?: string;
  /** The cluster waits for the upload. */
  readonly isOrdered?: boolean;
  /** The upload is there in some deployments only. */
  readonly isOptional?: boolean;
}

/** An upload of scripts, and a cluster that reads them. */
function uploaded(to: string | undefined | ((stack: Stack) => string), from: string, { file = 'on_create.sh', isOrdered, isOptional }: UploadOptions = {}) {
  return (stack: Stack) => {
    const bucket = new Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts' });
    const upload = new BucketDeployment(stack, 'Upload', {
      sources: [Source.data(file, '#!/bin/bash\n')], destinationBucket: bucket, destinationKeyPrefix: typeof to === 'function' ? to(stack) : to,
    });
    if (isOptional) { (upload.node.findChild('CustomResource').node.defaultChild as CfnResource).cfnOptions.condition = isYes(stack, 'Uploads'); }
    const created = cluster(stack, executionRole(stack), bucket.s3UrlForObject(from));
    if (isOrdered) { created.node.addDependency(upload); }
  };
}

testRule(scriptOrdering, {
  silent: [
    ['an upload, and a dependency on it: the cluster waits', uploaded('config/', 'config/', { isOrdered: true })],
    ['an upload of other files to the whole bucket: none of them is under the prefix', uploaded(undefined, 'config/')],
    ['an upload of a file with the ARN of the cluster: the cluster cannot wait for what waits for it', stack => {
      const bucket = new Bucket(stack, 'Bucket', { bucketName: 'sagemaker-scripts' });
      const created = cluster(stack, executionRole(stack), bucket.s3UrlForObject('config/'));
      new BucketDeployment(stack, 'Upload', {
        sources: [Source.jsonData('cluster.json', { arn: created.attrClusterArn })], destinationBucket: bucket, destinationKeyPrefix: 'config/', prune: false,
      });
    }],
    ['an upload to another prefix: it does not touch the scripts', uploaded('data/', 'config/')],
    ['an upload to a prefix that only begins so: config-v2/ is not in config/, nor config/ in it', uploaded('config-v2/', 'config/')],
    ['an upload to another bucket: the scripts do not lie there', stack => {
      new BucketDeployment(stack, 'Upload', {
        sources: [Source.data('on_create.sh', '#!/bin/bash\n')], destinationBucket: new Bucket(stack, 'Bucket'), destinationKeyPrefix: 'config/',
      });
      cluster(stack, executionRole(stack), 's3://sagemaker-scripts/config/');
    }],
  ],
  finds: [
    ['an upload to the scripts\' prefix: nothing says that the upload comes first', uploaded('config/', 'config/'), 'warning', ['workers'], LATE, SOURCE],
    ['an upload, without the slash: a prefix names a directory, with a slash or without', uploaded('config', 'config/'), 'warning', ['workers'], LATE, SOURCE],
    ['an upload to the whole bucket: the scripts lie in it', uploaded(undefined, 'config/', { file: 'config/on_create.sh' }), 'warning', ['workers'], LATE, SOURCE],
    ['an upload to a part of the prefix: nodes read everything under it', uploaded('config/slurm/', 'config/'), 'warning', ['workers'], LATE, SOURCE],
  ],
  tokens: [
    ['a prefix that is known only at deployment', uploaded(stack => new CfnParameter(stack, 'Prefix').valueAsString, 'config/')],
    ['the scripts\' prefix in some deployments', uploaded(stack => Fn.conditionIf(isYes(stack, 'Own').logicalId, 'config/', 'data/').toString(), 'config/'),
      'warning', ['workers'], [LATE, 'This is so when Own is yes.'], SOURCE],
    ['an upload in some deployments', uploaded('config/', 'config/', { isOptional: true }), 'warning', ['workers'], [LATE, 'This is so when Uploads is yes.'], SOURCE],
  ],
});
