import { entryScriptMissing } from './entry-script-missing';
import { entryScriptShebang } from './entry-script-shebang';
import { mountS3Bucket } from './mount-s3-bucket';
import { onCreateWithoutSlurm } from './on-create-without-slurm';
import { provisioningParametersMissing } from './provisioning-parameters-missing';
import { referencedScriptMissing } from './referenced-script-missing';
import { scriptByteOrderMark } from './script-byte-order-mark';
import { scriptJson } from './script-json';
import { scriptLineEndings } from './script-line-endings';
import { scriptPackageSize } from './script-package-size';
import { scriptPlaceholders } from './script-placeholders';
import { scriptsPruned } from './scripts-pruned';
import { slurmProvisioningParameters } from './slurm-provisioning-parameters';
import type { Rule } from '../findings/rule';

/** The rules about what lifecycle scripts say, in the order of their findings. */
export const SCRIPT_RULES: readonly Rule[] = [
  entryScriptMissing,
  entryScriptShebang,
  referencedScriptMissing,
  provisioningParametersMissing,
  scriptLineEndings,
  scriptByteOrderMark,
  scriptJson,
  scriptPlaceholders,
  slurmProvisioningParameters,
  mountS3Bucket,
  onCreateWithoutSlurm,
  scriptPackageSize,
  scriptsPruned,
];
