/** A defect in a text file, and the line that it is on, counted from 1. */
export interface TextDefect {
  readonly line: number;
  readonly detail: string;
}

const BYTE_ORDER_MARK = '\uFEFF';
/** What `s3deploy.Source.data` writes in place of a value that is known only at deployment. */
const DEPLOY_TIME_MARKER = /<<marker:0x[0-9a-f]+:\d+>>/gi;
const PLACEHOLDER = /(?<![\w$-])(?:PLACEHOLDER_\w+|REPLACE_\w+|<your-[^<>\n]*>)/gi;
const SUBSTITUTES = /\bsed\b|\benvsubst\b|\.replace\(|\bperl\b|\bawk\b/;

/** The first line that ends in a carriage return, and how many do. */
export function carriageReturns(text: string): TextDefect | undefined {
  const lines = text.split('\n').slice(0, -1).concat(text.endsWith('\r') ? [text.slice(text.lastIndexOf('\n') + 1)] : []);
  const affected = lines.flatMap((line, index) => line.endsWith('\r') ? [index + 1] : []);
  return affected.length === 0 ? undefined : { line: affected[0], detail: `${affected.length} of ${lines.length} lines end in CR LF` };
}

/** A file that begins with the UTF-8 byte order mark. */
export function byteOrderMark(text: string): TextDefect | undefined {
  return text.startsWith(BYTE_ORDER_MARK) ? { line: 1, detail: 'begins with the bytes EF BB BF' } : undefined;
}

/** A file that does not begin with `#!`. */
export function missingShebang(text: string): TextDefect | undefined {
  const [first] = withoutMark(text).split('\n');
  return first.startsWith('#!') ? undefined : { line: 1, detail: `begins with ${JSON.stringify(first.slice(0, 40))}` };
}

/** Text that is not JSON. Values that are known only at deployment do not count against it. */
export function invalidJson(text: string): TextDefect | undefined {
  const known = withoutMark(text).replace(DEPLOY_TIME_MARKER, '0').trimEnd();
  try {
    JSON.parse(known);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message);
    const line = known.slice(0, position ? Number(position[1]) : undefined).split('\n').length;
    return { line, detail: message.replace(/ \(line.*| in JSON at position.*/, '') };
  }
}

/**
 * Text that somebody meant to replace: `PLACEHOLDER_…`, `REPLACE_…`, `<your-…>`.
 *
 * Comments do not count, nor what is a variable, nor what the given scripts themselves replace.
 *
 * @param scripts the text of all scripts of the package
 */
export function placeholders(text: string, scripts: readonly string[]): TextDefect[] {
  const replaced = scripts.flatMap(script => script.split('\n')).filter(line => SUBSTITUTES.test(line)).join('\n');
  return text.replace(DEPLOY_TIME_MARKER, '').split('\n').flatMap((line, index) => {
    if (/^\s*(#|\/\/)/.test(line)) { return []; }
    return [...line.matchAll(PLACEHOLDER)].map(([found]) => found)
      .filter(found => !replaced.includes(found) && !isVariable(found, text))
      .map(found => ({ line: index + 1, detail: found }));
  });
}

/** The switches of AWS's config.py turn on that a bucket is mounted, and leave its name empty. */
export function mountWithoutBucket(text: string): TextDefect | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex(line => /^\s*enable_mount_s3\s*(:\s*bool\s*)?=\s*True\b/.test(line));
  const names = lines.flatMap(line => /^\s*s3_bucket\s*(?::\s*\w+\s*)?=\s*([^#]*)/.exec(line)?.[1].trim() ?? []);
  const isNamed = names.some(name => !['', '""', '\'\'', 'None'].includes(name));
  return at < 0 || isNamed ? undefined : { line: at + 1, detail: 'enable_mount_s3 is True, and s3_bucket names no bucket' };
}

function isVariable(name: string, text: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`\\$\\{?${name}\\b|^\\s*(?:export\\s+|readonly\\s+|local\\s+)?${name}=`, 'm').test(text);
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
