import type { PolicyViolation } from 'aws-cdk-lib';

export interface PackFinding {
  /** The level and the id, as `error EbsVolumes[workers]`. */
  readonly summary: string;
  readonly message: string;
  readonly locations: readonly string[];
}

/** A finding of the pack. It names the groups that it is about, and says which properties of the cluster to look at. */
export function packFinding({ ruleName, description, severity, violatingResources: [{ locations = [] }] }: PolicyViolation): PackFinding {
  const [, subjects] = /\[(.*)\]$/.exec(ruleName) ?? [];
  for (const group of subjects?.split(',') ?? []) { expect(description).toContain(`"${group}"`); }
  expect(locations).not.toEqual([]);
  for (const location of locations) { expect(location).toMatch(/^Properties(\.[\w/]+)+$/); }
  return { summary: `${severity} ${ruleName.slice('HyperPod-'.length)}`, message: description, locations };
}
