import * as fc from 'fast-check';
import { matchArn } from '../../../src/iam/policy/arn';
import { matchGlob } from '../../../src/template/symbolic/glob';
import type { SymbolicString } from '../../../src/template/symbolic/symbolic-string';
import type { Ternary } from '../../../src/template/ternary';
import { naiveArnMatches, naiveGlobMatches } from '../../iam/private/naive-evaluator';
import { arnPair, globPair } from '../private/arbitrary-strings';
import { Distribution } from '../private/distribution';
import { Dice, Instantiation } from '../private/instantiation';

const CASES = 20_000;
const INSTANTIATIONS = 3;

const seed = fc.integer({ min: 0, max: 0x7fffffff });
const flag = fc.boolean();

/** Literal runs of a string: what another string's symbols may coincide with. */
function fragments(...strings: SymbolicString[]): string[] {
  return strings.flatMap(({ pieces }) => pieces.filter(piece => typeof piece === 'string')).flatMap(run => run.split(':'))
    .flatMap(run => [run, ...run.split('/'), run.slice(1), run.slice(0, -1)]);
}

/** Asserts without `expect`, which takes longer than what it is asked about. */
function holds(answer: Ternary, matches: boolean, pattern: string, subject: string): void {
  if ((answer === 'yes') !== matches) {
    throw new Error(`"${answer}", but ${JSON.stringify(pattern)} ${matches ? 'matches' : 'does not match'} ${JSON.stringify(subject)}`);
  }
}

describe('a definite answer about symbols holds for every value of them', () => {
  test('globs', () => {
    const answers = new Distribution();
    fc.assert(fc.property(globPair, flag, flag, seed, ({ pattern, subject }, ignoreCase, literal, number) => {
      const options = { ignoreCase, literal };
      const answer = matchGlob(pattern, subject, options);
      answers.count(answer);
      if (answer === 'unknown') { return; }
      const dice = new Dice(number);
      for (let time = 0; time < INSTANTIATIONS; time++) {
        const values = new Instantiation(dice, fragments(pattern, subject));
        const [concretePattern, concreteSubject] = [values.text(pattern), values.text(subject)];
        holds(answer, naiveGlobMatches(concretePattern, concreteSubject, options), concretePattern, concreteSubject);
      }
    }), { numRuns: CASES });
    answers.expectEachAtLeast(0.1);
  });

  test('ARNs, in both readings of a wildcard at the end of a segment', () => {
    const answers = new Distribution();
    fc.assert(fc.property(arnPair, flag, flag, seed, ({ pattern, subject }, wildcardsSpanSegments, shortPatternsMatch, number) => {
      const answer = matchArn(pattern, subject);
      answers.count(answer);
      if (answer === 'unknown') { return; }
      const reading = { wildcardsSpanSegments, shortPatternsMatch, roleAloneIsExcepted: false, everyoneEscapesBoundary: false };
      const dice = new Dice(number);
      for (let time = 0; time < INSTANTIATIONS; time++) {
        const values = new Instantiation(dice, fragments(pattern, subject));
        const [concretePattern, concreteSubject] = [values.text(pattern), values.text(subject)];
        holds(answer, naiveArnMatches(concretePattern, concreteSubject, reading), concretePattern, concreteSubject);
      }
    }), { numRuns: CASES });
    answers.expectEachAtLeast(0.1);
  });
});

describe('without symbols there is a definite answer, the concrete one', () => {
  const literal = ({ pattern, subject }: { pattern: SymbolicString; subject: SymbolicString }) =>
    pattern.literal !== undefined && subject.literal !== undefined;

  test('globs', () => {
    fc.assert(fc.property(globPair.filter(literal), flag, flag, ({ pattern, subject }, ignoreCase, asText) => {
      const options = { ignoreCase, literal: asText };
      expect(matchGlob(pattern, subject, options)).toBe(naiveGlobMatches(pattern.literal!, subject.literal!, options) ? 'yes' : 'no');
    }), { numRuns: 5_000 });
  });
});
