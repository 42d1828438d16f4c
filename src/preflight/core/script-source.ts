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
  if (isOpaque(host, path)) { return undefined; }
  const bucket = bucketOfHost(host);
  // A bucket's own name may begin so, too: then the endpoint follows it.
  if (bucket.pieces.length === 0 && /^s3[.-]/.test(host.literalPrefix)) { return bucketAndPrefix(path); }
  return source(bucket, path);
}

/**
 * Hosts of access points and of endpoints have other parts than a bucket's name in front, and AWS does not say whether HyperPod resolves
 * escapes, or what it makes of a query (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-access-point-usage.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html).
 */
function isOpaque(host: SymbolicString, path: SymbolicString): boolean {
  const holds = (text: SymbolicString, pattern: RegExp) => text.pieces.some(piece => typeof piece === 'string' && pattern.test(piece));
  return holds(host, /s3-accesspoint|s3-object-lambda|s3-outposts|s3express|\bvpce\b/) || [host, path].some(text => holds(text, /[%?#]/));
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
  if (bucketName.pieces.length === 0 || isNoBucketName(bucketName) || mayHoldPrefix(bucketName)) { return undefined; }
  const last = prefix.pieces.at(-1);
  const mayHaveOwnSlash = typeof last === 'object' && last.alphabet?.includes('/') !== false;
  return { bucketName, prefix: withSlash(prefix), mayHaveOwnSlash };
}

/**
 * What stands where a bucket's name does, and names something else: the ARN or the alias of an access point, or a directory bucket, which
 * is read by other actions. No bucket's name has a colon or ends so
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
 */
function isNoBucketName(name: SymbolicString): boolean {
  const last = name.pieces.at(-1);
  return name.pieces.some(piece => typeof piece === 'string' && piece.includes(':'))
    || (typeof last === 'string' && /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(last));
}

/** A parameter of which a value that is written down has a slash may bring a part of the prefix along. */
function mayHoldPrefix({ symbols }: SymbolicString): boolean {
  return symbols.some(({ default: usual, values = [] }) => [usual, ...values].some(value => value?.includes('/')));
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
