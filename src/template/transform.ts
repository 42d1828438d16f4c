/**
 * Is a part of a template processed by a macro? `Fn::Transform` hands its siblings, and all that stands in them, to the macro, which may
 * replace any of it (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html).
 */
export function isTransformed(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'Fn::Transform' in json;
}

/** Is a value computed at deployment: a reference or a function, and nothing beside it? */
export function isIntrinsic(json: unknown): boolean {
  const [name, ...others] = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}
