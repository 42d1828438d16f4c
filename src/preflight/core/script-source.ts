import { SymbolicString } from '../../template/symbolic/symbolic-string';

/** Where the scripts of an instance group lie. */
export interface ScriptSource {
  readonly bucketName: SymbolicString;
  /** The keys of all scripts begin with it. Empty, or with a slash at its end. */
  readonly prefix: SymbolicString;
  /** The URI ends in a value that may have a slash of its own at its end, so that there is none behind it. */
  readonly mayHaveOwnSlash: boolean;
}

/**
 * Reads a `SourceS3Uri`: `s3://bucket/prefix`, or `https://` with the bucket in the host or first in the path
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
 *
 * @returns undefined if the bucket's name cannot be told apart, as in a URI that is a parameter as a whole.
 */
export function parseScriptSource(uri: SymbolicString): ScriptSource | undefined {
  const s3 = after(uri, 's3://');
  if (s3) { return bucketAndPrefix(s3); }
  const https = after(uri, 'https://');
  if (!https) { return undefined; }
  const [host, path] = https.splitOnce('/') ?? [https, SymbolicString.EMPTY];
  const bucket = bucketOfHost(host);
  // A bucket's own name may begin so, too: then the endpoint follows it.
  if (bucket.pieces.length === 0 && /^s3[.-]/.test(host.literalPrefix)) { return bucketAndPrefix(path); }
  return source(bucket, path);
}

/** A bucket's name may have dots, and `.s3` in it: the endpoint begins at the last one. */
function bucketOfHost(host: SymbolicString): SymbolicString {
  const labels = host.split('.s3').slice(0, -1);
  return SymbolicString.concat(...labels.flatMap((label, index) => index === 0 ? [label] : ['.s3', label]));
}

function bucketAndPrefix(text: SymbolicString): ScriptSource | undefined {
  const [bucket, prefix] = text.splitOnce('/') ?? [text, SymbolicString.EMPTY];
  return source(bucket, prefix);
}

function source(bucketName: SymbolicString, prefix: SymbolicString): ScriptSource | undefined {
  if (bucketName.pieces.length === 0 || isAccessPoint(bucketName)) { return undefined; }
  const last = prefix.pieces.at(-1);
  const mayHaveOwnSlash = typeof last === 'object' && last.alphabet?.includes('/') !== false;
  return { bucketName, prefix: withSlash(prefix), mayHaveOwnSlash };
}

/**
 * An alias of an access point stands where a bucket's name does, and no bucket's name ends so
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html).
 */
function isAccessPoint(bucketName: SymbolicString): boolean {
  const last = bucketName.pieces.at(-1);
  return typeof last === 'string' && last.endsWith('-s3alias');
}

/** The node agent reads `config` and `config/` alike: the directory of that name. */
function withSlash(prefix: SymbolicString): SymbolicString {
  const last = prefix.pieces[prefix.pieces.length - 1];
  return last === undefined || (typeof last === 'string' && last.endsWith('/')) ? prefix : SymbolicString.concat(prefix, '/');
}

function after(text: SymbolicString, start: string): SymbolicString | undefined {
  if (!text.literalPrefix.startsWith(start)) { return undefined; }
  const [, rest] = text.splitOnce(start)!;
  return rest;
}
