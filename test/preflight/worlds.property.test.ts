import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import fc from 'fast-check';
import { type Assignment, ASSIGNMENTS, conditionalTemplate, deployed, isTrueOf, type Json } from './private/conditional-templates';
import { checkCluster } from '../../src/preflight/check-cluster';
import type { Finding } from '../../src/preflight/findings/finding';
import { Template } from '../../src/template/template';

const directory = mkdtempSync(join(tmpdir(), 'conditional-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The findings on the cluster of a template. */
function findingsOn(template: Json): Finding[] {
  const templateFile = join(directory, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template));
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const included = new CfnInclude(stack, 'Template', { templateFile });
  return checkCluster(included.getResource('Cluster') as CfnResource, Template.of(stack));
}

/** What is said of which part of the cluster: groups of which the same is so may be named together in one deployment and not in another. */
function partsOf({ rule, subjects }: Finding): string[] {
  return subjects.length === 0 ? [rule.id] : subjects.map(subject => `${rule.id}[${subject}]`);
}

function whenOf({ message }: Finding): string | undefined {
  return /\nThis is so when (.*)\.$/.exec(message)?.[1];
}

/** Clauses without which a statement would be true of the same deployments. */
function idleClauses(when: string): string[] {
  const covered = (text: string) => ASSIGNMENTS.map(assignment => isTrueOf(assignment, text)).join();
  return when.split(', or when ').flatMap((alternative, index, alternatives) => alternative.split(' and ').filter((_, at, clauses) => {
    const without = clauses.filter((__, other) => other !== at).join(' and ');
    return without !== '' && covered(alternatives.map((one, place) => place === index ? without : one).join(', or when ')) === covered(when);
  }));
}

test('what is found in a template with conditions is what is found in each of its deployments', () => {
  fc.assert(fc.property(conditionalTemplate, template => {
    const findings = findingsOn(template);
    const inEach = ASSIGNMENTS.map((assignment): [Assignment, Finding[]] => [assignment, findingsOn(deployed(template, assignment))]);

    for (const [assignment, expected] of inEach) {
      const said = findings.filter(finding => isTrueOf(assignment, whenOf(finding))).flatMap(partsOf);
      expect([...new Set(said)].sort()).toEqual([...new Set(expected.flatMap(partsOf))].sort());
    }
    for (const finding of findings) {
      const when = whenOf(finding);
      expect(finding.message).not.toContain('This is so when .');
      expect(when === undefined ? [] : idleClauses(when)).toEqual([]);
      // An error is wrong in every deployment.
      if (finding.level === 'error') {
        expect(partsOf(finding).filter(part => !inEach.every(([, expected]) =>
          expected.some(one => one.level === 'error' && partsOf(one).includes(part))))).toEqual([]);
      }
    }
  }), { numRuns: 20, seed: 12 });
}, 300_000);
