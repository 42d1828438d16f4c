import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { group } from './private/cluster-properties';
import { findingsOf, type TestedApp } from './private/rule-tester';
import { SAMPLED_DEPLOYMENTS } from '../../src/preflight/findings/sampled-deployments';
import { minInstanceCount } from '../../src/preflight/properties/min-instance-count';

/** A number of so many digits, each by a condition of its own: 1 where it holds, as it does by default, else 0. */
function digits(stack: Stack, count: number): string {
  return Fn.join('', Array.from({ length: count }, (_, index) => {
    const parameter = new CfnParameter(stack, `P${index}`, { default: 'one' });
    const condition = new CfnCondition(stack, `C${index}`, { expression: Fn.conditionEquals(parameter.valueAsString, 'one') });
    return Fn.conditionIf(condition.logicalId, '1', '0').toString();
  }));
}

const minimumOf = (count: number): TestedApp => stack => ({
  instanceGroups: [group('workers', { instanceCount: 5, minInstanceCount: digits(stack, count) as unknown as number })],
  nodeProvisioningMode: 'Continuous',
});

const CDK_OFF = { withoutValidation: true };

test('ten conditions in one question are looked at in every way', () => {
  expect(findingsOf(SAMPLED_DEPLOYMENTS, minimumOf(10), CDK_OFF)).toEqual([]);
});

describe('eleven conditions in one question', () => {
  const sampled = findingsOf(SAMPLED_DEPLOYMENTS, minimumOf(11), CDK_OFF);

  test('are one finding, which says what was left out and what settles it', () => {
    expect(sampled.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([['HyperPod-SampledDeployments', 'warning']]);
    const [{ description }] = sampled;
    for (const words of ['HyperPod-MinInstanceCount', 'other combinations of P0, P1, P2', '`parameters` of CfnInclude']) { expect(description).toContain(words); }
  });

  test('are looked at as a deployment without parameters has them, first of all, and what is alike in the others is said once', () => {
    expect(findingsOf(minInstanceCount, minimumOf(11), CDK_OFF).map(({ description }) => description)).toEqual([
      expect.stringMatching(/MinInstanceCount 11111111111, but[^]*Other deployments have it alike, with other values\./),
    ]);
  });
});
