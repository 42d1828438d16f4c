import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { brokenLinks, existsUnder, Page, pagesUnder } from './private/pages';

const ROOT = join(__dirname, '..', '..');
const PAGES = pagesUnder(ROOT);

/** Written from the doc comments, which rosetta and jsii check. */
const isGenerated = ({ path }: Page) => path === 'API.md';

test('every link of a page to another, and every anchor, leads somewhere', () => {
  const written = PAGES.filter(page => !isGenerated(page));

  expect(written.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'RULES.md', 'docs/failures.md', 'examples/mismatch/README.md']));
  expect(brokenLinks(PAGES, existsUnder(ROOT)).filter(link => !link.startsWith('API.md:'))).toEqual([]);
});

test('every rule and warning that a page names is one of the library', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  const known = new Set(sources.flatMap(file => readFileSync(join(ROOT, 'src', file), 'utf8').match(/HyperPod-[A-Z]\w+/g) ?? []));
  // The changelog also names what is gone.
  const named = PAGES.filter(page => !isGenerated(page) && page.path !== 'CHANGELOG.md')
    .flatMap(({ path, text }) => [...new Set(text.match(/HyperPod-[A-Z]\w+/g) ?? [])].map(id => ({ path, id })));

  expect(named).toContainEqual({ path: 'README.md', id: 'HyperPod-LifecycleBucketAccess' });
  expect(named.filter(({ id }) => !known.has(id))).toEqual([]);
});

describe('A link is broken', () => {
  const page = (path: string, ...lines: string[]): Page => ({ path, text: lines.join('\n') });
  const other = page('docs/other.md', '# Other', '## A `code` heading, with *marks*', '## Twice', '## Twice', '<a name="by.hand"></a>');
  const files = ['src/index.ts', 'docs'];
  const broken = (path: string, text: string) => brokenLinks([page(path, '# Here', text), other], file => files.includes(file));

  test.each([
    ['README.md', '[page](docs/other.md)'],
    ['README.md', '[heading](docs/other.md#a-code-heading-with-marks)'],
    ['README.md', '[second of two](docs/other.md#twice-1)'],
    ['README.md', '[written anchor](docs/other.md#by.hand)'],
    ['README.md', '[itself](#here)'],
    ['README.md', '[file](src/index.ts), [directory](docs)'],
    ['docs/page.md', '[above](../src/index.ts), [beside](other.md)'],
    ['README.md', '[definition][1]\n\n[1]: docs/other.md'],
    ['README.md', '[site](https://example.com/nowhere.md#nothing)'],
    ['README.md', 'in code: `[page](nowhere.md)`'],
    ['README.md', '```md\n[page](nowhere.md)\n```'],
  ])('not in %s: %s', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });

  test.each([
    ['README.md', '[page](docs/nowhere.md)', 'docs/nowhere.md'],
    ['README.md', '[heading](docs/other.md#nothing)', 'docs/other.md#nothing'],
    ['README.md', '[third of two](docs/other.md#twice-2)', 'docs/other.md#twice-2'],
    ['README.md', '[itself](#there)', '#there'],
    ['README.md', '[anchor in a file](src/index.ts#L1)', 'src/index.ts#L1'],
    ['docs/page.md', '[not from the root](docs/other.md)', 'docs/other.md'],
    ['README.md', '[definition][1]\n\n[1]: nowhere.md', 'nowhere.md'],
    ['README.md', '`code` [page](nowhere.md) `code`', 'nowhere.md'],
    ['README.md', '```sh\nnpm ci\n```\n[page](nowhere.md)', 'nowhere.md'],
  ])('in %s: %s', (path, text, link) => {
    expect(broken(path, text)).toEqual([`${path}: ${link}`]);
  });
});
