import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { both, type Ternary } from '../../template/ternary';

const SEGMENTS = 6;

/**
 * Does a policy's resource or principal pattern match an ARN?
 *
 * IAM compares ARNs segment by segment; within a segment a wildcard reaches over anything. One at the end of a segment may reach over
 * the colon, so that it does not settle that an ARN with a colon in its resource is not matched
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). Only colons that can be seen count:
 * a symbol in the resource, as an object's key, is taken to hold none.
 */
export function matchArn(pattern: SymbolicString, arn: SymbolicString): Ternary {
  if (pattern.literal === '*') { return 'yes'; }
  const patterns = pattern.split(':', SEGMENTS);
  const segments = arn.split(':', SEGMENTS);
  if (isWhole(patterns) && isWhole(segments)) {
    const matches = patterns.reduce<Ternary>((match, segment, index) => match === 'no' ? match : both(match, matchGlob(segment, segments[index])), 'yes');
    const reachesOver = matches === 'no' && segments[SEGMENTS - 1].splitOnce(':') && patterns.slice(0, -1).some(mayEndInWildcard);
    return reachesOver && matchGlob(pattern, arn) !== 'no' ? 'unknown' : matches;
  }
  if (pattern.equals(arn)) { return 'yes'; }
  // Fewer segments than an ARN has: a symbol may stand for several of them, and what a wildcard would do is not documented.
  return matchGlob(pattern, arn) === 'no' ? 'no' : 'unknown';
}

function isWhole(segments: readonly SymbolicString[]): boolean {
  return segments.length === SEGMENTS && segments.every((segment, index) => index === SEGMENTS - 1 || holdsNoColon(segment));
}

/** A symbol for a whole ARN would shift the segments that are counted behind it. */
function holdsNoColon(segment: SymbolicString): boolean {
  return segment.symbols.every(({ alphabet }) => alphabet === undefined ? segment.pieces.length === 1 : !alphabet.includes(':'));
}

function mayEndInWildcard(segment: SymbolicString): boolean {
  const last = segment.pieces.at(-1);
  return typeof last === 'string' ? last.endsWith('*') : last !== undefined && last.alphabet === undefined;
}
