import { truncateSync } from 'fs';
import { join } from 'path';
import { CfnParameter } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { directoryOf, Files, findingsOn, PackageOptions } from '../private/script-packages';

const SCRIPT = '#!/bin/bash\nset -euo pipefail\n';
const MANY = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`data/${index}`, '']));

/** A package that is right in every respect. */
const GOOD: Files = {
  'on_create.sh': `${SCRIPT}source ./lib/env.sh\nbash utils/install.sh\nif [[ -f extra.sh ]]; then bash extra.sh; fi\npython3 -u setup.py || true\n`,
  'lib/env.sh': 'export A=1\n',
  'utils/install.sh': `${SCRIPT}sed -i "s/PLACEHOLDER_HOST/$(hostname)/" utils/conf\n`,
  'utils/conf': 'host = PLACEHOLDER_HOST\n',
  'config.json': '{"a": [1, 2]}\n',
  'windows.txt': 'read me\r\n',
  'config.py': 'class Config:\n    enable_mount_s3 = True\n    s3_bucket = "training-data"\n',
  'README.md': 'Replace <your-bucket>\n',
  'binary': Buffer.from([0, 13, 10, 0xef, 0xbb, 0xbf]),
};

test('a good package has no findings', () => {
  expect(findingsOn(GOOD)).toEqual([]);
});

test.each<[string, string, 'error' | 'warning', Files, string[], PackageOptions?]>([
  [
    'no entry script', 'HyperPod-EntryScriptMissing', 'error', { 'oncreate.sh': SCRIPT },
    ['The entry script "on_create.sh" of instance group "group-0" is not among the files', 's3://sagemaker-scripts/config/: oncreate.sh'],
  ],
  [
    'an entry script in a directory', 'HyperPod-EntryScriptMissing', 'error', { 'scripts/on_create.sh': SCRIPT }, ['scripts/on_create.sh'],
  ],
  [
    'no entry script, in a bucket of the app that others may write to too', 'HyperPod-EntryScriptMissing', 'warning', { 'oncreate.sh': SCRIPT },
    ['oncreate.sh'], { upload: { prune: false } },
  ],
  [
    'a script that certainly runs a missing one', 'HyperPod-ReferencedScriptMissing', 'error', { 'on_create.sh': `${SCRIPT}bash ./utils/install.sh\n` },
    ['on_create.sh:3: runs ./utils/install.sh'],
  ],
  [
    'a script that may run a missing one', 'HyperPod-ReferencedScriptMissing', 'warning', { 'on_create.sh': `${SCRIPT}if [ "$A" ]; then\n  bash b.sh\nfi\n` },
    ['on_create.sh:4: runs b.sh'],
  ],
  [
    'a script that runs a script that runs a missing one', 'HyperPod-ReferencedScriptMissing', 'error',
    { 'on_create.sh': `${SCRIPT}bash a.sh\n`, 'a.sh': `${SCRIPT}. b.sh\n`, 'b.sh': './c.py\n' }, ['b.sh:1: runs ./c.py'],
  ],
  ['CR LF in the entry script', 'HyperPod-ScriptLineEndings', 'error', { 'on_create.sh': '#!/bin/bash\r\nexit 0\r\n' }, ['on_create.sh:1: 2 of 2 lines']],
  [
    'CR LF in another script', 'HyperPod-ScriptLineEndings', 'warning', { 'on_create.sh': SCRIPT, 'a.sh': '#!/bin/bash\n\r\n' },
    ['a.sh:2: 1 of 2 lines'],
  ],
  ['no shebang', 'HyperPod-EntryScriptShebang', 'warning', { 'on_create.sh': 'exit 0\n' }, ['on_create.sh:1: begins with "exit 0"']],
  ['an empty entry script', 'HyperPod-EntryScriptShebang', 'warning', { 'on_create.sh': '' }, ['on_create.sh:1: begins with ""']],
  ['a byte order mark', 'HyperPod-ScriptByteOrderMark', 'warning', { 'on_create.sh': `\uFEFF${SCRIPT}` }, ['on_create.sh:1: begins with the bytes EF BB BF']],
  ['a byte order mark in JSON', 'HyperPod-ScriptByteOrderMark', 'warning', { 'on_create.sh': SCRIPT, 'a.json': '\uFEFF{}' }, ['a.json:1: ']],
  ['invalid JSON', 'HyperPod-ScriptJson', 'warning', { 'on_create.sh': SCRIPT, 'a/b.json': '{\n  "a": 1,\n}\n' }, ['a/b.json:3: ']],
  [
    'invalid JSON that AWS\'s scripts read', 'HyperPod-ScriptJson', 'error', { 'on_create.sh': SCRIPT, 'provisioning_parameters.json': '{]' },
    ['provisioning_parameters.json:1: '],
  ],
  [
    'placeholders', 'HyperPod-ScriptPlaceholders', 'warning', { 'on_create.sh': `${SCRIPT}aws s3 ls s3://<your-bucket>\n`, 'a.conf': 'x\nREPLACE_ME\n' },
    ['a.conf:2: REPLACE_ME', 'on_create.sh:3: <your-bucket>'],
  ],
  [
    'a bucket that is mounted, and not named', 'HyperPod-MountS3Bucket', 'warning',
    { 'on_create.sh': SCRIPT, 'config.py': 'class Config:\n    # mount\n    enable_mount_s3 = True\n    s3_bucket = "" # required\n' },
    ['config.py:3: enable_mount_s3 is True'],
  ],
  ['too many files', 'HyperPod-ScriptPackageSize', 'warning', { 'on_create.sh': SCRIPT, ...MANY }, ['1002 files of 0.0 MiB']],
])('%s: exactly %s, as %s', (_, rule, level, files, texts, options = {}) => {
  const findings = findingsOn(files, options);

  expect(findings).toEqual([expect.objectContaining({ rule, level, path: 'Training/Cluster', subjects: ['group-0'] })]);
  texts.forEach(text => expect(findings[0].message).toContain(text));
});

