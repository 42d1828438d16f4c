import { Stack, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { lit, ValidationError } from '../private/errors';

/**
 * A role can be passed only to a service of its own account.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function requireRoleOfAccount(scope: IConstruct, what: string, role: IRole): void {
  const { account } = Stack.of(scope);
  if (!Token.isUnresolved(account) && !Token.isUnresolved(role.env.account) && role.env.account !== account) {
    throw new ValidationError(lit`RoleInAnotherAccount`,
      `${what} ${JSON.stringify(role.node.path)} is in account ${role.env.account}, but the cluster in ${account}; `
      + 'a role can be passed only to a service of its own account, give one of the cluster\'s', scope);
  }
}
