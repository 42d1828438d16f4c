import type { CfnResource } from 'aws-cdk-lib';
import { ClusterModel } from './core/cluster-model';
import type { InstanceGroupModel } from './core/instance-group-model';
import type { Finding } from './findings/finding';
import { joinGroups, type MergedObservation, mergeOutcomes } from './findings/merge-outcomes';
import type { Observation } from './findings/observation';
import type { Rule } from './findings/rule';
import { sampledDeployments } from './findings/sampled-deployments';
import { RULES } from './rules';
import { inEveryDeployment, symbolizerOf } from '../template/deployments';
import type { Template } from '../template/template';
import type { Variable } from '../template/world';

/** What could not be looked at in every way to deploy the app: the rules, and what decides. */
interface Sampled {
  readonly rules: Set<string>;
  readonly variables: Map<string, Variable>;
}

/**
 * Runs the rules on one cluster, in every way that the app can be deployed.
 *
 * A rule that throws is an error that names it, never silence.
 */
export function checkCluster(resource: CfnResource, template: Template, rules: readonly Rule[] = RULES): Finding[] {
  const cluster = new ClusterModel(resource, symbolizerOf(template));
  const sampled: Sampled = { rules: new Set(), variables: new Map() };
  const findings = rules.flatMap((rule): Finding[] => {
    try {
      return observe(rule, cluster, sampled).map(observation => ({ ...observation, rule, cluster: resource }));
    } catch (error) {
      const message = `The rule ${rule.id} failed, so that it is not known whether the cluster is right: ${String(error)}`;
      return [{ rule, cluster: resource, message, subjects: [], level: 'error', locations: ['Properties'], isFailure: true }];
    }
  });
  return sampled.rules.size === 0 ? findings
    : [...findings, { ...sampledDeployments(sampled.rules, [...sampled.variables.values()]), cluster: resource }];
}

/** What a rule observes: of the cluster, then of one group after the other. */
function observe(rule: Rule, cluster: ClusterModel, sampled: Sampled): readonly Observation[] {
  const { check, checkGroup } = rule;
  return joinGroups([
    ...check ? everywhere(rule, cluster, sampled, () => check(cluster)) : [],
    ...checkGroup ? cluster.writtenGroups.flatMap(group =>
      everywhere(rule, cluster, sampled, () => ofGroup(group, () => checkGroup(cluster, group)))) : [],
  ]);
}

function ofGroup(group: InstanceGroupModel, judge: () => readonly Observation[]): readonly Observation[] {
  // In this order: whether a group exists of which nothing is wrong would only be one more way to deploy the app.
  const observations = judge();
  return observations.length > 0 && group.exists ? observations : [];
}

function everywhere(rule: Rule, cluster: ClusterModel, sampled: Sampled, judge: () => readonly Observation[]): readonly MergedObservation[] {
  const { resource, symbolizer } = cluster;
  const { all, isComplete } = inEveryDeployment(symbolizer.template, () => symbolizer.exists(resource) ? judge() : undefined);
  if (!isComplete) {
    sampled.rules.add(rule.id);
    all.forEach(({ assumptions }) => assumptions.forEach(({ variable }) => sampled.variables.set(variable.id, variable)));
  }
  return mergeOutcomes(all);
}
