/** Is a value CloudFormation's to compute at deployment: a reference or an intrinsic function? */
function isComputed(json: any): boolean {
  const keys = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

/** The properties of an object that the template spells out. Undefined if there is no object, or only the deployment knows it. */
export function spelledOut(json: any): Readonly<Record<string, any>> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !isComputed(json) ? json : undefined;
}

/** The items of a list that the template spells out. Undefined if there is no list, or only the deployment knows it. */
export function spelledOutList(json: any): readonly any[] | undefined {
  return Array.isArray(json) ? json : undefined;
}

/** May a value hold more than the template spells out: is it computed, or put together by a macro as `Fn::Transform` (AWS::Include)? */
export function mayHoldMore(json: any): boolean {
  return typeof json === 'object' && json !== null && Object.keys(json).some(key => key === 'Ref' || key.startsWith('Fn::'));
}
