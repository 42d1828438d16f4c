import type { ClusterModel } from './cluster-model';

/** A number that is known at synth. CloudFormation takes numbers in quotes too. */
export function knownNumber(cluster: ClusterModel, json: any): number | undefined {
  const text = knownText(cluster, json);
  return text === undefined || !/^-?\d+(\.\d+)?$/.test(text) ? undefined : Number(text);
}

/** A boolean that is known at synth. CloudFormation takes booleans in quotes too. */
export function knownBoolean(cluster: ClusterModel, json: any): boolean | undefined {
  const text = knownText(cluster, json)?.toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** A string that is known at synth. */
export function knownText(cluster: ClusterModel, json: any): string | undefined {
  return cluster.string(json)?.literal;
}
