import { existsSync, readFileSync, statSync } from 'fs';
import { basename, resolve } from 'path';
import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { bucketPolicyStatements } from './lifecycle-access';
import { LifecycleHook, LifecycleScriptsConfig, LifecycleScriptsContext } from './lifecycle-scripts-config';
import { GeneratedScripts, ScriptDirectory, LocalScripts } from './local-scripts';
import { ScriptDeployment } from './script-deployment';
import { asDirectoryPrefix, requireEntryScript, requireInlineFiles, requireOneHook, requireRoomForProvisioningParameters } from './script-validation';
import { SlurmProvisioningParameters } from './slurm-provisioning-parameters';
import { lit, UnscopedValidationError } from '../private/errors';

/**
 * When HyperPod runs which script. Give exactly one of the two.
 *
 * On Slurm it decides who sets up a node, that is Slurm, Docker, Enroot, accounting, and the mounts of FSx:
 *
 * | scripts | who sets up the node |
 * |---|---|
 * | none | HyperPod. It needs neither S3 nor the internet, and AWS recommends starting with it |
 * | `onInitComplete` | HyperPod; then the script runs |
 * | `onCreate` | AWS's pages contradict each other. Getting started: "HyperPod does not run AMI-based configuration and does not start Slurm. Your scripts own the entire provisioning sequence", and they "are responsible for mounting". Migration: beside a SlurmConfig, the script has "custom setup only", and Slurm and FSx "are handled by HyperPod based on the API payload" |
 *
 * So give `onCreate` on Slurm only for scripts that set up the whole node, such as AWS's base configuration, and `onInitComplete` for all others.
 * EKS supports `onCreate` alone, and needs it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-slurm-api-config-migration.html
 */
export interface LifecycleScriptsOptions {
  /**
   * The script that sets up a node, as a path relative to the scripts' directory or prefix.
   *
   * On Slurm, count on it that the script sets up Slurm and mounts file systems, and that HyperPod does not: AWS's pages contradict each
   * other on it, see `LifecycleScriptsOptions`.
   *
   * @default - no script sets up the node; give `onInitComplete`
   */
  readonly onCreate?: string;

  /**
   * The script that runs after HyperPod itself has set up the node, Slurm and FSx mounts included, as a path relative to the scripts'
   * directory or prefix.
   *
   * Slurm only.
   *
   * @default - no script runs after the set-up; give `onCreate`
   */
  readonly onInitComplete?: string;
}

/**
 * Options of lifecycle scripts that the cluster uploads.
 */
export interface UploadedLifecycleScriptsOptions extends LifecycleScriptsOptions {
  /**
   * Uploads a `provisioning_parameters.json` beside the scripts, generated from the cluster's instance groups: each needs a
   * `slurmNode`. The scripts set up Slurm, as AWS's own do, and the instance groups get no SlurmConfig.
   *
   * Slurm only, with `onCreate`, for all instance groups, and not with continuous node provisioning.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
   * @default - no file is generated; HyperPod takes what the instance groups do from their SlurmConfig, if they have one
   */
  readonly provisioningParameters?: SlurmProvisioningParameters;
}

/**
 * Options of lifecycle scripts that lie in a local directory.
 */
export interface LifecycleScriptsAssetOptions extends UploadedLifecycleScriptsOptions {
  /**
   * Files of the directory that are neither uploaded nor count for its content, as `.DS_Store` or `tests/`: patterns as in a `.gitignore`.
   *
   * @default - every file is uploaded
   */
  readonly exclude?: string[];
}

/**
 * The scripts that HyperPod runs on a node when it is created or replaced.
 *
 * HyperPod copies everything under an S3 prefix to the node and runs one entry script. The cluster uploads what is local,
 * lets its execution roles read it, and waits for both.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm.html
 *
 * @example
 * const scripts = LifecycleScripts.fromAsset('./lifecycle', { onInitComplete: 'on_init_complete.sh' });
 */
export abstract class LifecycleScripts {
  /**
   * A local directory, or a single local file, uploaded byte for byte. Links are uploaded as what they lead to; modes of files and empty
   * directories are not, since S3 has none.
   *
   * @param path the directory or the file, relative to where the app runs
   * @param options which of the files is the entry script; for a single file, its name
   * @throws if the path does not exist, the entry script is not in it, not exactly one of `onCreate` and `onInitComplete` is given,
   *   `provisioningParameters` are given with `onInitComplete` or with a file of that name, or a link in the directory leads nowhere
   */
  public static fromAsset(path: string, options: LifecycleScriptsAssetOptions): LifecycleScripts {
    const hook = requireOneHook(options);
    if (!existsSync(path)) {
      throw new UnscopedValidationError(lit`LifecycleScriptsNotFound`,
        `lifecycle scripts not found at ${JSON.stringify(path)} (${resolve(path)}), give the path of a directory or of a file`);
    }
    const scripts = statSync(path).isDirectory()
      ? new ScriptDirectory(path, options.exclude) : new GeneratedScripts({ [basename(path)]: readFileSync(path) });
    return uploaded(scripts, JSON.stringify(path), hook, options.provisioningParameters);
  }

  /**
   * Scripts given as text, for small ones.
   *
   * @param files the text of each script, by its path; lines end in `\n`
   * @param options which of them is the entry script
   * @throws if a path is not relative, a text has a value that is known only at deployment, and as `fromAsset` does
   */
  public static inline(files: { [path: string]: string }, options: UploadedLifecycleScriptsOptions): LifecycleScripts {
    const hook = requireOneHook(options);
    requireInlineFiles(files);
    return uploaded(new GeneratedScripts(files), 'the inline scripts', hook, options.provisioningParameters);
  }

