import type { CfnResource, IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { stageOf, Template } from '../iam/template/template';

/** One run of CDK over the validations of an app, as far as it came. */
interface Pass {
  readonly template: Template;
  readonly visits: Map<IAspect, Set<CfnResource>>;
}

const passes = new WeakMap<IConstruct, Pass>();

/**
 * The app's templates, pictured once for all the clusters that CDK validates in one synthesis.
 *
 * CDK does not say when a synthesis begins, but in one synthesis it validates a construct, for each Aspect, at most once. A validation
 * that was made before, or one of a cluster that is not in the picture, belongs to the next.
 */
export function templateOfPass(aspect: IAspect, cluster: CfnResource): Template {
  const stage = stageOf(cluster);
  let pass = passes.get(stage);
  if (!pass || pass.visits.get(aspect)?.has(cluster) || !pass.template.includes(cluster)) {
    pass = { template: Template.of(stage), visits: new Map() };
    passes.set(stage, pass);
  }
  const visited = pass.visits.get(aspect) ?? new Set();
  pass.visits.set(aspect, visited.add(cluster));
  return pass.template;
}
