import { Annotations, AspectPriority, Aspects, type CfnResource, type IAspect, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isCluster } from './core/cluster-resource';
import { isAcknowledged } from './findings/acknowledgements';
import { type Finding, findingId, pageOf } from './findings/finding';
import { SynthPasses } from '../template/synth-passes';

/** CDK validates all constructs of an app in one go. */
const validations = new SynthPasses({ isPrepared: true });

/**
 * An Aspect that checks every SageMaker HyperPod cluster in its scope at synth: that each instance group's execution role can read
 * its lifecycle scripts, and whatever else can be known before deployment.
 *
 * What cannot deploy or boot is reported as an error, which stops `cdk synth`; what may fail, or cannot be known, as a warning that
 * says what is missing. It reads the CloudFormation resources, so that it judges a `HyperPodCluster`, a `CfnCluster` and a template
 * read with `CfnInclude` alike. Each finding can be acknowledged by its id, on the cluster or anything around it.
 *
 * Every `HyperPodCluster` brings its own. An Aspect never visits the constructs inside a nested `Stage`: apply it to a stack or a
 * stage, not to an app that has stages. The check runs when CDK validates the constructs, after the last Aspect; a synthesis with
 * `skipValidation` has none.
 *
 * @example
 * declare const stack: Stack;
 * HyperPodPreflight.applyTo(stack);
 */
export class HyperPodPreflight implements IAspect {
  /**
   * Checks the clusters in a scope, after all Aspects, which may still change them or what they need.
   *
   * @param scope a stack, a stage or any other construct
   */
  public static applyTo(scope: IConstruct): void {
    Aspects.of(scope).add(new HyperPodPreflight(), { priority: AspectPriority.READONLY });
  }

  private readonly clusters = new WeakSet<IConstruct>();

  /**
   * Sees to it that a construct is checked, if it is a cluster. CDK calls this; apply the Aspect with `applyTo`.
   *
   * @param node any construct
   */
  public visit(node: IConstruct): void {
    if (!isCluster(node) || this.clusters.has(node)) { return; }
    this.clusters.add(node);
    // CDK calls all Aspects on one construct before any on the next, whatever their priorities: others may still change the cluster's roles,
    // as `PermissionsBoundary.of(stack).apply()` does. Constructs are validated when no Aspect is left.
    node.node.addValidation({
      validate: () => {
        checked(this, node).filter(finding => !isAcknowledged(finding)).forEach(report);
        return [];
      },
    });
  }
}

function checked(aspect: IAspect, cluster: CfnResource): Finding[] {
  try {
    return load().checkCluster(cluster, validations.template(aspect, cluster));
  } catch (error) {
    return [{
      rule: { id: 'HyperPod-PreflightFailed', fix: 'Report the failure.' },
      cluster,
      subjects: [],
      level: 'error',
      locations: ['Properties'],
      isFailure: true,
      message: `The preflight check failed, so that it is not known whether the cluster is right: ${String(error)}`,
    }];
  }
}

/** The rules are half of the library, and of no use to an app before its first cluster is checked. */
function load(): typeof import('./check-cluster') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- jsii compiles to CommonJS, and Aspects are synchronous
  return require('./check-cluster');
}

/** A cluster may lie in the scope of several of these Aspects; it is reported on once. */
function report(finding: Finding): void {
  const { cluster, level, message, rule, isFailure } = finding;
  const id = findingId(finding);
  // The command line cuts an id at its first bracket where it says how to acknowledge a warning.
  const text = `${message}\nAcknowledge with '${id}'.${isFailure ? '' : ` See ${pageOf(rule)}`}`;
  if (cluster.node.metadata.some(({ data }) => typeof data === 'string' && data.startsWith(text))) { return; }
  switch (level) {
    case 'error': return Validations.of(cluster).addError(id, text);
    case 'warning': return Validations.of(cluster).addWarning(id, text);
    case 'info': return Annotations.of(cluster).addInfoV2(id, text);
  }
}
