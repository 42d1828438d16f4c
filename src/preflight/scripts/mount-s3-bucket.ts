import { flawsIn } from './package-findings';
import { scriptPackageOf } from './script-package';
import { mountWithoutBucket } from '../../shell/text-defects';
import type { Rule } from '../findings/rule';

/** Where AWS's lifecycle scripts for Slurm read what they are to do. */
const SWITCHES = 'config.py';

export const mountS3Bucket: Rule = {
  id: 'HyperPod-MountS3Bucket',
  title: 'The scripts name the bucket that they mount',
  levels: ['warning'],
  prevents: ['A bucket name must be specified when enable_mount_s3 is True'],
  why: 'The switches of AWS\'s lifecycle scripts for Slurm stand in config.py. With enable_mount_s3 and no s3_bucket, every node stops as soon as it reads the file.',
  fix: 'Set s3_bucket in config.py, or enable_mount_s3 to False.',
  sources: ['https://github.com/awslabs/awsome-distributed-ai/blob/main/1.architectures/5.sagemaker-hyperpod/LifecycleScripts/base-config/config.py'],
  checkGroup: (cluster, group) => {
    const scripts = scriptPackageOf(cluster, group);
    const text = scripts?.files.get(SWITCHES)?.text;
    const defect = text === undefined ? undefined : mountWithoutBucket(text);
    return !scripts || !defect ? [] : flawsIn(group, scripts, 'The lifecycle scripts mount a bucket that they do not name.',
      [{ path: SWITCHES, ...defect, level: 'warning' }]);
  },
};
