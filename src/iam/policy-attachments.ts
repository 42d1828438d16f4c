import type { CfnResource } from 'aws-cdk-lib';
import type { RoleName } from './policy/request';
import type { SymbolicString } from './symbolic/symbolic-string';
import { accountOf } from './template/environment';
import type { Symbolizer } from './template/symbolizer';

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
  const { all, byGeneratedName, others } = symbolizer.remember('attachments', () => new Attachments(symbolizer));
  return isGenerated(name) ? [...byGeneratedName.get(name.key) ?? [], ...others] : all;
}

/** An app has many policies, each for a role or two of its own: those roles' names lead to them. */
class Attachments {
  readonly all: readonly PolicyAttachment[];
  readonly byGeneratedName = new Map<string, PolicyAttachment[]>();
  /** Policies that name roles by anything else than names that CloudFormation generates. */
  readonly others: PolicyAttachment[] = [];

  constructor(symbolizer: Symbolizer) {
    this.all = Object.entries(POLICIES).flatMap(([type, property]) => symbolizer.template.resources(type)
      .map(policy => ({
        policy,
        account: accountOf(policy.stack.account),
        roleNames: symbolizer.list(symbolizer.template.render(policy).Properties[property], policy.stack),
      })));
    this.all.forEach(attachment => this.add(attachment));
  }

  private add(attachment: PolicyAttachment): void {
    const { roleNames } = attachment;
    if (!roleNames?.every(name => name && isGenerated(name))) {
      this.others.push(attachment);
      return;
    }
    for (const { key } of roleNames as SymbolicString[]) {
      this.byGeneratedName.set(key, [...this.byGeneratedName.get(key) ?? [], attachment]);
    }
  }
}

/** Is it nothing but the name of a role of the app, which is no other role's? */
function isGenerated({ pieces: [piece, ...more] }: SymbolicString): boolean {
  return more.length === 0 && typeof piece === 'object' && piece.uniqueIn === 'AWS::IAM::Role';
}
