import type { Property } from '../core/property';
import { about, type Subject } from '../findings/about';
import { namedGroups } from '../findings/group-names';
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
  check: cluster => unoffered(cluster, cluster.at('RestrictedInstanceGroupsConfig', 'SharedEnvironmentConfig', 'FSxLustreConfig'),
    'the shared environment of the restricted instance groups'),
  checkGroup: (_, group) => group.kind !== 'RestrictedInstanceGroups' ? []
    : unoffered(group, group.at('EnvironmentConfig', 'FSxLustreConfig'), `the restricted ${namedGroups([group])}`),
};

function unoffered(subject: Subject, config: Property, who: string): Observation[] {
  const [size, throughput] = [config.at('SizeInGiB'), config.at('PerUnitStorageThroughput')];
  const mistakes = [
    ...size.number === undefined || size.number === SMALLEST_GIB || size.number % STEP_GIB === 0 ? []
      : [{ property: size, sentence: `SizeInGiB ${size.number} is neither ${SMALLEST_GIB} nor a multiple of ${STEP_GIB}.` }],
    ...throughput.number === undefined || THROUGHPUTS.includes(throughput.number) ? []
      : [{ property: throughput, sentence: `PerUnitStorageThroughput ${throughput.number} is none of ${THROUGHPUTS.join(', ')}.` }],
  ];
  return mistakes.length === 0 ? [] : [about(subject, 'warning',
    [`FSx offers no such file system as that of ${who}.`, ...mistakes.map(({ sentence }) => sentence)].join('\n'),
    ...mistakes.map(({ property }) => property))];
}
