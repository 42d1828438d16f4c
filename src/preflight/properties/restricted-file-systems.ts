import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import { knownNumber } from '../core/literals';
import { spelledOut } from '../core/spelled-out';
import type { Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';

/** What FSx offers for persistent file systems on SSD. */
const SMALLEST_GIB = 1200;
const STEP_GIB = 2400;
const THROUGHPUTS = [125, 250, 500, 1000];

export const restrictedFileSystems: Rule = {
  id: 'HyperPod-RestrictedFileSystems',
  title: 'The file systems of restricted groups have a size and throughput that FSx offers',
  levels: ['warning'],
  prevents: [],
  why: 'HyperPod makes a Lustre file system for restricted groups. FSx offers 1200 GiB and multiples of 2400 GiB, with 125, 250, 500 or 1000 MB/s per TiB; '
    + 'the schema of the cluster allows every number between.',
  fix: 'Set SizeInGiB to 1200 or a multiple of 2400, and PerUnitStorageThroughput to 125, 250, 500 or 1000.',
  sources: [
    'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html',
    'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html',
  ],
  check: cluster => [
    ...unoffered(cluster, spelledOut(spelledOut(cluster.properties.RestrictedInstanceGroupsConfig)?.SharedEnvironmentConfig)?.FSxLustreConfig, [],
      'the shared environment of the restricted instance groups',
      'Properties.RestrictedInstanceGroupsConfig.SharedEnvironmentConfig.FSxLustreConfig'),
    ...spelledOutGroups(cluster, 'RestrictedInstanceGroups').flatMap(({ label, location, properties }) =>
      unoffered(cluster, spelledOut(properties.EnvironmentConfig)?.FSxLustreConfig, [label],
        `the restricted instance group "${label}"`, `${location}.EnvironmentConfig.FSxLustreConfig`)),
  ],
};

function unoffered(cluster: ClusterModel, json: any, subjects: readonly string[], who: string, location: string): Observation[] {
  const { SizeInGiB, PerUnitStorageThroughput } = spelledOut(json) ?? {};
  const size = knownNumber(cluster, SizeInGiB);
  const throughput = knownNumber(cluster, PerUnitStorageThroughput);
  const mistakes = [
    ...size === undefined || size === SMALLEST_GIB || size % STEP_GIB === 0 ? []
      : [{ name: 'SizeInGiB', sentence: `SizeInGiB ${size} is neither ${SMALLEST_GIB} nor a multiple of ${STEP_GIB}.` }],
    ...throughput === undefined || THROUGHPUTS.includes(throughput) ? []
      : [{ name: 'PerUnitStorageThroughput', sentence: `PerUnitStorageThroughput ${throughput} is none of ${THROUGHPUTS.join(', ')}.` }],
  ];
  return mistakes.length === 0 ? [] : [{
    subjects,
    level: 'warning',
    locations: mistakes.map(({ name }) => `${location}.${name}`),
    message: [`FSx offers no such file system as that of ${who}.`, ...mistakes.map(({ sentence }) => sentence)].join('\n'),
  }];
}
