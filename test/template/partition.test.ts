import { Fact, FactName, RegionInfo } from 'aws-cdk-lib/region-info';
import { partitionOfRegion } from '../../src/template/partition';

test('each Region that the CDK knows is in the partition, and has the URL suffix, that the CDK says', () => {
  const expected = RegionInfo.regions.map(({ name, partition, domainSuffix }) => [name, { name: partition, urlSuffix: domainSuffix }]);

  expect(expected.length).toBeGreaterThan(40);
  expect(RegionInfo.regions.map(({ name }) => {
    const { name: partition, urlSuffix } = partitionOfRegion(name);
    return [name, { name: partition, urlSuffix }];
  })).toEqual(expected);
});

test('the facts of the CDK are not read for any of them: to load them takes as long as to check a cluster', () => {
  const regions = RegionInfo.regions.map(({ name }) => name);
  const read = jest.spyOn(RegionInfo, 'get');

  regions.forEach(partitionOfRegion);

  expect(read).not.toHaveBeenCalled();
  read.mockRestore();
});

test.each([
  ['ap-southeast-99', 'aws', 'amazonaws.com'],
  ['us-gov-east-99', 'aws-us-gov', 'amazonaws.com'],
  ['cn-north-99', 'aws-cn', 'amazonaws.com.cn'],
  ['eusc-de-east-99', 'aws-eusc', 'amazonaws.eu'],
])('%s, a Region that the CDK does not know yet, is in %s', (region, name, urlSuffix) => {
  expect(RegionInfo.get(region).partition).toBeUndefined();
  expect(partitionOfRegion(region)).toMatchObject({ name, urlSuffix });
});

test('a Region of no known kind is what the app has registered, or else in aws', () => {
  expect(partitionOfRegion('xx-north-1')).toEqual({ name: 'aws', urlSuffix: 'amazonaws.com' });

  Fact.register({ region: 'xx-north-1', name: FactName.PARTITION, value: 'aws-xx' });
  Fact.register({ region: 'xx-north-1', name: FactName.DOMAIN_SUFFIX, value: 'amazonaws.xx' });
  try {
    expect(partitionOfRegion('xx-north-1')).toEqual({ name: 'aws-xx', urlSuffix: 'amazonaws.xx' });
  } finally {
    Fact.unregister('xx-north-1', FactName.PARTITION);
    Fact.unregister('xx-north-1', FactName.DOMAIN_SUFFIX);
  }
});
