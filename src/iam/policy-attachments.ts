import type { CfnResource } from 'aws-cdk-lib';
import type { RoleName } from './policy/request';
import { accountOf } from '../template/environment';
import { NameIndex } from '../template/name-index';
import type { SymbolicString } from '../template/symbolic/symbolic-string';
import type { Symbolizer } from '../template/symbolizer';
import { isTransformed } from '../template/transform';

/** A policy that names roles, and the account that it means them in. */
export interface PolicyAttachment {
  readonly policy: CfnResource;
  readonly account: SymbolicString;
  /** Undefined if it is not known how many there are. */
  readonly roleNames: readonly (SymbolicString | undefined)[] | undefined;
}

/** The types of policies that name their roles, with the property that does. */
const POLICIES = { 'AWS::IAM::Policy': 'Roles', 'AWS::IAM::RolePolicy': 'RoleName', 'AWS::IAM::ManagedPolicy': 'Roles' };

/** The policies that may name a role. Those of which it is plain that they name others are not among them. */
export function attachmentsTo({ name }: RoleName, symbolizer: Symbolizer): readonly PolicyAttachment[] {
  return symbolizer.remember(symbolizer.template, 'attachments', () => new NameIndex('AWS::IAM::Role', attachments(symbolizer)
    .map(attachment => ({ what: attachment, names: attachment.roleNames })))).candidates(name);
}

function attachments(symbolizer: Symbolizer): PolicyAttachment[] {
  return Object.entries(POLICIES).flatMap(([type, property]) => symbolizer.template.resources(type).map(policy => {
    const { Properties } = symbolizer.template.render(policy);
    return {
      policy,
      account: accountOf(policy.stack.account),
      roleNames: isTransformed(Properties) ? undefined : symbolizer.list(Properties[property], policy.stack),
    };
  }));
}
