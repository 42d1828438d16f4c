import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as fc from 'fast-check';
import { contentHash } from '../../src/lifecycle/content-hash';

type Files = readonly (readonly [path: string, content: Uint8Array])[];

/** Files in up to two directories, none of which has the name of another's directory. */
const files: fc.Arbitrary<Files> = fc.uniqueArray(
  fc.tuple(
    fc.tuple(fc.constantFrom('', 'd/', 'd/e/'), fc.stringMatching(/^[a-c]{1,3}\.sh$/)).map(([directory, name]) => `${directory}${name}`),
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
  ),
  { minLength: 1, maxLength: 6, selector: ([path]) => path },
);

function hashOf(written: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'content-hash-'));
  try {
    for (const [path, content] of written) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    return contentHash(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('the same files have the same hash, in whatever order a directory came to have them', () => {
  fc.assert(fc.property(files.chain(some => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some], { minLength: some.length }))),
    ([written, shuffled]) => {
      expect(hashOf(shuffled)).toBe(hashOf(written));
    }));
});

test('one byte changed is another hash', () => {
  fc.assert(fc.property(files, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (written, which, where, difference) => {
    const changed = written.map(([path, content], index) => {
      const bytes = Uint8Array.from(content);
      // A byte wraps around at 256, so that it differs.
      if (index === which % written.length) { bytes[where % bytes.length] += difference; }
      return [path, bytes] as const;
    });

    expect(hashOf(changed)).not.toBe(hashOf(written));
  }));
});

test('a file more, a file less, or a file elsewhere is another hash', () => {
  fc.assert(fc.property(files, fc.nat(), (written, which) => {
    const at = which % written.length;
    const [path, content] = written[at];
    const others = written.filter((_, index) => index !== at);

    expect(hashOf([...written, ['f/new.sh', content]])).not.toBe(hashOf(written));
    expect(hashOf(others)).not.toBe(hashOf(written));
    expect(hashOf([...others, [`f/${path}`, content]])).not.toBe(hashOf(written));
  }));
});
