export type GroupKind = 'InstanceGroups' | 'RestrictedInstanceGroups';

/** That a condition of the template has an outcome. */
export type Guard = readonly [condition: string, outcome: boolean];

/** Where the template writes an instance group, and under which conditions it is there. */
export interface GroupPlace {
  readonly kind: GroupKind;
  /** Its place in its list, as the list is written. */
  readonly index: number;
  readonly json: any;
  readonly guards: readonly Guard[];
}

/** The instance groups that the template writes, in all branches of all conditions. None in a list that the template does not spell out. */
export function groupPlaces(clusterProperties: Readonly<Record<string, any>>): GroupPlace[] {
  return (['InstanceGroups', 'RestrictedInstanceGroups'] as const).flatMap(kind => branchesOf(clusterProperties[kind])
    .flatMap(list => Array.isArray(list.json) ? list.json.flatMap((item, index) => branchesOf(item, list.guards)
      .map(branch => ({ kind, index, ...branch }))) : []));
}

/** What a value may be, by the conditions that decide. */
function branchesOf(json: any, guards: readonly Guard[] = []): { json: any; guards: readonly Guard[] }[] {
  if (json === undefined || json?.Ref === 'AWS::NoValue') { return []; }
  if (!Array.isArray(json?.['Fn::If'])) { return [{ json, guards }]; }
  const [condition, whenTrue, whenFalse] = json['Fn::If'];
  return [...branchesOf(whenTrue, [...guards, [condition, true]]), ...branchesOf(whenFalse, [...guards, [condition, false]])];
}
