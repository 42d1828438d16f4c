import { ACCESS_RULES } from './access';
import { EKS_RULES } from './eks';
import type { Rule } from './findings/rule';
import { SAMPLED_DEPLOYMENTS } from './findings/sampled-deployments';
import { NETWORK_RULES } from './network';
import { FEATURE_RULES, INSTANCE_GROUP_RULES, QUOTA_RULES, VPC_PROPERTY_RULES } from './properties';
import { SLURM_RULES } from './properties/slurm';
import { ROLE_RULES } from './roles';
import { SCRIPT_RULES } from './scripts';
import { FILE_SYSTEM_RULES, STORAGE_RULES } from './storage';

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  ...ACCESS_RULES,
  ...SCRIPT_RULES,
  ...INSTANCE_GROUP_RULES,
  ...SLURM_RULES,
  ...VPC_PROPERTY_RULES,
  ...STORAGE_RULES,
  ...FEATURE_RULES,
  ...ROLE_RULES,
  ...EKS_RULES,
  ...NETWORK_RULES,
  ...FILE_SYSTEM_RULES,
  ...QUOTA_RULES,
  SAMPLED_DEPLOYMENTS,
];
