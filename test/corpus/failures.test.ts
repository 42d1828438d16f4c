import { App, Lazy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { cluster, executionRole, policy } from './private/building-blocks';
import { findingsOf } from './private/harness';
import { checkCluster } from '../../src/preflight/check-cluster';
import type { Rule } from '../../src/preflight/findings/rule';
import { Template } from '../../src/template/template';

const ACCESS = 'HyperPod-LifecycleBucketAccess';
const SCRIPTS = 's3://our-scripts/config/';

describe('A failure is never silent', () => {
  const failing: Rule = {
    id: 'HyperPod-Failing',
    title: '',
    levels: ['error'],
    prevents: [],
    why: '',
    fix: '',
    sources: [],
    check: () => { throw new Error('no such luck'); },
  };

  test('a rule that throws ends in an error that names it', () => {
    const stack = new Stack(new App(), 'Training');
    const created = cluster(stack, executionRole(stack), SCRIPTS);
    const findings = checkCluster(created, Template.of(created), [failing]);
    expect(findings).toMatchObject([{ level: 'error', rule: { id: 'HyperPod-Failing' } }]);
    expect(findings[0].message).toMatch(/HyperPod-Failing failed.*no such luck/);
  });

  test('a rule that throws leaves the others their say', () => {
    const stack = new Stack(new App(), 'Training');
    const created = cluster(stack, executionRole(stack), SCRIPTS);
    const silent: Rule = { ...failing, id: 'HyperPod-Warning', check: () => [{ subjects: [], level: 'warning', message: 'said', locations: [] }] };
    expect(checkCluster(created, Template.of(created), [failing, silent]).map(({ rule, level }) => [rule.id, level]))
      .toEqual([['HyperPod-Failing', 'error'], ['HyperPod-Warning', 'warning']]);
  });

  test('a value that cannot be read ends in an error that names the rule which asked for it', () => {
    const findings = findingsOf({
      app: stack => {
        let checking = false;
        const validating = (id: string, isChecking: boolean) => new Construct(stack, id).node.addValidation({
          validate: () => {
            checking = isChecking;
            return [];
          },
        });
        validating('Before', true);
        cluster(stack, executionRole(stack), SCRIPTS);
        validating('After', false);
        new s3.CfnBucketPolicy(stack, 'Policy', {
          bucket: 'our-scripts',
          policyDocument: Lazy.uncachedAny({
            produce: () => {
              if (checking) { throw new Error('not yet'); }
              return policy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::our-scripts/*' });
            },
          }),
        });
      },
    });
    const failures = findings.filter(({ message }) => message.includes('not yet'));
    expect(failures.map(({ level }) => level)).toContain('error');
    expect(failures.map(({ rule }) => rule)).toContain(ACCESS);
    expect(failures.every(({ rule, message, level }) => level === 'error' && message.startsWith(`The rule ${rule} failed`))).toBe(true);
  });
});
