import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import { mountS3Bucket } from '../../../src/preflight/scripts/mount-s3-bucket';
import { scriptByteOrderMark } from '../../../src/preflight/scripts/script-byte-order-mark';
import { scriptJson } from '../../../src/preflight/scripts/script-json';
import { scriptLineEndings } from '../../../src/preflight/scripts/script-line-endings';
import { scriptPlaceholders } from '../../../src/preflight/scripts/script-placeholders';
import { type Finds, type Silent, testRule } from '../private/rule-tester';
import { clusterOn, directoryOf, type Files } from '../private/script-packages';

const SCRIPT = '#!/bin/bash\nset -euo pipefail\n';
const SOURCE = ['InstanceGroups.0.LifeCycleConfig.SourceS3Uri'];

/** A good entry script, and other files. */
const beside = (files: Files) => clusterOn({ 'on_create.sh': SCRIPT, ...files });
const finds = (what: string, files: Files, level: Finds[2], says: string): Finds => [what, beside(files), level, ['group-0'], says, SOURCE];

/** A good entry script, and a file with a value that is known only at deployment. */
const withValue = (path: string, text: (value: string) => string) => clusterOn({}, {
  sources: stack => [Source.asset(directoryOf({ 'on_create.sh': SCRIPT })), Source.data(path, text(new CfnParameter(stack, 'Value').valueAsString))],
});
const findsWithValue = (what: string, path: string, text: (value: string) => string, level: Finds[2], says: string): Finds =>
  [what, withValue(path, text), level, ['group-0'], says, SOURCE];

testRule(scriptLineEndings, {
  namesFiles: true,
  alone: true,
  silent: [
    ['Unix line ends', beside({ 'a.sh': SCRIPT })],
    ['a binary file', beside({ binary: Buffer.from([0, 13, 10, 0xef, 0xbb, 0xbf]) })],
    ...[
      ['a.py', 'exit()'], ['a', '#!/usr/bin/python3'], ['a.sh.txt', 'exit 0'], ['a.txt', 'see #!/bin/bash'], ['windows.txt', 'read me'],
    ].map(([path, line]): Silent => [`CR LF in ${path} that begins with ${line}, which no shell reads`, beside({ [path]: `${line}\r\n` })]),
  ],
  finds: [
    ['CR LF in the entry script', clusterOn({ 'on_create.sh': '#!/bin/bash\r\nexit 0\r\n' }), 'error', ['group-0'], 'on_create.sh:1: 2 of 2 lines', SOURCE],
    finds('CR LF in another script', { 'a.sh': '#!/bin/bash\n\r\n' }, 'warning', 'a.sh:2: 1 of 2 lines'),
    ...[['a.sh', 'exit 0'], ['a.bash', 'exit 0'], ['a', '#!/bin/sh'], ['a', '#!/usr/bin/env bash']].map(([path, line]) =>
      finds(`CR LF in ${path} that begins with ${line}, which a shell reads`, { [path]: `${line}\r\n` }, 'warning', `${path}:1: 1 of 1 lines`)),
  ],
  tokens: [
    ['a value that is known only at deployment', withValue('a.sh', value => `${SCRIPT}echo "${value}"\n`)],
    findsWithValue('a value that is known only at deployment, before CR LF', 'a.sh', value => `${SCRIPT}echo "${value}"\r\n`, 'warning', 'a.sh:3: 1 of 3 lines'),
  ],
});

testRule(scriptByteOrderMark, {
  namesFiles: true,
  alone: true,
  silent: [
    ['no byte order mark', beside({ 'a.sh': SCRIPT })],
    ['a byte order mark in a.txt', beside({ 'a.txt': '\uFEFF{}' })],
    ['a byte order mark within a binary file', beside({ binary: Buffer.from([0, 13, 10, 0xef, 0xbb, 0xbf]) })],
  ],
  finds: [
    ['a byte order mark in the entry script', clusterOn({ 'on_create.sh': `\uFEFF${SCRIPT}` }), 'warning', ['group-0'],
      'on_create.sh:1: begins with the bytes EF BB BF', SOURCE],
    ...['a.py', 'a.json'].map(path => finds(`a byte order mark in ${path}`, { [path]: '\uFEFF{}' }, 'warning', `${path}:1: `)),
  ],
  tokens: [
    ['a value that is known only at deployment', withValue('a.json', value => JSON.stringify({ value }))],
    findsWithValue('a value that is known only at deployment, after a byte order mark', 'a.json', value => `\uFEFF${JSON.stringify({ value })}`, 'warning',
      'a.json:1: begins with the bytes EF BB BF'),
  ],
});

