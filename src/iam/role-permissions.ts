import type { CfnResource, Stack } from 'aws-cdk-lib';
import { documentOf, hiddenDocument, type PolicyDocument, readPolicyDocument } from './policy/document';
import type { PolicySet } from './policy/evaluate';
import { awsManagedPolicy } from './policy/managed-policies';
import { parseRoleArn, type RoleName, type RolePrincipal } from './policy/request';
import { writtenStatements } from './policy/written-statements';
import { attachmentsTo } from './policy-attachments';
import { guardsHold, itemsOf } from '../template/branches';
import { partitionOf } from '../template/environment';
import { resourceWith } from '../template/lookup';
import { matchGlob } from '../template/symbolic/glob';
import { SymbolicString } from '../template/symbolic/symbolic-string';
import type { Symbolizer } from '../template/symbolizer';
import { any, both, type Ternary } from '../template/ternary';
import { isTransformed } from '../template/transform';

/** What the app says about one role. */
export interface RolePermissions {
  readonly principal: RolePrincipal;
  /** The role itself, if the app defines it. */
  readonly resource?: CfnResource;
  /** The resources that give the role permissions, besides itself. */
  readonly policyResources: readonly CfnResource[];
  readonly identity: PolicySet;
  readonly boundary?: PolicySet;
}

export interface RolePermissionsOptions {
  /** AWS managed policies that a role which the app does not define is taken to carry. */
  readonly assumedManagedPolicies?: readonly string[];
  /** The account that the role is in, if more is known of it than the ARN says. */
  readonly account?: SymbolicString;
}

/** A policy of the role, and its name among the role's inline policies, if it is one. */
interface FoundPolicy {
  readonly documents: () => readonly PolicyDocument[];
  /** The same, read as one. */
  readonly document: () => PolicyDocument;
  readonly inlineName?: SymbolicString;
  readonly exists: () => boolean;
}

/** Policies found so far. Lists, because a role's policies come from many places. */
interface Found {
  /** Read when they are asked for: what waits for a role's policies does not ask what they say. */
  readonly policies: (() => FoundPolicy)[];
  readonly unseen: string[];
  readonly resources: CfnResource[];
}

const ALWAYS = () => true;


/**
 * Collects the permissions of the role with an ARN: its own policies, those attached to it by name anywhere in the app, and managed
 * policies of AWS and of the customer. An ARN that the app builds from a role of its own is recognized however it is written.
 *
 * @returns undefined if the ARN is one in which no role can be recognized, as a parameter's value.
 */
export function rolePermissions(
  arn: SymbolicString, stack: Stack, symbolizer: Symbolizer, options: RolePermissionsOptions = {},
): RolePermissions | undefined {
  const resource = resourceWith('AWS::IAM::Role', 'Arn', arn, symbolizer);
  const parsed = parseRoleArn(arn);
  if (!parsed) { return undefined; }

  const found: Found = { policies: [], unseen: [], resources: [] };
  if (resource) {
    ownPolicies(resource, symbolizer, found);
  } else {
    found.unseen.push('the role is not defined in this app, so its policies are not all known');
    for (const name of options.assumedManagedPolicies ?? []) {
      const document = awsManagedPolicy(name, partitionOf(stack), stack, symbolizer);
      if (document) { found.policies.push(() => certain(document)); }
    }
  }
  const principal = { arn, account: options.account ?? parsed.account, id: resource && symbolizer.attributeOf(resource, 'RoleId') };
  attachedPolicies(parsed, principal.account, symbolizer, found);
  return {
    principal,
    resource,
    get policyResources() {
      return symbolizer.remember(principal, 'policies', () => found.resources.filter(policy => symbolizer.exists(policy)));
    },
    get identity() { return symbolizer.remember(principal, 'identity', () => policySet(found)); },
    get boundary() { return symbolizer.remember(principal, 'boundary', () => resource && boundaryOf(resource, symbolizer)); },
  };
}

/** A role has one inline policy of a name: what is written later replaces what is there. */
function policySet({ policies, unseen }: Found): PolicySet {
  const groups = groupsOfOneName(policies.map(read => read())).map(group => group.length === 1 ? group : group.filter(({ exists }) => exists()));
  return {
    documents: groups.filter(({ length }) => length === 1).flatMap(([{ documents }]) => documents()),
    alternatives: groups.filter(({ length }) => length > 1).map(group => group.map(({ document }) => document())),
    unseen,
  };
}

/** Policies that have, or may have, one name stand together (https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html). */
function groupsOfOneName(policies: readonly FoundPolicy[]): FoundPolicy[][] {
  return policies.reduce<FoundPolicy[][]>((groups, policy) => {
    const isRival = (other: FoundPolicy) => policy.inlineName && other.inlineName
      && matchGlob(policy.inlineName, other.inlineName, { literal: true, ignoreCase: true }) !== 'no';
    const rivals = groups.filter(group => group.some(isRival));
    return [...groups.filter(group => !rivals.includes(group)), [...rivals.flat(), policy]];
  }, []);
}

