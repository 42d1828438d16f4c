import { truncateSync } from 'fs';
import { join } from 'path';
import { CfnParameter } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { scriptPackageSize } from '../../../src/preflight/scripts/script-package-size';
import { optionalGroup } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, type Files } from '../private/script-packages';

const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];

/** An entry script, and others up to a number of files. */
const ofFiles = (count: number): Files => ({
  'on_create.sh': '#!/bin/bash\n', ...Object.fromEntries(Array.from({ length: count - 1 }, (_, index) => [`data/${index}`, ''])),
});

/** An entry script, and a file of many zeros. */
function largeDirectory(): string {
  const directory = directoryOf({ 'on_create.sh': '#!/bin/bash\n', 'z.bin': '' });
  truncateSync(join(directory, 'z.bin'), 101 * 1024 * 1024);
  return directory;
}

testRule(scriptPackageSize, {
  alone: true,
  silent: [
    ['a thousand files', clusterOn(ofFiles(1000))],
  ],
  finds: [
    ['too many files', clusterOn(ofFiles(1002)), 'warning', ['group-0'], '1002 files of 0.0 MiB', SOURCE],
    ['too large files', clusterOn({}, { sources: () => [Source.asset(largeDirectory(), { assetHash: 'large' })] }), 'warning', ['group-0'],
      ['2 files of 101.0 MiB', 'The largest is z.bin (101.0 MiB)'], SOURCE],
  ],
  tokens: [
    ['a prefix that is known only at deployment', stack =>
      clusterOn(ofFiles(1002), { upload: { destinationKeyPrefix: new CfnParameter(stack, 'Prefix').valueAsString } })(stack)],
  ],
  findsSeveral: [
    ['two groups of which the second is there in some deployments only', clusterOn(ofFiles(1002), {
      groups: [{}, {}],
      overrides: (stack, cluster) => {
        const [first, second] = cluster.instanceGroups as CfnCluster.ClusterInstanceGroupProperty[];
        cluster.instanceGroups = [first, optionalGroup(stack, 'Second', second)];
      },
    }), ['warning ScriptPackageSize[group-0]', 'warning ScriptPackageSize[group-1]']],
  ],
});
