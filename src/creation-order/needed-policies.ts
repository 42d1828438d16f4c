import type { CfnResource } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { creationRequests } from './creation-requests';
import { type PolicyDocument, documentOf } from '../iam/policy/document';
import { evaluateAccess } from '../iam/policy/evaluate';
import type { AccessRequest } from '../iam/policy/request';
import { rolePermissions } from '../iam/role-permissions';
import { inEveryDeployment } from '../template/deployments';
import type { Symbolizer } from '../template/symbolizer';
import type { Template } from '../template/template';
import { resolveReferencing } from '../template/token-resolver';

/**
 * Of some policies of a role, those without which the role may lack what a cluster does with it. Whatever else they allow has nothing to do
 * with the cluster.
 */
export function neededPolicies(policies: readonly CfnResource[], role: IRole, cluster: CfnResource, template: Template): CfnResource[] {
  const needed = inEveryDeployment(template, symbolizer => neededNow(policies, role, cluster, symbolizer)).all.flatMap(({ value }) => value);
  return policies.filter(policy => needed.includes(policy));
}

function neededNow(policies: readonly CfnResource[], role: IRole, cluster: CfnResource, symbolizer: Symbolizer): readonly CfnResource[] {
  const arn = symbolizer.string(resolveReferencing(role.stack, role.roleArn), role.stack);
  const permissions = arn && rolePermissions(arn, role.stack, symbolizer);
  if (!permissions) { return policies; }
  const documents = new Map(policies.map(policy => [policy, documentOf(policy, policy.node.path, symbolizer)]));
  const origins = [...documents.values()].map(({ origin }) => origin);
  const others = permissions.identity.documents.filter(({ origin }) => !origins.includes(origin));
  const lacking = creationRequests(cluster, permissions.principal, symbolizer).filter(request => mayAllow(others, request) !== 'yes');
  return policies.filter(policy => lacking.some(request => mayAllow([documents.get(policy)!], request) !== 'no'));
}

function mayAllow(documents: readonly PolicyDocument[], request: AccessRequest) {
  return evaluateAccess(request, { identity: { documents, unseen: [] } }).allowed;
}
