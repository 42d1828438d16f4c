import { App, type Environment, type PolicyViolation, Stack, Stage } from 'aws-cdk-lib';
import { CfnCluster, type CfnClusterProps } from 'aws-cdk-lib/aws-sagemaker';
import type { Level } from '../../../src/preflight/findings/observation';
import type { Rule } from '../../../src/preflight/findings/rule';
import { HyperPodChecks } from '../../../src/preflight/hyperpod-checks';
import { HyperPodPreflight } from '../../../src/preflight/hyperpod-preflight';
import { testApp } from '../../private/app';

/** A cluster in a stack, or whatever a function makes in it: more stacks and stages, too. */
export type TestedApp = CfnClusterProps | ((stack: Stack) => CfnClusterProps | unknown);

export interface AppOptions {
  readonly env?: Environment;
  /** For what CDK's own validation rejects or does not know yet. */
  readonly withoutValidation?: boolean;
  /** Values that the types of the L1 do not allow, by their path in the template. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** No other rule finds anything in the app. */
  readonly alone?: boolean;
}

/** An app on which the rule has nothing to say. */
export type Silent = readonly [what: string, app: TestedApp, options?: AppOptions];

/**
 * An app on which it has one thing to say: at which level, about which instance groups or other parts, in which words, about which properties
 * (without the leading `Properties.`).
 */
export type Finds = readonly [
  what: string, app: TestedApp, level: Level, subjects: readonly string[], says: string | readonly string[], locations: readonly string[],
  options?: AppOptions,
];

export interface RuleCases {
  readonly silent: readonly Silent[];
  readonly finds: readonly Finds[];
  /** Apps in which a value that the rule reads is known only at deployment, silent or not. */
  readonly tokens: readonly (Silent | Finds)[];
  /** Apps on which it has several things to say, by the level and the id of each, such as `error MinInstanceCount[workers]`. */
  readonly findsSeveral?: readonly (readonly [what: string, app: TestedApp, found: readonly string[], options?: AppOptions])[];
  /** Its messages name files, not the instance groups that they are about. */
  readonly namesFiles?: boolean;
  /** No other rule finds anything in the apps. */
  readonly alone?: boolean;
}

/** Tests a rule, through the Aspect and through the pack. What other rules find in the same apps, these tests say nothing about. */
export function testRule(rule: Rule, { silent, finds, tokens, findsSeveral = [], namesFiles = false, alone }: RuleCases): void {
  const isFinding = (one: Silent | Finds): one is Finds => one.length > 3;
  const ofTokens = { silent: tokens.filter((one): one is Silent => !isFinding(one)), finds: tokens.filter(isFinding) };

  describe(rule.id, () => {
    test('has a case of each kind', () => expect([silent, [...finds, ...findsSeveral], tokens].map(({ length }) => length > 0)).toEqual([true, true, true]));

    test.each([...silent, ...ofTokens.silent].map(([what, app, options]) => ({ what, app, options })))('is silent: $what', ({ app, options }) => {
      expect(findingsOf(rule, app, { alone, ...options }).map(summary)).toEqual([]);
    });

    const allFinds = [...finds, ...ofTokens.finds].map(one => ({ what: one[0], one }));
    const testFinding = ({ one }: { readonly one: Finds }) => {
      const [, app, level, subjects, says, locations, options] = one;
      const findings = findingsOf(rule, app, { alone, ...options });
      expect(findings.map(summary)).toEqual([`${level} ${named(rule, subjects)}`]);
      for (const words of [says].flat().concat(namesFiles ? [] : subjects.map(subject => `"${subject}"`))) { expect(findings[0].description).toContain(words); }
      expect(locationsOf(findings[0])).toEqual(locations.map(location => `Properties.${location}`));
    };
    if (allFinds.length > 0) { test.each(allFinds)('finds: $what', testFinding); }

    if (findsSeveral.length > 0) {
      test.each(findsSeveral.map(([what, app, found, options]) => ({ what, app, found, options })))('finds: $what', ({ app, found, options }) => {
        const findings = findingsOf(rule, app, { alone, ...options });
        expect(findings.map(summary)).toEqual(found);
        const namedIn = (violation: PolicyViolation) => subjectsOf(violation).filter(subject => violation.description.includes(`"${subject}"`));
        if (!namesFiles) { expect(findings.map(namedIn)).toEqual(findings.map(subjectsOf)); }
      });
    }
  });
}

/** What a rule finds in an app: by the Aspect and by the pack alike. */
export function findingsOf(rule: Rule, tested: TestedApp, { env, withoutValidation, overrides = {}, alone }: AppOptions = {}): PolicyViolation[] {
  const app = withoutValidation ? new App({ builtinCloudFormationValidation: false }) : testApp();
  const stack = new Stack(app, 'Training', { env });
  const made = typeof tested === 'function' ? tested(stack) : tested;
  if (isClusterProps(made)) {
    const cluster = new CfnCluster(stack, 'Cluster', made);
    Object.entries(overrides).forEach(([path, value]) => cluster.addPropertyOverride(path, value));
  }
  const stages = app.node.findAll().filter(Stage.isStage);
  for (const stage of stages) { HyperPodPreflight.applyTo(stage); }
  const all = new HyperPodChecks().validateScope(app).violations;
  const violations = all.filter(({ ruleName }) => idOf(ruleName) === rule.id);
  if (alone) { expect(all.map(summary)).toEqual(violations.map(summary)); }
  expect(printedBy(app, rule)).toEqual(violations.map(({ severity, description }) => `${severity}: ${description}`).sort());
  for (const violation of violations) {
    // What is an error in some deployments only is a warning that says in which.
    expect(violation.description.includes('\nThis is so when ') ? ['warning', ...rule.levels] : rule.levels).toContain(violation.severity);
    expect(locationsOf(violation)).not.toEqual([]);
  }
  return violations;
}

/** What the Aspect printed of a rule, with its level. */
function printedBy(app: App, rule: Rule): string[] {
  const assembly = app.synth();
  const stacks = [assembly, ...assembly.nestedAssemblies.map(({ nestedAssembly }) => nestedAssembly)].flatMap(({ stacks: all }) => all);
  return stacks.flatMap(({ messages }) => messages).map(({ level, entry }) => ({ level, text: String(entry.data) }))
    .flatMap(({ level, text }) => {
      const [, message, id = ''] = /^(.*)\n[^\n]* (?:\(|\[ack: )(?:Annotation::)?(.*)[)\]]$/s.exec(text) ?? [];
      return idOf(id) === rule.id ? [`${level}: ${message}`] : [];
    }).sort();
}

function isClusterProps(made: unknown): made is CfnClusterProps {
  return typeof made === 'object' && made !== null && !('node' in made) && !Array.isArray(made);
}

function summary({ severity, ruleName }: PolicyViolation): string {
  return `${severity} ${ruleName.slice('HyperPod-'.length)}`;
}

function named({ id }: Rule, subjects: readonly string[]): string {
  return id.slice('HyperPod-'.length) + (subjects.length === 0 ? '' : `[${subjects.join(',')}]`);
}

function idOf(ruleName: string): string {
  return ruleName.replace(/\[.*$/s, '');
}

function subjectsOf({ ruleName }: PolicyViolation): string[] {
  return /\[(.*)\]$/.exec(ruleName)?.[1].split(',') ?? [];
}

function locationsOf({ violatingResources: [{ locations = [] }] }: PolicyViolation): readonly string[] {
  return locations;
}
