import { CfnParameter } from 'aws-cdk-lib';
import { restrictedFileSystems } from '../../../src/preflight/properties/restricted-file-systems';
import { sharedEnvironment } from '../../../src/preflight/properties/shared-environment';
import { eks, restrictedGroup } from '../private/cluster-properties';
import { testRule } from '../private/rule-tester';

const fileSystem = (sizeInGiB: number, perUnitStorageThroughput = 125) => ({ fSxLustreConfig: { sizeInGiB, perUnitStorageThroughput } });
const own = (...config: [number, number?]) => eks({}, { restrictedInstanceGroups: [restrictedGroup('nova', { environmentConfig: fileSystem(...config) })] });
const shared = (config: object) => eks({}, {
  restrictedInstanceGroups: [restrictedGroup('nova')],
  restrictedInstanceGroupsConfig: { sharedEnvironmentConfig: { fSxLustreDeletionPolicy: 'Keep', ...config } },
});
const OWN = 'RestrictedInstanceGroups.0.EnvironmentConfig.FSxLustreConfig';
const SHARED = 'RestrictedInstanceGroupsConfig.SharedEnvironmentConfig.FSxLustreConfig';

testRule(restrictedFileSystems, {
  silent: [
    ['the smallest', own(1200)],
    ['the largest', own(100_800, 1000)],
    ['a multiple of 2400 GiB', own(4800, 250)],
    ['a shared one', shared(fileSystem(2400))],
  ],
  finds: [
    ['another size', own(3600), 'warning', ['nova'], 'SizeInGiB 3600 is neither 1200 nor a multiple of 2400', [`${OWN}.SizeInGiB`]],
    [
      'another throughput', own(2400, 200), 'warning', ['nova'], 'PerUnitStorageThroughput 200 is none of 125, 250, 500, 1000',
      [`${OWN}.PerUnitStorageThroughput`],
    ],
    ['a shared one of another size', shared(fileSystem(1201)), 'warning', [], 'that of the shared environment', [`${SHARED}.SizeInGiB`]],
  ],
  tokens: [['a size and a throughput that only the deployment knows', stack => {
    const [size, throughput] = ['Size', 'Throughput'].map(id => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber);
    return own(size, throughput);
  }]],
});

testRule(sharedEnvironment, {
  silent: [['a file system', shared(fileSystem(2400))], ['no shared environment', own(1200)]],
  finds: [['no file system', shared({}), 'warning', [], 'the API requires it, CloudFormation\'s schema does not', [SHARED]]],
  tokens: [['a size that only the deployment knows', stack => shared(fileSystem(new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber))]],
});
