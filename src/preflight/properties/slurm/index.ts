import { slurmConfig } from './slurm-config';
import { slurmConfigStrategy } from './slurm-config-strategy';
import { slurmController } from './slurm-controller';
import { slurmControllerCount } from './slurm-controller-count';
import { slurmLogin } from './slurm-login';
import { slurmPartitions } from './slurm-partitions';
import type { Rule } from '../../findings/rule';

/** The rules about the node types, partitions and configuration of Slurm, in the order of their findings. */
export const SLURM_RULES: readonly Rule[] = [
  slurmConfig,
  slurmController,
  slurmControllerCount,
  slurmLogin,
  slurmPartitions,
  slurmConfigStrategy,
];
