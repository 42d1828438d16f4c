import type { Finding } from './finding';
import type { Rule } from './rule';
import { MOST_WORLDS, type Variable } from '../../template/world';

/** What was not looked at. It judges nothing: the check itself reports it. */
export const SAMPLED_DEPLOYMENTS: Rule = {
  id: 'HyperPod-SampledDeployments',
  title: 'Every way to deploy the template was looked at',
  levels: ['warning'],
  prevents: [],
  why: 'Conditions and parameters with a choice of values make several ways to deploy one template. A rule is asked in each of them that matters to it, '
    + `up to ${MOST_WORLDS}. Where there are more, it is asked in those that are closest to a deployment with default values: what is wrong in others only `
    + 'is not found.',
  fix: 'Fix parameters that decide: `parameters` of CfnInclude, or `Default` and `AllowedValues` in the template. Acknowledge the finding if the deployments '
    + 'that you make were looked at.',
  sources: ['https://docs.aws.amazon.com/cdk/v2/guide/use-cfn-template.html'],
};

/** More would hide what matters. */
const MOST_NAMED = 12;

export function sampledDeployments(rules: ReadonlySet<string>, variables: readonly Variable[]): Omit<Finding, 'cluster'> {
  const names = [...new Set(variables.map(({ name }) => name))];
  const named = names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '');
  return {
    rule: SAMPLED_DEPLOYMENTS,
    subjects: [],
    level: 'warning',
    message: `There are too many ways to deploy the templates to look at all of them. ${[...rules].join(', ')} looked at the ${MOST_WORLDS} that are closest to `
      + `one with default values; other combinations of ${named} were left out.\n`
      + 'Fix the parameters that you always deploy with, as `parameters` of CfnInclude does.',
    locations: ['Properties'],
  };
}
