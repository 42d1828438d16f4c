import { App, CfnResource, Environment, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HyperPodPreflight } from '../../../src/preflight/hyperpod-preflight';
import { testApp } from '../../private/app';

/**
 * What CDK's validation says against apps that people write all the same: NotAction with Allow, a type in a Region where it is not yet,
 * a parameter that is not used, a policy in the older version of the language, a condition that is always true.
 */
const PERMITTED = ['W2512', 'F3006', 'W2001', 'W2511', 'W8003'];

/**
 * What the app proves of an instance group: its execution role can read its lifecycle scripts, it cannot, or that depends on what
 * only the deployment shows.
 */
export type Verdict = 'allowed' | 'denied' | 'unknown';

/** A small app, and what is to be concluded from it. */
export interface Case {
  readonly name: string;
  /** Of every instance group, or of each by its name. */
  readonly verdict: Verdict | Readonly<Record<string, Verdict>>;
  /** The rule of AWS, or the assumption, that it follows from. */
  readonly why: string;
  /** Where the stack is deployed. By default it is environment-agnostic. */
  readonly env?: Environment;
  /** By default it is called Training. */
  readonly stackName?: string;
  readonly app: (stack: Stack) => void;
}

/** A finding as the CLI prints it. */
export interface PrintedFinding {
  /** The rule, as `HyperPod-LifecycleBucketAccess`. */
  readonly rule: string;
  /** The rule and its subjects, as `HyperPod-LifecycleBucketAccess[controller,workers]`. */
  readonly id: string;
  readonly subjects: readonly string[];
  readonly level: 'error' | 'warning';
  /** The path of the construct that it is about. */
  readonly path: string;
  readonly message: string;
}

/** What is built, without what is to be concluded. */
export type Scenario = Pick<Case, 'app' | 'env' | 'stackName'>;

/** Synthesizes the app with the check on all of its stages, and CDK's own validation of the templates on. */
export function findingsOf(scenario: Scenario): PrintedFinding[] {
  return synthesize(scenario).findings;
}

/** The verdict on each instance group of the app. */
export function verdictsOf(scenario: Scenario): Record<string, string> {
  const { app, findings } = synthesize(scenario);
  const verdicts = Object.fromEntries(instanceGroups(app).map(group => [group, 'allowed']));
  for (const { rule, subjects, level, message } of findings) {
    if (rule === 'HyperPod-PreflightFailed') { throw new Error(message); }
    if (rule !== 'HyperPod-LifecycleBucketAccess') { continue; }
    if (subjects.length === 0) { throw new Error(message); }
    subjects.forEach(group => { verdicts[group] = level === 'error' ? 'denied' : 'unknown'; });
  }
  return verdicts;
}

/** Runs the cases of one theme. What a test is called says what a reader may conclude. */
export function corpus(theme: string, cases: readonly Case[]): void {
  describe(theme, () => {
    test.each(cases.map(one => ({ ...one, printed: printed(one.verdict) })))('$printed: $name — $why', one => {
      const verdicts = verdictsOf(one);
      const groups = Object.keys(verdicts);
      expect(groups.length).toBeGreaterThan(0);
      const { verdict } = one;
      expect(verdicts).toEqual(typeof verdict === 'string' ? Object.fromEntries(groups.map(group => [group, verdict])) : verdict);
    });
  });
}

function printed(verdict: Case['verdict']): string {
  return typeof verdict === 'string' ? verdict : Object.entries(verdict).map(([group, one]) => `${group} ${one}`).join(', ');
}

function synthesize({ app: build, env, stackName }: Scenario): { app: App; findings: PrintedFinding[] } {
  const app = testApp();
  Validations.of(app).acknowledge(...PERMITTED.map(id => ({ id: `CloudFormation-Validate::${id}`, reason: 'The corpus has such apps on purpose.' })));
  build(new Stack(app, 'Training', { env, stackName }));
  for (const stage of app.node.findAll().filter(Stage.isStage)) {
    HyperPodPreflight.applyTo(stage);
  }
  const findings = app.synth().stacksRecursively.flatMap(({ messages }) => messages)
    .filter(({ level }) => level === 'error' || level === 'warning')
    .map(({ id, level, entry }) => finding(id, level as 'error' | 'warning', String(entry.data)));
  return { app, findings };
}

function finding(path: string, level: 'error' | 'warning', text: string): PrintedFinding {
  const [, message, id] = /^(.*?) (?:\(|\[ack: )Annotation::(.*)[)\]]$/s.exec(text) ?? [text, text, ''];
  const [, rule, subjects] = /^([^[]*)(?:\[(.*)\])?$/.exec(id)!;
  return { rule, id, subjects: subjects?.split(',') ?? [], level, path: path.slice(1), message };
}

function instanceGroups(root: IConstruct): string[] {
  return root.node.findAll().filter(CfnResource.isCfnResource)
    .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::SageMaker::Cluster')
    .flatMap(cluster => {
      const [rendered] = Object.values<any>(cluster.stack.resolve(cluster._toCloudFormation()).Resources);
      const { InstanceGroups = [] } = rendered.Properties;
      return InstanceGroups.map(({ InstanceGroupName }: any) => InstanceGroupName);
    });
}
