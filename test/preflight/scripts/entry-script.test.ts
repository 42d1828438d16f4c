import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { entryScriptMissing } from '../../../src/preflight/scripts/entry-script-missing';
import { entryScriptShebang } from '../../../src/preflight/scripts/entry-script-shebang';
import { referencedScriptMissing } from '../../../src/preflight/scripts/referenced-script-missing';
import { isYes } from '../private/optional-groups';
import { testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, type Files, type PackageOptions } from '../private/script-packages';

const SCRIPT = '#!/bin/bash\nset -euo pipefail\n';
const ON_CREATE = ['InstanceGroups.0.LifeCycleConfig.OnCreate'];
const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];
const WITHOUT_SHEBANG = { 'a.sh': 'no shebang' };

const archives = (stack: Stack) => Source.bucket(Bucket.fromBucketName(stack, 'Archives', 'archives'), 'a.zip');
const beginningWith = (onCreate: string) => ({ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config/', onCreate } });
const script = (text: string, others: Files = {}) => clusterOn({ 'on_create.sh': `${SCRIPT}${text}\n`, ...others });

/** A bucket with the files, none of which is the entry script. */
const otherwise = (options: PackageOptions) => clusterOn({ 'a.sh': SCRIPT }, options);
const knownAtDeployment = (files: Files) => (stack: Stack) => clusterOn(files, { entryScript: new CfnParameter(stack, 'Entry').valueAsString })(stack);
const customInSomeDeployments = (files: Files) => (stack: Stack) =>
  clusterOn(files, { entryScript: Fn.conditionIf(isYes(stack, 'Custom').logicalId, 'custom.sh', 'on_create.sh').toString() })(stack);

testRule(entryScriptMissing, {
  alone: true,
  silent: [
    ['the entry script among the files', clusterOn({ 'on_create.sh': SCRIPT })],
    ['a bucket of others, which may hold more', otherwise({
      bucket: stack => Bucket.fromBucketName(stack, 'Theirs', 'sagemaker-scripts'), upload: { prune: false },
    })],
    ['files that are left out', otherwise({ upload: { exclude: ['*.tmp'] } })],
    ['an archive that stays one', otherwise({ upload: { extract: false } })],
    ['an archive that is uploaded as it is', otherwise({ sources: stack => [archives(stack)] })],
    ['another archive beside the files', otherwise({ sources: stack => [Source.asset(directoryOf({ 'a.sh': '' })), archives(stack)] })],
    ['another prefix', otherwise({ upload: { destinationKeyPrefix: 'config-old' } })],
    ['a file with the name of a variable', clusterOn({ '${Entry}': SCRIPT }, { groups: [beginningWith('${Entry}')] })],
  ],
  finds: [
    ['no entry script', clusterOn({ 'oncreate.sh': SCRIPT }), 'error', ['group-0'],
      ['The entry script "on_create.sh" of instance group "group-0" is not among the files', 's3://sagemaker-scripts/config/: oncreate.sh'], ON_CREATE],
    ['an entry script in a directory', clusterOn({ 'scripts/on_create.sh': SCRIPT }), 'error', ['group-0'], 'scripts/on_create.sh', ON_CREATE],
    ['no entry script, in a bucket of the app that others may write to too', clusterOn({ 'oncreate.sh': SCRIPT }, { upload: { prune: false } }),
      'warning', ['group-0'], 'oncreate.sh', ON_CREATE],
    ['no script for OnInitComplete', clusterOn({ 'oncreate.sh': SCRIPT }, {
      groups: [{ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config/', onInitComplete: 'on_init.sh' } }],
    }), 'error', ['group-0'], 'The entry script "on_init.sh" of instance group "group-0"', ['InstanceGroups.0.LifeCycleConfig.OnInitComplete']],
  ],
  tokens: [
    ['an entry script that is known only at deployment', knownAtDeployment(WITHOUT_SHEBANG)],
    ['another entry script in some deployments, which is missing', customInSomeDeployments({ 'on_create.sh': SCRIPT }), 'warning', ['group-0'],
      ['The entry script "custom.sh"', 'This is so when Custom is yes.'], ON_CREATE],
  ],
});

testRule(entryScriptShebang, {
  namesFiles: true,
  alone: true,
  silent: [
    ['a shebang', clusterOn({ 'on_create.sh': SCRIPT })],
    ['another script without one', clusterOn({ 'on_create.sh': SCRIPT, ...WITHOUT_SHEBANG })],
  ],
  finds: [
    ['no shebang', clusterOn({ 'on_create.sh': 'exit 0\n' }), 'warning', ['group-0'], 'on_create.sh:1: begins with "exit 0"', ON_CREATE],
    ['an empty entry script', clusterOn({ 'on_create.sh': '' }), 'warning', ['group-0'], 'on_create.sh:1: begins with ""', ON_CREATE],
    ...[['the bucket', undefined], ['the bucket, by a slash', '/']].map(([to, destinationKeyPrefix]) => [
      `no shebang in what an upload to ${to} puts at the prefix`,
      clusterOn({ 'config/on_create.sh': 'exit\n', 'other/broken.json': '{' }, { upload: { destinationKeyPrefix } }),
      'warning', ['group-0'], 'on_create.sh:1: begins with "exit"', ON_CREATE,
    ] as const),
  ],
  tokens: [
    ['an entry script that is known only at deployment', knownAtDeployment(WITHOUT_SHEBANG)],
    ['another entry script in some deployments, without shebang', customInSomeDeployments({ 'on_create.sh': SCRIPT, 'custom.sh': 'exit 0\n' }),
      'warning', ['group-0'], ['custom.sh:1: begins with "exit 0"', 'This is so when Custom is yes.'], ON_CREATE],
  ],
});

testRule(referencedScriptMissing, {
  namesFiles: true,
  alone: true,
  silent: [
    ['scripts that are there', script('source ./lib/env.sh\nbash utils/install.sh', { 'lib/env.sh': 'export A=1\n', 'utils/install.sh': SCRIPT })],
    ['a script that is tested for', script('if [[ -f extra.sh ]]; then bash extra.sh; fi')],
    ['a script that may fail', script('python3 -u setup.py || true')],
    ['scripts that other sources of the upload bring', clusterOn({}, {
      sources: () => [
        Source.asset(directoryOf({ 'on_create.sh': `${SCRIPT}bash a.sh\nbash b.sh\n` })),
        Source.asset(directoryOf({ 'a.sh': SCRIPT })),
        Source.data('b.sh', SCRIPT),
      ],
    })],
  ],
  finds: [
    ['a script that certainly runs a missing one', script('bash ./utils/install.sh'), 'error', ['group-0'], 'on_create.sh:3: runs ./utils/install.sh', SOURCE],
    ['a script that may run a missing one', script('if [ "$A" ]; then\n  bash b.sh\nfi'), 'warning', ['group-0'], 'on_create.sh:4: runs b.sh', SOURCE],
    ['a script that runs a script that runs a missing one', script('bash a.sh', { 'a.sh': `${SCRIPT}. b.sh\n`, 'b.sh': './c.py\n' }), 'error', ['group-0'],
      'b.sh:1: runs ./c.py', SOURCE],
  ],
  tokens: [
    ['an entry script that is known only at deployment', knownAtDeployment({ 'a.sh': `${SCRIPT}bash b.sh\n` })],
    ['a script with a value that is known only at deployment', clusterOn({}, {
      sources: stack => [Source.data('on_create.sh', `${SCRIPT}export A="${new CfnParameter(stack, 'Value').valueAsString}"\nbash b.sh\n`)],
    }), 'error', ['group-0'], 'on_create.sh:4: runs b.sh', SOURCE],
    ['another entry script in some deployments, which runs a missing one', customInSomeDeployments({
      'on_create.sh': SCRIPT, 'custom.sh': `${SCRIPT}bash b.sh\n`,
    }), 'warning', ['group-0'], ['custom.sh:3: runs b.sh', 'This is so when Custom is yes.'], SOURCE],
  ],
});
