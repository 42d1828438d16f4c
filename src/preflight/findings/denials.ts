import { toAdd } from './to-add';
import type { ActionDecision } from '../../iam/policy/evaluate';
import type { RolePermissions } from '../../iam/role-permissions';
import { groupBy } from '../../template/group-by';

/** A role as a sentence names it. */
export function namedRole({ resource, principal }: RolePermissions): string {
  return resource ? `${resource.node.path} (${principal.arn})` : principal.arn.toString();
}

/** What stands against the denied actions, one sentence for each obstacle. */
export function describeDenials(denied: readonly ActionDecision[]): string[] {
  const byObstacle = groupBy(denied, ({ obstacle, reasons }) => obstacle === 'identity policies' ? obstacle : `${obstacle}: ${reasons.join('; ')}`);
  return [...byObstacle.values()].map(describeObstacle);
}

function describeObstacle(denied: readonly ActionDecision[]): string {
  const [{ obstacle, reasons }] = denied;
  const actions = denied.map(({ action }) => action).join(', ');
  const detail = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  switch (obstacle) {
    case 'explicit deny': return `${actions}: denied${detail}.`;
    case 'identity policies': return `No policy of the role allows ${actions}.`;
    default: return `The ${obstacle} does not allow ${actions}${detail}.`;
  }
}

/**
 * What to add to the role, if that is what its actions lack: statements as JSON to paste into a policy. Values that are known only at
 * deployment stand as `Fn::Sub` placeholders.
 */
export function remedy(denied: readonly ActionDecision[]): string[] {
  const lacking = denied.filter(({ obstacle }) => obstacle === 'identity policies');
  return lacking.length === 0 ? [] : [toAdd('Add to the role', statementsFor(lacking))];
}

function statementsFor(denied: readonly ActionDecision[]): string {
  const statements = [...groupBy(denied, ({ resource }) => resource.key).values()].map(decisions => ({
    Effect: 'Allow', Action: decisions.length === 1 ? decisions[0].action : decisions.map(({ action }) => action), Resource: decisions[0].resource,
  }));
  return JSON.stringify(statements.length === 1 ? statements[0] : statements);
}
