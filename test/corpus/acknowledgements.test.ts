import { Annotations, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { cluster, clusterOf, executionRole } from './private/building-blocks';
import { findingsOf, type Scenario } from './private/harness';

const ACCESS = 'HyperPod-LifecycleBucketAccess';
const SCRIPTS = 's3://our-scripts/config/';

const accessFindings = (scenario: Scenario) => findingsOf(scenario).filter(({ rule }) => rule === ACCESS);

describe('A finding is acknowledged', () => {
  const reason = 'The bucket\'s owner has been asked.';
  const acknowledged = (scope: (created: CfnCluster) => IConstruct, id: string, level: 'error' | 'warning'): Scenario => ({
    app: stack => {
      const role = level === 'error' ? executionRole(stack) : iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole');
      const created = clusterOf(stack, { controller: [role, SCRIPTS], workers: [role, SCRIPTS] });
      Validations.of(scope(created)).acknowledge({ id, reason });
    },
  });
  const spellings = [
    ACCESS, `Annotation::${ACCESS}`, `HyperPod::${ACCESS}`,
    `${ACCESS}[controller,workers]`, `Annotation::${ACCESS}[controller,workers]`, `HyperPod::${ACCESS}[controller,workers]`,
  ];

  test.each(spellings.flatMap(id => (['error', 'warning'] as const).map(level => ({ id, level }))))('by $id, of a $level', ({ id, level }) => {
    expect(accessFindings(acknowledged(created => created, id, level))).toEqual([]);
  });

  test.each<[string, (created: CfnCluster) => IConstruct]>([
    ['the cluster', created => created],
    ['the stack', created => created.stack],
    ['the app', created => created.node.root],
  ])('on %s', (_, scope) => {
    expect(accessFindings(acknowledged(scope, ACCESS, 'error'))).toEqual([]);
  });

  test('by each of its groups', () => {
    expect(accessFindings({
      app: stack => {
        const role = executionRole(stack);
        const created = clusterOf(stack, { controller: [role, SCRIPTS], workers: [role, SCRIPTS] });
        Validations.of(created).acknowledge({ id: `${ACCESS}[controller]`, reason }, { id: `${ACCESS}[workers]`, reason });
      },
    })).toEqual([]);
  });

  test('not by one of its groups', () => {
    expect(accessFindings(acknowledged(created => created, `${ACCESS}[controller]`, 'error'))).toHaveLength(1);
  });

  test('not by another rule, nor on another construct', () => {
    expect(accessFindings(acknowledged(created => created, 'HyperPod-PolicyOrdering', 'error'))).toHaveLength(1);
    expect(accessFindings({
      app: stack => {
        const role = executionRole(stack);
        cluster(stack, role, SCRIPTS);
        Validations.of(role).acknowledge({ id: ACCESS, reason });
      },
    })).toHaveLength(1);
  });

  test('alone: another group\'s stays', () => {
    const findings = accessFindings({
      app: stack => {
        const created = clusterOf(stack, {
          controller: [executionRole(stack), SCRIPTS], workers: [executionRole(stack, {}, 'Other'), SCRIPTS],
        });
        Validations.of(created).acknowledge({ id: `${ACCESS}[controller]`, reason });
      },
    });
    expect(findings.map(({ subjects }) => subjects)).toEqual([['workers']]);
  });

  test('by Annotations.acknowledgeWarning, if it is a warning', () => {
    expect(accessFindings({
      app: stack => Annotations.of(cluster(stack, iam.Role.fromRoleName(stack, 'Role', 'HyperPodRole'), SCRIPTS))
        .acknowledgeWarning(`Annotation::${ACCESS}[workers]`, reason),
    })).toEqual([]);
  });
});
