import { Case, eks, expectFindings, group, propertyFindings, restrictedGroup, slurm } from '../private/cluster-properties';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const FLEXIBLE = { instanceType: undefined, instanceRequirements: { instanceTypes: ['ml.m5.xlarge', 'ml.m5.2xlarge'] } };
const PLAN = 'arn:aws:sagemaker:us-west-2:111122223333:training-plan/spring-training';

test.each<Case>([
  ['one instance type', eks(), []],
  ['a list of instance types', eks(FLEXIBLE, CONTINUOUS), []],
  [
    'neither a type nor a list', eks({ instanceType: undefined }),
    ['error InstanceTypeOrRequirements[workers]'], ['instance group "workers" has neither InstanceType nor InstanceRequirements'],
  ],
  [
    'both a type and a list', eks({ ...FLEXIBLE, instanceType: 'ml.m5.xlarge' }, CONTINUOUS),
    ['error InstanceTypeOrRequirements[workers]'], ['instance group "workers" has both InstanceType and InstanceRequirements'],
  ],
  [
    'a type twice in the list', eks({ ...FLEXIBLE, instanceRequirements: { instanceTypes: ['ml.m5.xlarge', 'ml.m5.2xlarge', 'ml.m5.xlarge'] } }, CONTINUOUS),
    ['warning FlexibleInstanceTypes[workers]'], ['name ml.m5.xlarge more than once'],
  ],
  ['a minimum that is the count', eks({ instanceCount: 2, minInstanceCount: 2 }, CONTINUOUS), []],
  [
    'a minimum above the count', eks({ instanceCount: 2, minInstanceCount: 3 }, CONTINUOUS),
    ['error MinInstanceCount[workers]'], ['MinInstanceCount 3, but InstanceCount 2'],
  ],
  ['Spot capacity', eks({ capacityRequirements: { spot: {} } }, CONTINUOUS), []],
  ['On-Demand capacity of a training plan', eks({ capacityRequirements: { onDemand: {} }, trainingPlanArn: PLAN }), []],
  [
    'Spot capacity and a training plan', eks({ capacityRequirements: { spot: {} }, trainingPlanArn: PLAN }, CONTINUOUS),
    ['warning CapacityRequirements[workers]'], ['has CapacityRequirements.Spot and TrainingPlanArn'],
  ],
  [
    'Spot and On-Demand capacity', eks({ capacityRequirements: { spot: {}, onDemand: {} } }, CONTINUOUS),
    ['warning CapacityRequirements[workers]'], ['has CapacityRequirements.Spot and CapacityRequirements.OnDemand'],
  ],
  ['names that differ', slurm({}, { instanceGroups: [group('a'), group('b')] }), []],
  [
    'a name twice', slurm({}, { instanceGroups: [group('a'), group('b'), group('a')] }),
    ['error InstanceGroupNames[a]'], ['2 instance groups of the cluster are called "a"'],
  ],
  [
    'a name of a standard and of a restricted group', eks({}, { restrictedInstanceGroups: [restrictedGroup('workers')] }),
    ['error InstanceGroupNames[workers]'], ['2 instance groups of the cluster are called "workers"'],
  ],
])('%s', (_, ...expected) => expectFindings(...expected));

test('a finding tells where the properties stand', () => {
  const [{ locations }] = propertyFindings(eks({}, { restrictedInstanceGroups: [restrictedGroup('workers')] }));
  expect(locations).toEqual(['Properties.InstanceGroups.0.InstanceGroupName', 'Properties.RestrictedInstanceGroups.0.InstanceGroupName']);
});
