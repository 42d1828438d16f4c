import { readdirSync, readFileSync, statSync } from 'fs';
import { join, posix } from 'path';

/** What no page is looked for in: what is installed, built or synthesized. */
const NOT_OURS = ['node_modules', 'cdk.out', 'lib', 'dist', 'coverage', '.git'];

/** A page of Markdown, by its path relative to the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A link that leads nowhere, as `README.md: docs/nowhere.md`. */
export type BrokenLink = string;

/** Every page of Markdown under a directory. */
export function pagesUnder(root: string, directory = ''): Page[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(directory, entry.name);
    if (entry.isDirectory()) { return NOT_OURS.includes(entry.name) ? [] : pagesUnder(root, path); }
    return entry.name.endsWith('.md') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

/**
 * The links of pages to each other, to themselves and to files, that lead nowhere. Links to other sites are left alone.
 *
 * @param exists whether there is a file or a directory of that path
 */
export function brokenLinks(pages: readonly Page[], exists: (path: string) => boolean): BrokenLink[] {
  const anchors = new Map(pages.map(page => [page.path, anchorsOf(page)]));
  return pages.flatMap(page => linksOf(page).filter(link => {
    const [target, anchor] = link.split('#');
    const path = target === '' ? page.path : posix.join(posix.dirname(page.path), decodeURI(target));
    if (!anchors.has(path) && !exists(path)) { return true; }
    return anchor !== undefined && anchors.get(path)?.has(decodeURIComponent(anchor)) !== true;
  }).map(link => `${page.path}: ${link}`));
}

/** Whether a file or a directory is in the repository. */
export function existsUnder(root: string): (path: string) => boolean {
  return path => statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** Inline links, and definitions of reference links. */
function linksOf({ text }: Page): string[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(([^)\s]+)\)/g)];
  const definitions = [...prose.matchAll(/^\[[^\]]+\]: (\S+)$/gm)];
  return [...inline, ...definitions].map(([, target]) => target).filter(target => !/^[a-z]+:/.test(target));
}

/** Those that GitHub makes of headings, and those that are written as HTML. */
function anchorsOf({ text }: Page): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^ {0,3}#{1,6} +(.*?)(?: *#+)?\s*$/gm)].map(([, heading]) => slug(heading));
  const numbered = headings.map((heading, index) => {
    const before = headings.slice(0, index).filter(other => other === heading).length;
    return before === 0 ? heading : `${heading}-${before}`;
  });
  return new Set([...numbered, ...[...text.matchAll(/<a (?:name|id)="([^"]+)"/g)].map(([, name]) => name)]);
}

/** https://github.com/Flet/github-slugger: lower case, no punctuation, a hyphen for each space. */
function slug(heading: string): string {
  const shown = heading.replace(/<[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return shown.toLowerCase().replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').trim().replace(/ /g, '-');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)[^`][\s\S]*?\1/g, '');
}

function withoutFences(text: string): string {
  return text.replace(/^( *)(`{3,}|~{3,}).*\n[\s\S]*?^\1\2 *$/gm, '');
}
