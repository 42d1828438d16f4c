import * as fc from 'fast-check';
import { accessCase } from './private/arbitrary-policies';
import { ConcreteCase } from './private/concrete-case';
import { naiveAllowed } from './private/naive-evaluator';
import { evaluateAccess } from '../../src/iam/policy/evaluate';
import { Distribution } from '../template/private/distribution';
import { Dice, Instantiation } from '../template/private/instantiation';

const CASES = 10_000;
const INSTANTIATIONS = 3;

/** Values that make symbols coincide with what stands in policies and requests. */
const FRAGMENTS = [
  '111111111111', '222222222222', 'eu-west-1', 'us-east-1', 'sagemaker-data', 'st-logs', 'st-logs-logs', 'st-data', 'data-111111111111', 'scripts', 'other',
  'St-Node', 'St-Other', 'NodeRole', '*', '', '*-data', 'GetObject', 'ListBucket', 'team', 'arn:aws:s3:::*', 'arn:aws:iam::111111111111:root', 'scripts/',
];

/**
 * "Allowed" and "denied" hold for everything that the symbols may stand for, and for everything that cannot be seen.
 */
test('a definite decision is that of IAM for every value of the symbols', () => {
  const answers = new Distribution();
  fc.assert(fc.property(accessCase, fc.integer({ min: 0, max: 0x7fffffff }), (symbolic, seed) => {
    const { allowed } = evaluateAccess(symbolic.request, symbolic.policies);
    answers.count(allowed);
    if (allowed === 'unknown') { return; }
    const dice = new Dice(seed);
    for (let time = 0; time < INSTANTIATIONS; time++) {
      const { request, policies, reading } = new ConcreteCase(symbolic, new Instantiation(dice, FRAGMENTS));
      if (naiveAllowed(request, policies, reading) !== (allowed === 'yes')) {
        throw new Error(`decided "${allowed}", but IAM decides otherwise of ${JSON.stringify({ request, policies, reading })}`);
      }
    }
  }), { numRuns: CASES });
  answers.expectEachAtLeast(0.1);
});
