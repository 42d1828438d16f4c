/**
 * A resolved value with its intrinsic functions written as in the text of `Fn::Sub`: `${Bucket.Arn}`, `${AWS::AccountId}`.
 *
 * A function that `Fn::Sub` has no notation for stays as it is.
 */
export function inSubNotation(value: any): any {
  if (Array.isArray(value)) { return value.map(inSubNotation); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (typeof value.Ref === 'string') { return `\${${value.Ref}}`; }
  if (Array.isArray(value['Fn::GetAtt'])) { return `\${${value['Fn::GetAtt'].join('.')}}`; }
  if (typeof value['Fn::Sub'] === 'string') { return value['Fn::Sub']; }
  if (Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'];
    const printed = inSubNotation(parts);
    if (Array.isArray(printed) && printed.every(part => typeof part === 'string')) { return printed.join(separator); }
  }
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inSubNotation(child)]));
}