function ownPolicies(role: CfnResource, symbolizer: Symbolizer, found: Found): void {
  const { Properties } = symbolizer.template.render(role);
  if (isTransformed(Properties)) {
    found.policies.push(() => certain(hiddenDocument(`policies of ${role.node.path}`)));
    return;
  }
  for (const { json: policy, guards } of itemsOf(Properties.Policies) ?? itemsOf([symbolizer.choose(Properties.Policies, role.stack)].flat())!) {
    const inlineName = symbolizer.string(policy.PolicyName, role.stack);
    const origin = `inline policy ${inlineName ?? ''} of ${role.node.path}`;
    // Something else than a policy is a value that is not known, and is read as a document which is not.
    const json = isTransformed(policy) ? policy : policy.PolicyDocument ?? policy;
    found.policies.push(() => ({
      documents: () => writtenStatements({ json, guards, origin, stack: role.stack }, symbolizer),
      document: () => readPolicyDocument(json, origin, role.stack, symbolizer),
      inlineName,
      exists: () => guardsHold(guards, role.stack, symbolizer),
    }));
  }
  const arns = symbolizer.list(Properties.ManagedPolicyArns, role.stack);
  for (const arn of arns ?? [undefined]) {
    managedPolicy(arn, role.stack, symbolizer, found);
  }
}

/** The document of a managed policy: AWS's by its name, the customer's if the app defines it. */
function managedPolicy(arn: SymbolicString | undefined, stack: Stack, symbolizer: Symbolizer, found: Found): void {
  const segments = arn?.split(':', 6) ?? [];
  const name = segments[5]?.literal?.split('/').pop();
  if (arn && segments[4]?.literal === 'aws' && name) {
    const document = awsManagedPolicy(name, segments[1].literal ?? partitionOf(stack), stack, symbolizer);
    if (document) { found.policies.push(() => certain(document)); } else { found.unseen.push(`the AWS managed policy ${name} is not known to this check`); }
    return;
  }
  const own = arn && resourceWith('AWS::IAM::ManagedPolicy', 'Ref', arn, symbolizer);
  if (own) {
    attach(own, 'yes', symbolizer, found);
  } else {
    found.unseen.push(arn ? `the managed policy ${arn} is not defined in this app` : 'a managed policy is not known until deployment');
  }
}

/**
 * Policies that name the role, rather than being named by it. A name means a role of the account that the policy is deployed to.
 *
 * @param account the role's, as far as more is known of it than its ARN says
 */
function attachedPolicies(role: RoleName, account: SymbolicString, symbolizer: Symbolizer, found: Found): void {
  for (const { policy, account: deployedTo, roleNames } of attachmentsTo(role, symbolizer)) {
    const inAccount = deployedTo.equals(account) ? 'yes' : matchGlob(deployedTo, role.account, { literal: true });
    if (found.resources.includes(policy) || inAccount === 'no') { continue; }
    const attached = both(inAccount, attachment(roleNames, role.name));
    if (attached !== 'no') { attach(policy, attached, symbolizer, found); }
  }
}

function certain(document: PolicyDocument): FoundPolicy {
  return { documents: () => [document], document: () => document, exists: ALWAYS };
}

function attachment(names: readonly (SymbolicString | undefined)[] | undefined, roleName: SymbolicString): Ternary {
  return names ? any(names.map(name => name ? matchGlob(name, roleName, { literal: true }) : 'unknown')) : 'unknown';
}

function attach(policy: CfnResource, attached: Ternary, symbolizer: Symbolizer, found: Found): void {
  const exists = () => symbolizer.exists(policy);
  const document = () => ({ ...documentOf(policy, policy.node.path, symbolizer), attached });
  const { Condition, Properties } = symbolizer.template.render(policy);
  const isCertain = Condition === undefined && policy.stack.nestedStackResource === undefined;
  found.policies.push(() => ({
    documents: () => isTransformed(Properties) ? [document()] : writtenStatements({
      json: Properties.PolicyDocument, guards: [], origin: policy.node.path, stack: policy.stack, attached, exists: isCertain ? undefined : exists,
    }, symbolizer),
    document,
    inlineName: policy.cfnResourceType === 'AWS::IAM::ManagedPolicy' ? undefined : symbolizer.property(policy, 'PolicyName'),
    exists,
  }));
  if (attached === 'yes') { found.resources.push(policy); }
}

function boundaryOf(role: CfnResource, symbolizer: Symbolizer): PolicySet | undefined {
  const { Properties } = symbolizer.template.render(role);
  if (isTransformed(Properties)) { return { documents: [], unseen: [`whether ${role.node.path} has a permissions boundary is not known until deployment`], isCertain: false }; }
  const { PermissionsBoundary } = Properties;
  if (symbolizer.decide(PermissionsBoundary, role.stack) === undefined) { return undefined; }
  const found: Found = { policies: [], unseen: [], resources: [] };
  managedPolicy(symbolizer.string(PermissionsBoundary, role.stack), role.stack, symbolizer, found);
  return { ...policySet(found), unseen: found.unseen.map(reason => `as permissions boundary, ${reason}`) };
}
