import { CfnResource } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { rolePermissions } from './role-permissions';
import { inEveryDeployment } from '../template/deployments';
import type { Symbolizer } from '../template/symbolizer';
import type { Template } from '../template/template';
import { resolveReferencing } from '../template/token-resolver';

/**
 * The resources of the app that give a role its permissions, in whatever way the app is deployed. The role itself is not among them.
 */
export function policyResourcesOf(role: IRole, template: Template): CfnResource[] {
  const { stack } = role;
  const find = (symbolizer: Symbolizer) => {
    const arn = symbolizer.string(resolveReferencing(stack, role.roleArn), stack);
    return (arn && rolePermissions(arn, stack, symbolizer)?.policyResources) ?? [];
  };
  return [...new Set(inEveryDeployment(template, find).all.flatMap(({ value }) => value))];
}
