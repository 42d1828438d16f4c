import { createHash } from 'crypto';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { contentHash } from '../../src/lifecycle/content-hash';
import { filesUnder } from '../../src/private/files-under';

function directoryOf(files: Record<string, string | Buffer>): string {
  const directory = mkdtempSync(join(tmpdir(), 'content-hash-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

test('files are listed by relative path with forward slashes, sorted, hidden ones too', () => {
  const directory = directoryOf({ 'b.sh': '', 'a/z.sh': '', 'a.sh': '', '.hidden': '', 'a/b/c.sh': '' });

  expect(filesUnder(directory)).toEqual(['.hidden', 'a.sh', 'a/b/c.sh', 'a/z.sh', 'b.sh']);
});

describe('the hash is the same', () => {
  test('whatever the order of writing and the times of the files', () => {
    const first = directoryOf({ 'a.sh': '1', 'dir/b.sh': '2' });
    const second = directoryOf({ 'dir/b.sh': '2', 'a.sh': '1' });
    utimesSync(join(second, 'a.sh'), 1, 1);

    expect(contentHash(second)).toBe(contentHash(first));
  });

  test('on every machine and in every version, or all clusters would upload anew', () => {
    const expected = createHash('sha256').update('4:a.sh1:1').update('8:dir/b.sh2:23').digest('hex');

    expect(contentHash(directoryOf({ 'a.sh': '1', 'dir/b.sh': '23' }))).toBe(expected);
  });
});

test.each<[string, Record<string, string | Buffer>]>([
  ['a byte differs', { 'a.sh': '1', 'b.sh': '3' }],
  ['a line ending differs', { 'a.sh': '1', 'b.sh': '2\r' }],
  ['a file has another name', { 'a.sh': '1', 'c.sh': '2' }],
  ['a file is elsewhere', { 'a.sh': '1', 'dir/b.sh': '2' }],
  ['a file is missing', { 'a.sh': '1' }],
  ['contents are swapped', { 'a.sh': '2', 'b.sh': '1' }],
  ['bytes are not text', { 'a.sh': '1', 'b.sh': Buffer.from([0xff, 0xfe]) }],
])('the hash differs if %s', (_, files) => {
  expect(contentHash(directoryOf(files))).not.toBe(contentHash(directoryOf({ 'a.sh': '1', 'b.sh': '2' })));
});

test('the hash keeps name and content apart', () => {
  expect(contentHash(directoryOf({ a: 'bc' }))).not.toBe(contentHash(directoryOf({ ab: 'c' })));
});