test('too large files: exactly HyperPod-ScriptPackageSize, as a warning', () => {
  const directory = directoryOf({ 'on_create.sh': SCRIPT, 'z.bin': '' });
  truncateSync(join(directory, 'z.bin'), 101 * 1024 * 1024);
  const findings = findingsOn({}, { sources: () => [Source.asset(directory, { assetHash: 'large' })] });

  expect(findings).toEqual([expect.objectContaining({ rule: 'HyperPod-ScriptPackageSize', level: 'warning', subjects: ['group-0'] })]);
  expect(findings[0].message).toContain('2 files of 101.0 MiB');
  expect(findings[0].message).toContain('The largest is z.bin (101.0 MiB)');
});

test.each<[string, PackageOptions]>([
  ['a bucket of others, which may hold more', { bucket: stack => Bucket.fromBucketName(stack, 'Theirs', 'sagemaker-scripts'), upload: { prune: false } }],
  ['files that are left out', { upload: { exclude: ['*.tmp'] } }],
  ['an archive that stays one', { upload: { extract: false } }],
  ['an archive that is uploaded as it is', { sources: stack => [Source.bucket(Bucket.fromBucketName(stack, 'Archives', 'archives'), 'a.zip')] }],
  ['another archive beside the files', {
    sources: stack => [Source.asset(directoryOf({ 'a.sh': '' })), Source.bucket(Bucket.fromBucketName(stack, 'Archives', 'archives'), 'a.zip')],
  }],
  ['another prefix', { upload: { destinationKeyPrefix: 'config-old' } }],
  ['a prefix that is known only at deployment', { groups: [{ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config/', onCreate: '${Entry}' } }] }],
])('nothing is missing for certain: %s', (name, options) => {
  const files: Files = name.startsWith('a prefix') ? { '${Entry}': SCRIPT } : { 'a.sh': SCRIPT };

  expect(findingsOn(files, options)).toEqual([]);
});

test('an entry script that is known only at deployment is not looked for', () => {
  let parameter: CfnParameter;
  const findings = findingsOn({ 'a.sh': 'no shebang' }, {
    sources: stack => {
      parameter = new CfnParameter(stack, 'Entry');
      return [Source.asset(directoryOf({ 'a.sh': 'no shebang' }))];
    },
    get groups() {
      return [{ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config/', get onCreate() { return parameter.valueAsString; } } }];
    },
  });

  expect(findings).toEqual([]);
});

test.each<[string, PackageOptions]>([
  ['the bucket', { upload: { destinationKeyPrefix: undefined } }],
  ['the bucket, by a slash', { upload: { destinationKeyPrefix: '/' } }],
])('files are seen where an upload to %s puts them', (_, options) => {
  expect(findingsOn({ 'config/on_create.sh': 'exit\n', 'other/broken.json': '{' }, options).map(({ rule }) => rule)).toEqual(['HyperPod-EntryScriptShebang']);
});

test('files are seen where an upload below the prefix puts them', () => {
  const findings = findingsOn({ 'a.json': '{' }, { upload: { destinationKeyPrefix: 'config/deeper' } });

  // An upload below says nothing about what else lies at the prefix: only the app can have written there.
  expect(findings.map(({ rule, level }) => [rule, level])).toEqual([['HyperPod-EntryScriptMissing', 'warning'], ['HyperPod-ScriptJson', 'warning']]);
  expect(findings[1].message).toContain('deeper/a.json:1');
});

test('several sources of one upload make one package', () => {
  const findings = findingsOn({}, {
    sources: () => [
      Source.asset(directoryOf({ 'on_create.sh': `${SCRIPT}bash a.sh\nbash b.sh\n` })),
      Source.asset(directoryOf({ 'a.sh': SCRIPT })),
      Source.data('b.sh', SCRIPT),
    ],
  });

  expect(findings).toEqual([]);
});

test('JSON with deploy-time values is not flagged, whatever they are', () => {
  const findings = findingsOn({}, {
    sources: stack => [
      Source.asset(directoryOf({ 'on_create.sh': SCRIPT })),
      Source.jsonData('values.json', {
        text: stack.stackId,
        joined: `<${stack.region}>`,
        number: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber,
        list: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
      }),
    ],
  });

  expect(findings).toEqual([]);
});

test('groups that share a package share its findings; a group with another entry script has its own', () => {
  const findings = findingsOn({ 'a.sh': '', 'b.sh': '', 'c.json': '{' }, {
    groups: ['a.sh', 'a.sh', 'b.sh', './a.sh'].map(onCreate => ({ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config', onCreate } })),
  });

  expect(findings.map(({ id }) => id)).toEqual([
    'HyperPod-EntryScriptShebang[group-0,group-1,group-3]',
    'HyperPod-EntryScriptShebang[group-2]',
    'HyperPod-ScriptJson[group-0,group-1,group-2,group-3]',
  ]);
});

const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.json`, '{']));

test.each<[string, string, boolean]>([
  ['a.sh', 'exit 0', true],
  ['a.bash', 'exit 0', true],
  ['a', '#!/bin/sh', true],
  ['a', '#!/usr/bin/env bash', true],
  ['a.py', 'exit()', false],
  ['a', '#!/usr/bin/python3', false],
  ['a.sh.txt', 'exit 0', false],
  ['a.txt', 'see #!/bin/bash', false],
])('line endings break %s that begins with %j, as a shell reads it: %s', (path, line, isShell) => {
  expect(findingsOn({ 'on_create.sh': SCRIPT, [path]: `${line}\r\n` }).map(({ rule }) => rule)).toEqual(isShell ? ['HyperPod-ScriptLineEndings'] : []);
});

test.each<[string, boolean]>([
  ['a.py', true], ['a.json', true], ['a.txt', false],
])('a byte order mark matters to what reads %s: %s', (path, matters) => {
  expect(findingsOn({ 'on_create.sh': SCRIPT, [path]: '\uFEFF{}' }).map(({ rule }) => rule)).toEqual(matters ? ['HyperPod-ScriptByteOrderMark'] : []);
});

test('a list of ten is whole, and one of eleven says how many more there are', () => {
  const messages = (count: number) => findingsOn(named(count)).map(({ rule, message }) => [rule, message] as const);
  for (const [, message] of messages(10)) { expect(message).not.toContain('more'); }
  expect(messages(10)).toHaveLength(2);
  expect(messages(11).map(([, message]) => /and \d+ more/.exec(message)?.[0])).toEqual(['and 1 more', 'and 1 more']);
});

test('a long list of flaws is cut short', () => {
  const [{ message }] = findingsOn({ 'on_create.sh': SCRIPT, ...named(14) });

  expect(message.match(/\.json:1: /g)).toHaveLength(10);
  expect(message).toContain('\n… and 4 more');
});
