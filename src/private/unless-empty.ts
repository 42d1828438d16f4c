/**
 * A list, or undefined if nothing is in it: CloudFormation's schema accepts no empty ones, and an empty one means none.
 */
export function unlessEmpty<T>(list?: T[]): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
