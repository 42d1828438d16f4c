import type { Stack } from 'aws-cdk-lib';
import type { EncryptionKey } from './key';
import { pseudoParameter } from '../../template/environment';
import { matchGlob } from '../../template/symbolic/glob';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { type ActionDecision, decideAction, deniedAction, undecidedAction } from '../policy/evaluate';
import { accessRequest, type ContextValues, fromSdk } from '../policy/request';
import type { RolePermissions } from '../role-permissions';

/** The service that uses a key for the role. */
export interface KeyUser {
  /** As `s3`. */
  readonly service: string;
  readonly region: SymbolicString;
  /** Where the role acts. */
  readonly stack: Stack;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const WORKS_WITH_DISABLED_KEYS = 'kms:DescribeKey';

/**
 * May a role use a key through a service? The key's policy has to let the role or its account in, even in one account
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html).
 *
 * @param context what is known of the request besides, by condition key
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html)
 */
export function keyAccess(
  role: RolePermissions,
  key: EncryptionKey,
  action: string,
  { service, region, stack }: KeyUser,
  context: Readonly<Record<string, ContextValues>> = {},
): ActionDecision {
  const request = accessRequest(role.principal, action, key.arn, key.account, {
    'kms:ViaService': [SymbolicString.concat(service, '.', region, '.', pseudoParameter('AWS::URLSuffix', stack)!)],
    'kms:CallerAccount': [role.principal.account],
    // KMS takes no other requests than over TLS (https://docs.aws.amazon.com/kms/latest/developerguide/infrastructure-security.html).
    ...fromSdk(role.principal, region),
    ...context,
  });
  const { identity, boundary } = role;
  const decision = decideAction(request, { identity, boundary, resource: key.policy, resourcePolicyRequired: true });
  if (key.isEnabled === 'yes' || action === WORKS_WITH_DISABLED_KEYS || decision.allowed === 'no') { return decision; }
  return key.isEnabled === 'no' ? deniedAction(decision, 'state of the key', 'the key is disabled')
    : undecidedAction(decision, () => ['whether the key is enabled is not known until deployment', ...decision.reasons]);
}

/**
 * May a role use a key that AWS manages? Everyone in its account may, through its service, and nobody from another
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#aws-managed-customer-managed-keys).
 */
export function awsManagedKeyAccess(
  { principal }: RolePermissions, { account, arn: resource }: EncryptionKey, action: string,
): ActionDecision | undefined {
  const reason = 'the key is managed by AWS for one account, and no policy can let another account use it';
  switch (matchGlob(account, principal.account, { literal: true })) {
    case 'yes': return undefined;
    case 'no': return deniedAction({ action, resource }, 'AWS managed key', reason);
    case 'unknown': return undecidedAction({ action, resource }, () => [reason]);
  }
}
