import { CfnParameter } from 'aws-cdk-lib';
import { minInstanceCount } from '../../../src/preflight/properties/min-instance-count';
import { eks } from '../private/cluster-properties';
import { testRule } from '../private/rule-tester';

const CONTINUOUS = { nodeProvisioningMode: 'Continuous' };
const COUNTS = ['InstanceGroups.0.MinInstanceCount', 'InstanceGroups.0.InstanceCount'];

testRule(minInstanceCount, {
  silent: [
    ['a minimum that is the count', eks({ instanceCount: 2, minInstanceCount: 2 }, CONTINUOUS)],
    ['no minimum', eks({ instanceCount: 2 }, CONTINUOUS)],
  ],
  finds: [
    ['a minimum above the count', eks({ instanceCount: 2, minInstanceCount: 3 }, CONTINUOUS), 'error', ['workers'], 'MinInstanceCount 3, but InstanceCount 2', COUNTS],
  ],
  tokens: [
    ['a minimum that only the deployment knows', stack =>
      eks({ instanceCount: 2, minInstanceCount: new CfnParameter(stack, 'Minimum', { type: 'Number' }).valueAsNumber }, CONTINUOUS)],
    ['a minimum that is chosen from some, one of which is above the count', stack => eks({
      instanceCount: 2, minInstanceCount: new CfnParameter(stack, 'Minimum', { type: 'Number', allowedValues: ['1', '3'], default: 1 }).valueAsNumber,
    }, CONTINUOUS), 'warning', ['workers'], ['MinInstanceCount 3, but', 'This is so when Minimum is 3.'], COUNTS],
  ],
});
