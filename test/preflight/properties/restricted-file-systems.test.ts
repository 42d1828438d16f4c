import { Case, eks, expectFindings, restrictedGroup } from '../private/cluster-properties';

describe('file systems of restricted groups', () => {
  const fileSystem = (sizeInGiB: number, perUnitStorageThroughput = 125) => ({ fSxLustreConfig: { sizeInGiB, perUnitStorageThroughput } });
  const own = (...config: [number, number?]) => eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { environmentConfig: fileSystem(...config) })] });
  const shared = (config: object) => eks({}, {
    restrictedInstanceGroups: [restrictedGroup('nova')],
    restrictedInstanceGroupsConfig: { sharedEnvironmentConfig: { fSxLustreDeletionPolicy: 'Keep', ...config } },
  });

  test.each<Case>([
    ['the smallest', own(1200), []],
    ['the largest', own(100_800, 1000), []],
    ['a multiple of 2400 GiB', own(4800, 250), []],
    ['another size', own(3600), ['warning RestrictedFileSystems[nova]'], ['SizeInGiB 3600 is neither 1200 nor a multiple of 2400']],
    ['another throughput', own(2400, 200), ['warning RestrictedFileSystems[nova]'], ['PerUnitStorageThroughput 200 is none of 125, 250, 500, 1000']],
    ['a shared one', shared(fileSystem(2400)), []],
    ['a shared one of another size', shared(fileSystem(1201)), ['warning RestrictedFileSystems'], ['that of the shared environment']],
    ['no file system in a shared environment', shared({}), ['warning SharedEnvironment'], ['the API requires it, CloudFormation\'s schema does not']],
  ])('%s', (_, ...expected) => expectFindings(...expected));
});
