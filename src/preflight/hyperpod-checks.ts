import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import type {
  CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation,
} from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { checkCluster } from './check-cluster';
import { isCluster } from './core/cluster-resource';
import { isAcknowledged } from './findings/acknowledgements';
import { type Finding, findingId, pageOf } from './findings/finding';
import { RULES } from './rules';
import { topStack } from '../template/dependencies';
import { stageOf, Template } from '../template/template';

/** The namespace of our findings in the validation report, and so of their acknowledgements. */
const PACK_NAME = 'HyperPod';

/**
 * A cdk-nag pack that checks every SageMaker HyperPod cluster of an app, with the rules of `HyperPodPreflight`.
 *
 * It sees the whole app, clusters inside stages and nested stacks included, and puts its findings into CDK's validation report.
 * Errors stop `cdk synth`; warnings do so only under `--strict`. Run `cdk synth '**'` in an app with stages: without a pattern the
 * CLI reports only on stacks that stand directly in the app.
 *
 * Findings are acknowledged as those of any pack, by rule or one by one, on the cluster or anything around it:
 * `Validations.of(cluster).acknowledge({ id: 'HyperPod::HyperPod-LifecycleBucketAccess[workers]', reason: '…' })`.
 *
 * @example
 * declare const app: App;
 * Validations.of(app).addPlugins(new HyperPodChecks());
 */
export class HyperPodChecks extends NagPack {
  public readonly name: string = PACK_NAME;
  public readonly version?: string = packageVersion();
  public readonly ruleIds?: string[] = RULES.map(({ id }) => id);

  constructor() {
    super();
    this.packName = PACK_NAME;
  }

  /**
   * Checks the clusters in the stacks of a validation context: those of the app, or of the stage that the pack is added to.
   *
   * Never throws: CDK's command line takes a plugin that does for one that found nothing.
   *
   * @param context what CDK passes to its validation plugins
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const templates = new Map(context.stackTemplates.map(({ stackConstructPath, templatePath }) => [stackConstructPath, templatePath]));
    return report(context.appConstruct, {
      isInScope: cluster => templates.has(topStack(cluster.stack).node.path),
      // CDK names the templates of top-level stacks only; those of nested ones lie beside them.
      templatePath: ({ stack }) => join(dirname(templates.get(topStack(stack).node.path)!), stack.templateFile),
    });
  }

  /**
   * Checks the clusters in a scope, without synthesis.
   *
   * @param scope an app, a stack or any other construct
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    return report(scope, { isInScope: cluster => cluster.node.scopes.includes(scope), templatePath: () => undefined });
  }

  /**
   * Not used: the pack checks clusters as a whole.
   */
  protected checkResource(_node: CfnResource): void {}
}

/** Which clusters are asked about, and where their templates were written. */
interface Inquiry {
  readonly isInScope: (cluster: CfnResource) => boolean;
  readonly templatePath: (cluster: CfnResource) => string | undefined;
}

function report(scope: IConstruct, inquiry: Inquiry): PolicyValidationPluginReport {
  const violations = violationsIn(scope, inquiry);
  return { success: violations.every(({ severity }) => severity !== 'error'), violations };
}

function violationsIn(scope: IConstruct, { isInScope, templatePath }: Inquiry): PolicyViolation[] {
  try {
    const clusters = scope.node.findAll().filter(isCluster).filter(isInScope);
    const templates = new Map([...new Set(clusters.map(stageOf))].map(stage => [stage, Template.of(stage)]));
    return clusters
      .flatMap(cluster => checkCluster(cluster, templates.get(stageOf(cluster))!))
      .filter(finding => !isAcknowledged(finding) || isAcknowledgedInReport(finding))
      .map(finding => violation(finding, templatePath(finding.cluster)));
  } catch (error) {
    return [{
      ruleName: 'HyperPod-ChecksFailed',
      description: `The checks failed, so that it is not known whether the clusters are right: ${String(error)}`,
      severity: 'error',
      violatingResources: [{ constructPath: '', locations: [] }],
    }];
  }
}

/** What is acknowledged by its full id is left to CDK, which keeps a record of it in the report. */
function isAcknowledgedInReport(finding: Finding): boolean {
  return isAcknowledged(finding, `${PACK_NAME}::${findingId(finding)}`);
}

function violation(finding: Finding, templatePath?: string): PolicyViolation {
  const { cluster, rule, message, level, locations, isFailure } = finding;
  return {
    ruleName: findingId(finding),
    description: message,
    fix: isFailure ? rule.fix : `${rule.fix} See ${pageOf(rule)}`,
    severity: level,
    violatingResources: [{
      // The command line drops violations outside of the stacks that it was asked for, but never one without a path or template.
      constructPath: isFailure ? '' : cluster.node.path,
      // The report has logical id and locations only where the template is given.
      resourceLogicalId: cluster.stack.resolve(cluster.logicalId),
      templatePath: isFailure ? undefined : templatePath,
      locations: [...locations],
    }],
  };
}

function packageVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
