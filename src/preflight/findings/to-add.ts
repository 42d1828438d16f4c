/**
 * A line that says which statements to add, as JSON to paste, and how to read what is known only at deployment.
 *
 * @param where as `Add to the role`
 */
export function toAdd(where: string, statements: string): string {
  return `${where}${statements.includes('${') ? ', each text with ${…} in a Fn::Sub' : ''}: ${statements}`;
}
