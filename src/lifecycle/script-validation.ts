import { posix } from 'path';
import { Token } from 'aws-cdk-lib';
import { LifecycleHook } from './lifecycle-scripts-config';
import { SlurmProvisioningParameters } from './slurm-provisioning-parameters';
import { lit, UnscopedValidationError } from '../private/errors';
import { PROVISIONING_PARAMETERS_FILE } from '../service/provisioning-parameters';

/** The checks of what lifecycle scripts are made of. They throw at once. */
export function requireOneHook({ onCreate, onInitComplete }: LifecycleHook): LifecycleHook {
  if ((onCreate === undefined) === (onInitComplete === undefined)) {
    throw new UnscopedValidationError(lit`LifecycleScriptsNeedOneHook`,
      `lifecycle scripts need exactly one of onCreate and onInitComplete, got ${JSON.stringify({ onCreate, onInitComplete })}`);
  }
  return { onCreate, onInitComplete };
}

export function requireEntryScript(where: string, files: string[], { onCreate, onInitComplete }: LifecycleHook): void {
  const entryScript = (onCreate ?? onInitComplete)!;
  if (!Token.isUnresolved(entryScript) && !files.includes(entryScript)) {
    throw new UnscopedValidationError(lit`LifecycleEntryScriptNotFound`,
      `lifecycle entry script ${JSON.stringify(entryScript)} is not in ${where}, which has ${JSON.stringify(files.slice(0, 20))}; `
      + 'give its path relative to the directory, with forward slashes');
  }
}

/** Where HyperPod itself sets up Slurm, it does so from SlurmConfig; and a file that is there already would be lost. */
export function requireRoomForProvisioningParameters(
  where: string, files: string[], hook: LifecycleHook, parameters?: SlurmProvisioningParameters,
): void {
  if (parameters === undefined) { return; }
  if (hook.onCreate === undefined) {
    throw new UnscopedValidationError(lit`ProvisioningParametersNeedOnCreate`,
      `provisioningParameters are for scripts that set up Slurm with onCreate, got onInitComplete ${JSON.stringify(hook.onInitComplete)}; leave one of them out`);
  }
  if (files.includes(PROVISIONING_PARAMETERS_FILE)) {
    throw new UnscopedValidationError(lit`ProvisioningParametersExist`,
      `${PROVISIONING_PARAMETERS_FILE} is in ${where} already, remove the file or leave provisioningParameters out`);
  }
}

/** Inline scripts become files under one directory, as they are. */
export function requireInlineFiles(files: { [path: string]: string }): void {
  for (const [path, content] of Object.entries(files)) {
    const isRelative = path !== '' && !path.includes('\\') && posix.normalize(path) === path && !posix.isAbsolute(path) && path.split('/')[0] !== '..' && !path.endsWith('/');
    if (!isRelative) {
      throw new UnscopedValidationError(lit`InlineScriptPathNotRelative`,
        `inline lifecycle script needs a plain relative path like "lib/setup.sh", got ${JSON.stringify(path)}`);
    }
    const inside = Object.keys(files).find(other => other.startsWith(`${path}/`));
    if (inside !== undefined) {
      throw new UnscopedValidationError(lit`InlineScriptIsDirectory`,
        `inline lifecycle script ${JSON.stringify(path)} is also the directory of ${JSON.stringify(inside)}, rename one of them`);
    }
    if (Token.isUnresolved(path) || Token.isUnresolved(content)) {
      throw new UnscopedValidationError(lit`InlineScriptWithToken`,
        `inline lifecycle script ${JSON.stringify(path)} has a value that is known only at deployment; let the script look it up on the node`);
    }
  }
}

/**
 * A prefix that names a directory, so that neither HyperPod's copy nor the grant takes in "config-old/" for "config".
 */
export function asDirectoryPrefix(prefix: string): string {
  if (Token.isUnresolved(prefix)) {
    // What ends in a token may end in a slash already.
    return /[/}]$/.test(prefix) ? prefix : `${prefix}/`;
  }
  requireLiteralKey(prefix);
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/**
 * The prefix becomes part of a resource in a policy, where `*`, `?` and `$` are patterns and variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function requireLiteralKey(prefix: string): void {
  if (prefix.startsWith('/') || /[*?$]|:\/\//.test(prefix)) {
    throw new UnscopedValidationError(lit`LifecyclePrefixNotLiteral`,
      `lifecycle scripts prefix must neither begin with a slash nor be a URI, nor contain *, ? or $, got ${JSON.stringify(prefix)}; `
      + 'give the key that the scripts lie under, without the bucket');
  }
}
