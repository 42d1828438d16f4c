import { readPolicyDocument, type Statement } from '../../iam/policy/document';
import type { RolePermissions } from '../../iam/role-permissions';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { all, any, not, type Ternary } from '../../template/ternary';
import { isTransformed } from '../../template/transform';
import type { ClusterModel } from '../core/cluster-model';

export interface RoleTrust {
  /** May the service assume the role? */
  readonly allowed: Ternary;
  /** Whom the role trusts instead, as far as it is known. */
  readonly trusted: readonly string[];
}

const EVERYONE = SymbolicString.literal('*');
const ASSUME_ROLE = SymbolicString.literal('sts:AssumeRole');

/**
 * Does a role's trust policy let a service assume it? Whatever a condition asks of the service is not known.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 */
export function roleTrust({ symbolizer }: ClusterModel, { resource }: RolePermissions, service: string): RoleTrust {
  if (!resource) { return { allowed: 'unknown', trusted: [] }; }
  const { Properties } = symbolizer.template.render(resource);
  const json = Properties.AssumeRolePolicyDocument;
  const { statements, hidden } = readPolicyDocument(json, resource.node.path, resource.stack, symbolizer);
  const hiddenPart: Ternary[] = hidden || json === undefined || isTransformed(Properties) ? ['unknown'] : [];
  const applying = (effect: Statement['effect']) =>
    any([...statements.filter(statement => statement.effect === effect).map(statement => applies(statement, service)), ...hiddenPart]);
  return {
    allowed: all([applying('Allow'), not(applying('Deny'))]),
    trusted: [...new Set(statements.filter(({ effect }) => effect === 'Allow').flatMap(namedPrincipals))],
  };
}

function applies(statement: Statement, service: string): Ternary {
  const { actions, notActions, principals, conditions } = statement;
  const named = (notActions ?? actions)?.values.map(value => matchGlob(value, ASSUME_ROLE, { ignoreCase: true })) ?? [];
  const hidden: Ternary[] = (notActions ?? actions)?.complete === false ? ['unknown'] : [];
  const covered = any([...named, ...hidden]);
  return all([
    notActions ? not(covered) : covered,
    principals ? namesService(principals, service) : 'unknown',
    conditions.length > 0 ? 'unknown' : 'yes',
  ]);
}

function namesService(principals: NonNullable<Statement['principals']>, service: string): Ternary {
  const services = principals.get('Service');
  return any([
    ...(services?.values ?? []).map(value => isService(value, service)),
    ...(services?.complete === false ? ['unknown' as const] : []),
    // Whether "everyone" includes services is not documented.
    ...(principals.get('AWS')?.values ?? []).map((value): Ternary => matchGlob(value, EVERYONE, { literal: true }) === 'no' ? 'no' : 'unknown'),
  ]);
}

/** A service may go by other names too: with its region, or with the partition's domain. */
function isService(value: SymbolicString, service: string): Ternary {
  const [name] = service.split('.amazonaws.');
  const { literal } = value;
  if (literal !== undefined && literal !== service) {
    return literal === '*' || (literal.startsWith(`${name}.`) && literal.includes('.amazonaws.')) ? 'unknown' : 'no';
  }
  const matches = matchGlob(value, SymbolicString.literal(service), { literal: true });
  return matches === 'no' && value.literalPrefix.startsWith(`${name}.`) ? 'unknown' : matches;
}

function namedPrincipals({ principals }: Statement): string[] {
  return [...principals?.values() ?? []].flatMap(({ values }) => values.map(String));
}
