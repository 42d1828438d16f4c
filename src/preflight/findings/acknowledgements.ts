import { Validations } from 'aws-cdk-lib';
import { type Finding, findingId } from './finding';

/** The namespaces under which users know our rules: annotations have CDK's, the cdk-nag pack its own name. */
const NAMESPACES = ['', 'Annotation::', 'HyperPod::'];

/**
 * Has the user acknowledged a finding, on the cluster or on anything around it: its rule, the finding itself, or each of its subjects?
 *
 * CDK itself lets only warnings of annotations be acknowledged; ours can be whatever their level and whoever reports them.
 *
 * @param as only by this id, as it is recorded
 */
export function isAcknowledged(finding: Finding, as?: string): boolean {
  const acknowledged = new Set(finding.cluster.node.scopes.flatMap(scope => scope.node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data)));
  const recorded = (id: string) => acknowledged.has(id.replace(/ /g, '-'));
  if (as !== undefined) { return recorded(as); }
  const has = (id: string) => NAMESPACES.some(namespace => recorded(`${namespace}${id}`));
  const { rule, subjects } = finding;
  return has(rule.id) || has(findingId(finding))
    || (subjects.length > 0 && subjects.every(subject => has(findingId({ rule, subjects: [subject] }))));
}
