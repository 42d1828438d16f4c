import type { CfnResource } from 'aws-cdk-lib';
import { ClusterModel } from './core/cluster-model';
import type { Finding } from './findings/finding';
import { mergeOutcomes } from './findings/merge-outcomes';
import type { Observation } from './findings/observation';
import type { Rule } from './findings/rule';
import { RULES } from './rules';
import { certainly, inEveryDeployment } from '../template/deployments';
import type { Symbolizer } from '../template/symbolizer';
import type { Template } from '../template/template';

/**
 * Runs the rules on one cluster, in every way that the app can be deployed.
 *
 * A rule that throws is an error that names it, never silence.
 */
export function checkCluster(cluster: CfnResource, template: Template, rules: readonly Rule[] = RULES): Finding[] {
  const certain = certainModel(cluster, template);
  return rules.flatMap(rule => {
    try {
      const observations = (certain && certainly(template, () => rule.check(certain))) ?? inAllDeployments(rule, cluster, template);
      return observations.map(observation => ({ ...observation, rule, cluster }));
    } catch (error) {
      const message = `The rule ${rule.id} failed, so that it is not known whether the cluster is right: ${String(error)}`;
      return [{ rule, cluster, message, subjects: [], level: 'error', locations: ['Properties'], isFailure: true }];
    }
  });
}

/** The model of a cluster that is the same in all deployments, which rules can share. */
function certainModel(cluster: CfnResource, template: Template): ClusterModel | undefined {
  try {
    return certainly(template, symbolizer => modelIn(symbolizer, cluster));
  } catch {
    // Each rule fails by itself, and is named.
    return undefined;
  }
}

function inAllDeployments(rule: Rule, cluster: CfnResource, template: Template): readonly Observation[] {
  const outcomes = inEveryDeployment(template, symbolizer => {
    const model = modelIn(symbolizer, cluster);
    return model && rule.check(model);
  });
  return outcomes ? mergeOutcomes(outcomes) : [{
    subjects: [],
    level: 'warning',
    locations: ['Properties'],
    message: `The rule ${rule.id} was not evaluated: the template's conditions allow too many ways to deploy it.`,
  }];
}

/** The cluster in one world; undefined if it is not deployed in it. */
function modelIn(symbolizer: Symbolizer, cluster: CfnResource): ClusterModel | undefined {
  return symbolizer.exists(cluster) ? new ClusterModel(cluster, symbolizer) : undefined;
}
