import type { HasVariables } from './document';
import type { AccessRequest } from './request';
import { escapeWildcards } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import type { Ternary } from '../../template/ternary';

const VARIABLE = /(\$\{[^}]*\})/;

/** A pattern of a document as IAM reads it in a request. */
export function patternIn(request: AccessRequest, pattern: SymbolicString, hasVariables: HasVariables): SymbolicString | Ternary {
  if (hasVariables === 'unknown') { return mayHoldVariable(pattern) ? 'unknown' : pattern; }
  return hasVariables ? substituteVariables(pattern, request) : pattern;
}

function mayHoldVariable(pattern: SymbolicString): boolean {
  return pattern.pieces.some(piece => typeof piece === 'string' && piece.includes('${'));
}

/**
 * Replaces the policy variables of a pattern by their values in a request.
 *
 * A variable without a value makes its element match nothing; one that is not known makes it unknown
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
export function substituteVariables(pattern: SymbolicString, request: AccessRequest): SymbolicString | Ternary {
  if (!mayHoldVariable(pattern)) { return pattern; }
  const parts: SymbolicString[] = [];
  for (const piece of pattern.pieces) {
    if (typeof piece !== 'string') {
      parts.push(SymbolicString.symbol(piece));
      continue;
    }
    for (const [index, part] of piece.split(VARIABLE).entries()) {
      // A variable whose name is itself not known, as `${aws:PrincipalTag/` before a symbol.
      if (index % 2 === 0 && part.includes('${')) { return 'unknown'; }
      const value = index % 2 === 0 ? SymbolicString.literal(part) : valueOf(part.slice(2, -1), request);
      if (typeof value === 'string') { return value; }
      parts.push(value);
    }
  }
  return SymbolicString.concat(...parts);
}

function valueOf(variable: string, request: AccessRequest): SymbolicString | Ternary {
  if (['*', '?', '$'].includes(variable)) { return SymbolicString.literal(escapeWildcards(variable)); }
  // A default follows a comma, which does not occur in practice.
  const values = request.context.get(variable.trim().toLowerCase());
  if (!values || values.length > 1) { return 'unknown'; }
  const [value] = values;
  if (!value) { return 'no'; }
  // A value is text, so that a wildcard in it matches only itself.
  return value.pieces.some(piece => typeof piece === 'string' && /[*?]/.test(piece)) ? 'unknown' : value;
}
