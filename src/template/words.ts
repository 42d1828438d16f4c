import type { SymbolicString } from './symbolic/symbolic-string';
import type { Assumption } from './world';

/** A value as a person names it: a parameter by its name, and what is computed by how it is. */
export function worded(value: SymbolicString): string {
  const [symbol, ...more] = value.pieces;
  if (more.length > 0 || typeof symbol !== 'object') { return value.toString(); }
  const { placeholder } = symbol;
  return placeholder.startsWith('{"') ? wordedFunction(JSON.parse(placeholder)) : placeholder;
}

function wordedFunction(json: any): string {
  if (Array.isArray(json)) { return json.map(wordedFunction).join(', '); }
  if (typeof json !== 'object' || json === null) { return String(json); }
  const [[name, argument] = ['', ''], ...others] = Object.entries<any>(json);
  if (others.length > 0) { return JSON.stringify(json); }
  switch (name) {
    case 'Ref':
    case 'Condition': return String(argument);
    case 'Fn::GetAtt': return [argument].flat().join('.');
    case 'Fn::Select': return `Select ${wordedFunction(argument[0])} of ${wordedFunction(argument[1])}`;
    case 'Fn::FindInMap': return `FindInMap ${[argument].flat().map(wordedFunction).join(' ')}`;
    default: return `${name.replace('Fn::', '')} of ${wordedFunction(argument)}`;
  }
}

/** An assumption about how the app is deployed, as a clause: `Stage is prod`. */
export function wordedAssumption({ variable: { name, values }, value, holds }: Assumption): string {
  if (values?.length === 2 && values[0] === 'true' && value === 'true') { return `${name} is ${holds}`; }
  return `${name} is ${holds ? '' : 'not '}${value === '' ? 'empty' : value}`;
}