  /**
   * Scripts that are in a bucket already. The cluster does not look at them.
   *
   * The execution roles get permission to read the prefix. If the bucket is in another account, its own policy must allow
   * them too: a warning prints the statements, and `bucketPolicyStatements` returns them. With a key of AWS KMS that the bucket
   * knows of, the roles may decrypt with it.
   *
   * @param bucket the bucket
   * @param prefix the prefix that HyperPod copies, like `config/` or `config`; empty for the whole bucket
   * @param options which of the objects is the entry script, relative to the prefix
   * @throws if the prefix is a URI, begins with a slash or contains `*`, `?` or `$`, or not exactly one of `onCreate` and `onInitComplete` is given
   */
  public static fromBucket(bucket: IBucket, prefix: string, options: LifecycleScriptsOptions): LifecycleScripts {
    return new BucketScripts(bucket, asDirectoryPrefix(prefix), requireOneHook(options));
  }

  /**
   * A script that does nothing, the default.
   *
   * It runs as `OnInitComplete` on Slurm, where HyperPod sets up the nodes by itself, and as `OnCreate` on EKS, which asks
   * for a script.
   */
  public static noop(): LifecycleScripts {
    const scripts = new GeneratedScripts({ [NOOP_SCRIPT_NAME]: NOOP_SCRIPT });
    return new UploadedScripts(scripts, onEks => onEks ? { onCreate: NOOP_SCRIPT_NAME } : { onInitComplete: NOOP_SCRIPT_NAME });
  }

  /**
   * No scripts at all; no bucket either. Slurm only: HyperPod sets up the nodes by itself.
   */
  public static none(): LifecycleScripts {
    return new NoScripts();
  }

  /**
   * What the policy of a bucket in another account must hold before execution roles can read lifecycle scripts from it. It is for
   * whoever defines that bucket.
   *
   * A bucket that is encrypted with a key of its own needs the same of the key: `key.grantDecrypt(role)`.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
   * @param bucket the bucket
   * @param prefix the prefix that the scripts lie under, as given to `fromBucket`
   * @param executionRoles the roles of the nodes, as `new iam.ArnPrincipal('arn:aws:iam::111122223333:role/HyperPodNodes')`
   * @throws if the prefix is a URI, begins with a slash or contains `*`, `?` or `$`
   */
  public static bucketPolicyStatements(bucket: IBucket, prefix: string, ...executionRoles: IPrincipal[]): PolicyStatement[] {
    return bucketPolicyStatements({ bucket, prefix: asDirectoryPrefix(prefix) }, executionRoles);
  }

  protected constructor() {}

  /**
   * Whether the scripts set up Slurm from what the instance groups say, so that HyperPod is not to.
   * @internal
   */
  public get _setUpSlurm(): boolean {
    return false;
  }

  /**
   * What runs, and when.
   * @internal
   */
  public abstract _hook(onEks: boolean): LifecycleHook;

  /**
   * Makes what the scripts need in the cluster, and says where they are.
   * @internal
   */
  public abstract _bind(context: LifecycleScriptsContext): LifecycleScriptsConfig;
}

class UploadedScripts extends LifecycleScripts {
  constructor(
    private readonly scripts: LocalScripts,
    private readonly hook: (onEks: boolean) => LifecycleHook,
    private readonly provisioningParameters?: SlurmProvisioningParameters,
  ) {
    super();
  }

  public get _setUpSlurm(): boolean {
    return this.provisioningParameters !== undefined;
  }

  public _hook(onEks: boolean): LifecycleHook {
    return this.hook(onEks);
  }

  public _bind(context: LifecycleScriptsContext): LifecycleScriptsConfig {
    const bucket = context.uploadBucket();
    const parameters = this.provisioningParameters;
    const upload = new ScriptDeployment(context.scope, context.id, {
      scripts: this.scripts,
      bucket,
      provisioningParameters: parameters && (() => parameters._render(context.slurmInstanceGroups())),
    });
    return {
      sourceS3Uri: bucket.s3UrlForObject(upload.prefix),
      source: { bucket, prefix: upload.parentPrefix },
      upload: upload.deployment,
      uploader: upload.deployment.handlerRole,
    };
  }
}

class BucketScripts extends LifecycleScripts {
  constructor(private readonly bucket: IBucket, private readonly prefix: string, private readonly hook: LifecycleHook) {
    super();
  }

  public _hook(): LifecycleHook {
    return this.hook;
  }

  public _bind(): LifecycleScriptsConfig {
    return {
      sourceS3Uri: this.bucket.s3UrlForObject(this.prefix),
      source: { bucket: this.bucket, prefix: this.prefix },
    };
  }
}

class NoScripts extends LifecycleScripts {
  public _hook(): LifecycleHook {
    return {};
  }

  public _bind(): LifecycleScriptsConfig {
    return {};
  }
}

const NOOP_SCRIPT_NAME = 'noop.sh';
const NOOP_SCRIPT = ['#!/bin/bash', '# Nothing to do on this node.', 'exit 0', ''].join('\n');

function uploaded(scripts: LocalScripts, where: string, hook: LifecycleHook, parameters?: SlurmProvisioningParameters): LifecycleScripts {
  requireEntryScript(where, scripts.files, hook);
  requireRoomForProvisioningParameters(where, scripts.files, hook, parameters);
  return new UploadedScripts(scripts, () => hook, parameters);
}
