import { readFileSync } from 'fs';
import { join } from 'path';
import { type App, type CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { HyperPodChecks } from '../../src/preflight/hyperpod-checks';
import { RULES } from '../../src/preflight/rules';
import { cluster, executionRole } from '../corpus/private/building-blocks';
import { testApp } from '../private/app';

/** What a plugin puts into the validation report, which the command line prints. */
interface Report {
  readonly pluginName: string;
  readonly pluginVersion?: string;
  readonly conclusion: 'success' | 'failure';
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly suggestedFix?: string;
  readonly reason?: string;
  readonly violatingConstructs: readonly { constructPath?: string; cloudFormationResource?: object }[];
}

function reportsOf(app: App): Record<string, Report> {
  try {
    app.synth();
  } catch {
    // In tests, errors in the report are thrown as well.
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return Object.fromEntries(pluginReports.map((report: Report) => [report.pluginName, report]));
}

/** The report on an app that has the pack. */
function reportOf(build: (app: App) => void): Report {
  const app = testApp();
  build(app);
  Validations.of(app).addPlugins(new HyperPodChecks());
  // CDK leaves out plugins that have nothing to report.
  return reportsOf(app).HyperPod ?? { pluginName: 'HyperPod', conclusion: 'success', violations: [] };
}

/** Where each violation is, as `Training/Cluster HyperPod-…`. */
function found({ violations }: Report): string[] {
  return violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${constructPath} ${ruleName}`)).sort();
}

const ACCESS = 'HyperPod-LifecycleBucketAccess[workers]';
const ORDERING = 'HyperPod-PolicyOrdering[workers]';

/** A cluster that cannot read its scripts. */
function wrong(scope: Construct): CfnResource {
  return cluster(scope, executionRole(scope), 's3://our-scripts/config/');
}

/** A cluster that does not wait for the policy by which its role reads the scripts. */
function doubtful(scope: Construct): CfnResource {
  const role = executionRole(scope);
  const statement = new PolicyStatement({ actions: ['s3:ListBucket', 's3:GetObject'], resources: ['arn:aws:s3:::our-scripts', 'arn:aws:s3:::our-scripts/*'] });
  new Policy(scope, 'Read', { roles: [role], statements: [statement] });
  return cluster(scope, role, 's3://our-scripts/config/');
}

describe('the report', () => {
  test('says what is wrong, where, with which property, and what to do about it', () => {
    const { pluginVersion, conclusion, violations } = reportOf(app => wrong(new Stack(app, 'Training')));

    expect(pluginVersion).toBe(JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version);
    expect(conclusion).toBe('failure');
    expect(violations).toEqual([expect.objectContaining({ ruleName: ACCESS, severity: 'error' })]);
    const [{ suggestedFix, violatingConstructs }] = violations;
    expect(suggestedFix).toMatch(/^Add the statements .* See https:\S+\/RULES\.md#hyperpod-lifecyclebucketaccess$/);
    expect(violatingConstructs).toEqual([expect.objectContaining({
      constructPath: 'Training/Cluster',
      cloudFormationResource: {
        templatePath: 'Training.template.json',
        logicalId: 'Cluster',
        propertyPaths: ['Properties.InstanceGroups.0.LifeCycleConfig.SourceS3Uri'],
      },
    })]);
  });

  test('names the template of a nested stack', () => {
    const { violations: [{ violatingConstructs: [{ cloudFormationResource }] }] } =
      reportOf(app => wrong(new NestedStack(new Stack(app, 'Training'), 'Nested')));
    expect(cloudFormationResource).toMatchObject({ templatePath: expect.stringMatching(/^TrainingNested\w+\.nested\.template\.json$/), logicalId: 'Cluster' });
  });

  test('names all rules that were looked at', () => {
    expect(new HyperPodChecks().ruleIds).toEqual(RULES.map(({ id }) => id));
  });

  test('succeeds where there are only warnings', () => {
    const { conclusion, violations } = reportOf(app => doubtful(new Stack(app, 'Training')));
    expect(violations.map(({ ruleName, severity }) => `${severity} ${ruleName}`)).toEqual([`warning ${ORDERING}`]);
    expect(conclusion).toBe('success');
  });
});

describe('the pack sees', () => {
  test('every stack of the app, nested ones and those inside stages', () => {
    expect(found(reportOf(app => {
      const stack = new Stack(app, 'Training');
      wrong(stack);
      wrong(new NestedStack(stack, 'Nested'));
      wrong(new Stack(app, 'Inference'));
      wrong(new Stack(new Stage(app, 'Beta'), 'Training'));
    }))).toEqual([
      `Beta/Training/Cluster ${ACCESS}`, `Inference/Cluster ${ACCESS}`, `Training/Cluster ${ACCESS}`, `Training/Nested/Cluster ${ACCESS}`,
    ]);
  });

  test('only the stacks of the stage that it is added to', () => {
    const app = testApp();
    wrong(new Stack(app, 'Training'));
    const [beta, gamma] = ['Beta', 'Gamma'].map(name => new Stage(app, name));
    [beta, gamma].forEach(stage => wrong(new Stack(stage, 'Training')));
    Validations.of(beta).addPlugins(new HyperPodChecks());
    expect(found(reportsOf(app).HyperPod)).toEqual([`Beta/Training/Cluster ${ACCESS}`]);
  });

  test('the same as without a pack of cdk-nag beside it, which sees the same as without ours', () => {
    const reports = (...plugins: (HyperPodChecks | AwsSolutionsChecks)[]) => {
      const app = testApp();
      wrong(new Stack(app, 'Training'));
      Validations.of(app).addPlugins(...plugins);
      const { HyperPod, AwsSolutions } = reportsOf(app);
      return { ours: HyperPod && found(HyperPod), theirs: AwsSolutions && found(AwsSolutions) };
    };
    const both = reports(new HyperPodChecks(), new AwsSolutionsChecks());
    expect(both.ours).toEqual(reports(new HyperPodChecks()).ours);
    expect(both.theirs).toEqual(reports(new AwsSolutionsChecks()).theirs);
    expect(both.theirs).toContain('Training/Role/Resource AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSageMakerClusterInstanceRolePolicy]');
  });
});

describe('a finding of the pack is acknowledged', () => {
  const reason = 'The bucket\'s owner has been asked.';
  const RULE = 'HyperPod-LifecycleBucketAccess';

  test.each([ACCESS, RULE, `Annotation::${ACCESS}`, `HyperPod::${RULE}`])('as %s, and is no part of the report', id => {
    const { conclusion, violations, suppressedViolations = [] } = reportOf(app =>
      Validations.of(wrong(new Stack(app, 'Training'))).acknowledge({ id, reason }));
    expect({ conclusion, violations, suppressedViolations }).toEqual({ conclusion: 'success', violations: [], suppressedViolations: [] });
  });

  test('by its full id, and the report keeps it with the reason', () => {
    const { conclusion, violations, suppressedViolations } = reportOf(app =>
      Validations.of(wrong(new Stack(app, 'Training'))).acknowledge({ id: `HyperPod::${ACCESS}`, reason }));
    expect({ conclusion, violations }).toEqual({ conclusion: 'success', violations: [] });
    expect(suppressedViolations).toEqual([expect.objectContaining({ ruleName: ACCESS, reason })]);
  });

  test('on the stack, for this stack only', () => {
    expect(found(reportOf(app => {
      const [mine, other] = ['Mine', 'Other'].map(name => new Stack(app, name));
      [mine, other].forEach(wrong);
      Validations.of(mine).acknowledge({ id: RULE, reason });
    }))).toEqual([`Other/Cluster ${ACCESS}`]);
  });
});

test('a walk that fails is an error without a path, which the command line never drops', () => {
  const { conclusion, violations } = reportOf(app => {
    const stack = new Stack(app, 'Training');
    wrong(stack);
    Object.defineProperty(app.node, 'findAll', { value: () => { throw new Error('lost the way'); } });
  });
  expect(conclusion).toBe('failure');
  expect(violations).toEqual([expect.objectContaining({ ruleName: 'HyperPod-ChecksFailed', severity: 'error' })]);
  expect(violations[0].violatingConstructs.map(({ constructPath }) => constructPath ?? '')).toEqual(['']);
});
