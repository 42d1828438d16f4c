import { type Files, findingsOn } from '../private/script-packages';

const SCRIPT = '#!/bin/bash\nset -euo pipefail\n';

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

test('files are seen where an upload below the prefix puts them', () => {
  const findings = findingsOn({ 'a.json': '{' }, { upload: { destinationKeyPrefix: 'config/deeper' } });

  // An upload below says nothing about what else lies at the prefix: only the app can have written there.
  expect(findings.map(({ rule, level }) => [rule, level])).toEqual([['HyperPod-EntryScriptMissing', 'warning'], ['HyperPod-ScriptJson', 'warning']]);
  expect(findings[1].message).toContain('deeper/a.json:1');
});

test('groups that share a package share its findings; a group with another entry script has its own', () => {
  const findings = findingsOn({ 'a.sh': '', 'b.sh': '', 'c.json': '{' }, {
    groups: ['a.sh', 'a.sh', 'b.sh', './a.sh'].map(onCreate => ({ lifeCycleConfig: { sourceS3Uri: 's3://sagemaker-scripts/config', onCreate } })),
  });

  expect(findings.map(({ path }) => path)).toEqual(Array(3).fill('Training/Cluster'));
  expect(findings.map(({ id }) => id)).toEqual([
    'HyperPod-EntryScriptShebang[group-0,group-1,group-3]',
    'HyperPod-EntryScriptShebang[group-2]',
    'HyperPod-ScriptJson[group-0,group-1,group-2,group-3]',
  ]);
});

const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.json`, '{']));

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
