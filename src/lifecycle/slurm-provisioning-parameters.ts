import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { lit, UnscopedValidationError } from '../private/errors';
import { PROVISIONING_PARAMETERS_KEYS, type SlurmNodeType } from '../service/provisioning-parameters';

/** An instance group with what it does in Slurm. */
export interface SlurmInstanceGroup extends CfnCluster.ClusterSlurmConfigProperty {
  readonly instanceGroupName: string;
}

/**
 * What `provisioning_parameters.json` says beside what the instance groups do.
 */
export interface SlurmProvisioningParametersOptions {
  /**
   * The DNS name of an FSx for Lustre file system, which the scripts mount on every node. May be known only at deployment.
   *
   * The file system has to accept connections of the nodes: `fileSystem.connections.allowDefaultPortFrom(cluster)`.
   *
   * @default - the scripts mount no FSx for Lustre file system
   */
  readonly fsxDnsName?: string;

  /**
   * The mount name of the FSx for Lustre file system. May be known only at deployment.
   *
   * @default - the scripts mount no FSx for Lustre file system
   */
  readonly fsxMountName?: string;

  /**
   * The DNS name of an FSx for OpenZFS file system, which the scripts mount on every node. May be known only at deployment.
   *
   * AWS's scripts also need `enable_fsx_openzfs = True` in their `config.py`.
   *
   * @default - the scripts mount no FSx for OpenZFS file system
   */
  readonly fsxOpenZfsDnsName?: string;

  /**
   * What the file says under `slurm_configurations`: the settings of a cluster with several controller nodes.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-multihead-slurm-setup.html
   * @default - one controller node
   */
  readonly slurmConfigurations?: { [key: string]: any };

  /**
   * Further keys of the file, for scripts of your own. They cannot replace those that are generated.
   *
   * @default - none
   */
  readonly additionalParameters?: { [key: string]: any };

  /**
   * The version of the file's format.
   *
   * @default '1.0.0'
   */
  readonly version?: string;
}

/**
 * The file `provisioning_parameters.json`, which tells lifecycle scripts for Slurm what each instance group does.
 *
 * It is generated from the `slurmNode`s of the cluster's instance groups, which then have no SlurmConfig: the scripts set up
 * Slurm, and HyperPod does not. So there is one place to say it, and the two ways to set up Slurm cannot be mixed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-lifecycle-best-practices-slurm-base-config.html
 *
 * @example
 * declare const fileSystem: fsx.LustreFileSystem;
 * const scripts = LifecycleScripts.fromAsset('./lifecycle', {
 *   onCreate: 'on_create.sh',
 *   provisioningParameters: SlurmProvisioningParameters.fromInstanceGroups({
 *     fsxDnsName: fileSystem.dnsName,
 *     fsxMountName: fileSystem.mountName,
 *   }),
 * });
 */
export class SlurmProvisioningParameters {
  /**
   * What the instance groups of the cluster say.
   *
   * @param options what the file says beside that
   * @throws if only one of `fsxDnsName` and `fsxMountName` is given, or an additional parameter is one that is generated
   */
  public static fromInstanceGroups(options: SlurmProvisioningParametersOptions = {}): SlurmProvisioningParameters {
    return new SlurmProvisioningParameters(options);
  }

  private constructor(private readonly options: SlurmProvisioningParametersOptions) {
    const { fsxDnsName, fsxMountName, additionalParameters = {} } = options;
    if ((fsxDnsName === undefined) !== (fsxMountName === undefined)) {
      throw new UnscopedValidationError(lit`LustreNeedsDnsAndMountName`,
        `fsxDnsName and fsxMountName of an FSx for Lustre file system belong together, got ${JSON.stringify({ fsxDnsName, fsxMountName })}`);
    }
    const taken = Object.keys(additionalParameters).filter(key => key in this.generated([]));
    if (taken.length > 0) {
      throw new UnscopedValidationError(lit`ProvisioningParameterGenerated`,
        `additionalParameters ${JSON.stringify(taken)} are generated, leave them out and use the options and slurmNodes that they come from`);
    }
  }

  /**
   * The content of the file. What is undefined is left out.
   *
   * @internal
   */
  public _render(groups: SlurmInstanceGroup[]): Record<string, any> {
    return { ...this.generated(groups), ...this.options.additionalParameters };
  }

  private generated(groups: SlurmInstanceGroup[]): Record<string, any> {
    const nameOf = (nodeType: SlurmNodeType) => groups.find(group => group.nodeType === nodeType)?.instanceGroupName;
    return {
      version: this.options.version ?? '1.0.0',
      workload_manager: 'slurm',
      [PROVISIONING_PARAMETERS_KEYS.Controller]: nameOf('Controller'),
      [PROVISIONING_PARAMETERS_KEYS.Login]: nameOf('Login'),
      [PROVISIONING_PARAMETERS_KEYS.Compute]: groups.flatMap(({ instanceGroupName, partitionNames = [] }) =>
        partitionNames.map(partitionName => ({ instance_group_name: instanceGroupName, partition_name: partitionName }))),
      fsx_dns_name: this.options.fsxDnsName,
      fsx_mountname: this.options.fsxMountName,
      fsx_openzfs_dns_name: this.options.fsxOpenZfsDnsName,
      slurm_configurations: this.options.slurmConfigurations,
    };
  }
}
