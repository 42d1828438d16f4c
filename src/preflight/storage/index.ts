import { ebsVolumes } from './ebs-volumes';
import { fsxController } from './fsx-controller';
import { fsxMountName } from './fsx-mount-name';
import { fsxMounts } from './fsx-mounts';
import { fsxNetwork } from './fsx-network';
import { fsxSecurityGroups } from './fsx-security-groups';
import { fsxVpc } from './fsx-vpc';
import type { Rule } from '../findings/rule';

/** The rules about volumes and mounts as the cluster describes them, in the order of their findings. */
export const STORAGE_RULES: readonly Rule[] = [
  ebsVolumes,
  fsxVpc,
  fsxController,
  fsxMounts,
];

/** The rules about the file systems that nodes mount, in the order of their findings. */
export const FILE_SYSTEM_RULES: readonly Rule[] = [
  fsxMountName,
  fsxNetwork,
  fsxSecurityGroups,
];
