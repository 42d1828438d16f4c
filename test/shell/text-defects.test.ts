import { byteOrderMark, carriageReturns, invalidJson, missingShebang, placeholders } from '../../src/shell/text-defects';

test.each<[string, string, object | undefined]>([
  ['LF', '#!/bin/bash\nexit 0\n', undefined],
  ['nothing', '', undefined],
  ['CR within a line', 'printf "a\rb"\n', undefined],
  ['CR LF everywhere', '#!/bin/bash\r\nexit 0\r\n', { line: 1, detail: '2 of 2 lines end in CR LF' }],
  ['CR LF in one line', '#!/bin/bash\necho\r\nexit 0\n', { line: 2, detail: '1 of 3 lines end in CR LF' }],
  ['CR at the very end', '#!/bin/bash\r', { line: 1, detail: '1 of 1 lines end in CR LF' }],
])('line ends: %s', (_, text, defect) => {
  expect(carriageReturns(text)).toEqual(defect);
});

test.each<[string, string, number | undefined]>([
  ['none', '#!/bin/bash\n', undefined],
  ['at the beginning', '\uFEFF#!/bin/bash\n', 1],
  ['elsewhere', '#!/bin/bash\n\uFEFF', undefined],
])('byte order mark: %s', (_, text, line) => {
  expect(byteOrderMark(text)?.line).toBe(line);
});

test.each<[string, string, number | undefined]>([
  ['an interpreter', '#!/usr/bin/env python3\n', undefined],
  ['an interpreter behind a byte order mark, which is another matter', '\uFEFF#!/bin/bash\n', undefined],
  ['none', 'echo\n', 1],
  ['one line too late', '\n#!/bin/bash\n', 1],
  ['a space too much', ' #!/bin/bash\n', 1],
  ['nothing at all', '', 1],
])('shebang: %s', (_, text, line) => {
  expect(missingShebang(text)?.line).toBe(line);
});

test.each<[string, string, number | undefined]>([
  ['an object', '{"a": [1, true, null]}\n', undefined],
  ['deploy-time text', '{"a": "<<marker:0xbaba:0>>"}', undefined],
  ['a deploy-time number', '{"a": <<marker:0xbaba:0>>, "b": <<marker:0xbaba:12>>}', undefined],
  ['a byte order mark, which is another matter', '\uFEFF{}', undefined],
  ['a comma too much', '{\n  "a": 1,\n}\n', 3],
  ['a comment', '{\n  // a\n  "a": 1\n}', 2],
  ['single quotes', '{\n"a":\n\'b\'}', 3],
  ['an end too early', '{\n  "a": 1\n', 2],
  ['nothing', '', 1],
])('JSON: %s', (_, text, line) => {
  expect(invalidJson(text)?.line).toBe(line);
});

test.each<[string, string, string[]]>([
  ['PLACEHOLDER_', 'a=1\nurl=PLACEHOLDER_URL\n', ['2 PLACEHOLDER_URL']],
  ['REPLACE_', '{"key": "REPLACE_ME"}', ['1 REPLACE_ME']],
  ['<your-…>', 'aws s3 ls s3://<your-bucket name>/', ['1 <your-bucket name>']],
  ['in lower case', '"replace_with_bucket"', ['1 replace_with_bucket']],
  ['several', '<your-a> <your-b>\nPLACEHOLDER_C', ['1 <your-a>', '1 <your-b>', '2 PLACEHOLDER_C']],
  ['none', 'echo "all is replaced, nothing to place hold"', []],
  ['a comment', '# replace <your-bucket>\n  // PLACEHOLDER_A', []],
  ['part of another name', 'NO_REPLACE_EXISTING and MY_PLACEHOLDER_A', []],
  ['a variable that is assigned', 'REPLACE_EXISTING=true\necho REPLACE_EXISTING', []],
  ['a variable that is read', 'echo "$REPLACE_EXISTING ${REPLACE_OTHER}"', []],
  ['a deploy-time value', '{"a": "<<marker:0xbaba:0>>"}', []],
])('placeholders: %s', (_, text, found) => {
  expect(placeholders(text, []).map(({ line, detail }) => `${line} ${detail}`)).toEqual(found);
});

test('a placeholder that a script replaces is none, in the script and in the file', () => {
  const script = '#!/bin/bash\nsed -i "s/PLACEHOLDER_HOST/$(hostname)/" conf\n';

  expect(placeholders(script, [script])).toEqual([]);
  expect(placeholders('host = PLACEHOLDER_HOST\nport = PLACEHOLDER_PORT', [script])).toEqual([{ line: 2, detail: 'PLACEHOLDER_PORT' }]);
});
