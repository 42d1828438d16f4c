import { accountingSecretAccess } from './accounting-secret-access';
import { clusterRoleAccess } from './cluster-role-access';
import { clusterRoleTrust } from './cluster-role-trust';
import { eksPermissions } from './eks-permissions';
import { executionRoleBaseline } from './execution-role-baseline';
import { executionRoleOnEksNodes } from './execution-role-on-eks-nodes';
import { executionRoleOverBroad } from './execution-role-over-broad';
import { executionRolePath } from './execution-role-path';
import { executionRoleTrust } from './execution-role-trust';
import { managedPoliciesPerRole } from './managed-policies-per-role';
import { rollbackAlarmAccess } from './rollback-alarm-access';
import { volumeKeyAccess } from './volume-key-access';
import { vpcPermissions } from './vpc-permissions';
import type { Rule } from '../findings/rule';

/** The rules about the roles of nodes and of the cluster, in the order of their findings. */
export const ROLE_RULES: readonly Rule[] = [
  executionRoleTrust,
  executionRoleBaseline,
  vpcPermissions,
  eksPermissions,
  volumeKeyAccess,
  rollbackAlarmAccess,
  accountingSecretAccess,
  executionRoleOverBroad,
  managedPoliciesPerRole,
  executionRoleOnEksNodes,
  executionRolePath,
  clusterRoleTrust,
  clusterRoleAccess,
];
