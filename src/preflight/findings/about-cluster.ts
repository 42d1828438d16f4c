import type { Level, Observation } from './observation';

/**
 * An observation about the cluster as a whole.
 *
 * @param properties of the cluster, as `VpcConfig.Subnets`
 */
export function aboutCluster(level: Level, message: string, ...properties: readonly string[]): Observation {
  return { subjects: [], level, message, locations: properties.map(property => `Properties.${property}`) };
}
