import type { Stack } from 'aws-cdk-lib';
import type { EncryptionKey } from './key';
import { pseudoParameter } from '../../template/environment';
import { SymbolicString } from '../../template/symbolic/symbolic-string';
import { type ActionDecision, decideAction } from '../policy/evaluate';
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
    ...fromSdk(region),
    ...context,
  });
  const { identity, boundary } = role;
  return decideAction(request, { identity, boundary, resource: key.policy, resourcePolicyRequired: true });
}