testRule(scriptJson, {
  namesFiles: true,
  alone: true,
  silent: [
    ['JSON', beside({ 'config.json': '{"a": [1, 2]}\n' })],
    ['what is not called JSON', beside({ 'config.conf': '{' })],
  ],
  finds: [
    finds('invalid JSON', { 'a/b.json': '{\n  "a": 1,\n}\n' }, 'warning', 'a/b.json:3: '),
    finds('invalid JSON that AWS\'s scripts read', { 'provisioning_parameters.json': '{]' }, 'error', 'provisioning_parameters.json:1: '),
  ],
  tokens: [
    ['values that are known only at deployment, whatever they are', clusterOn({}, {
      sources: (stack: Stack) => [
        Source.asset(directoryOf({ 'on_create.sh': SCRIPT })),
        Source.jsonData('values.json', {
          text: stack.stackId,
          joined: `<${stack.region}>`,
          number: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber,
          list: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
        }),
      ],
    })],
    findsWithValue('a value that is known only at deployment, in invalid JSON', 'a.json', value => `{\n  "a": "${value}",\n}\n`, 'warning', 'a.json:3: '),
  ],
});

testRule(scriptPlaceholders, {
  namesFiles: true,
  alone: true,
  silent: [
    ['no placeholders', beside({ 'a.conf': 'x\n' })],
    ['a placeholder that a script replaces', beside({
      'install.sh': `${SCRIPT}sed -i "s/PLACEHOLDER_HOST/$(hostname)/" conf\n`, 'conf': 'host = PLACEHOLDER_HOST\n',
    })],
    ['a placeholder in documentation', beside({ 'README.md': 'Replace <your-bucket>\n' })],
  ],
  finds: [
    ['placeholders', clusterOn({ 'on_create.sh': `${SCRIPT}aws s3 ls s3://<your-bucket>\n`, 'a.conf': 'x\nREPLACE_ME\n' }), 'warning', ['group-0'],
      ['a.conf:2: REPLACE_ME', 'on_create.sh:3: <your-bucket>'], SOURCE],
  ],
  tokens: [
    ['a value that is known only at deployment', withValue('a.conf', value => `bucket = <${value}>\n`)],
    findsWithValue('a value that is known only at deployment, beside a placeholder', 'a.conf', value => `a = ${value}\nb = REPLACE_ME\n`, 'warning',
      'a.conf:2: REPLACE_ME'),
  ],
});

const configured = (bucket: string) => `class Config:\n    # mount\n    enable_mount_s3 = True\n    s3_bucket = "${bucket}" # required\n`;

testRule(mountS3Bucket, {
  namesFiles: true,
  alone: true,
  silent: [
    ['a bucket that is mounted, and named', beside({ 'config.py': configured('training-data') })],
    ['a bucket that is not mounted', beside({ 'config.py': 'class Config:\n    enable_mount_s3 = False\n    s3_bucket = ""\n' })],
    ['another file, in a directory', beside({ 'samples/config.py': configured('') })],
  ],
  finds: [
    finds('a bucket that is mounted, and not named', { 'config.py': configured('') }, 'warning', 'config.py:3: enable_mount_s3 is True'),
  ],
  tokens: [
    ['a bucket whose name is known only at deployment', withValue('config.py', configured)],
    findsWithValue('another value that is known only at deployment', 'config.py', value => `${configured('')}    region = "${value}"\n`, 'warning',
      'config.py:3: enable_mount_s3 is True'),
  ],
});
