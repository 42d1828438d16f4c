import type { Size } from 'aws-cdk-lib';
import type { LustreFileSystem } from 'aws-cdk-lib/aws-fsx';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { IConstruct } from 'constructs';
import { fileSystemStatements, volumeKeyStatements } from './permissions';
import type { NodePeer } from '../network/node-peers';
import { keyArnOf } from '../private/key-statement';

/**
 * Options of a secondary EBS volume.
 */
export interface EbsVolumeOptions {
  /**
   * The size of the volume, from 1 GiB to 16384 GiB.
   */
  readonly volumeSize: Size;

  /**
   * The key that encrypts the volume. It cannot be changed for an existing instance group, and needs
   * `NodeProvisioningMode.CONTINUOUS`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
   * @default - a key that AWS manages
   */
  readonly encryptionKey?: IKey;
}

/**
 * Where nodes mount a file system.
 */
export interface FileSystemMountOptions {
  /**
   * The directory on the nodes, as an absolute path of letters, digits, `.`, `_` and `-`.
   *
   * @default - the service's default: `/fsx` for FSx for Lustre, `/home` for FSx for OpenZFS
   */
  readonly mountPath?: string;
}

/**
 * A file system of FSx for Lustre that is known by its attributes.
 */
export interface LustreFileSystemAttributes extends FileSystemMountOptions {
  /**
   * The DNS name of the file system, as `fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com`.
   */
  readonly dnsName: string;

  /**
   * The mount name of the file system: 1 to 8 letters, digits, `_` or `-`.
   */
  readonly mountName: string;
}

/**
 * A file system of FSx for OpenZFS that is known by its attributes.
 */
export interface OpenZfsFileSystemAttributes extends FileSystemMountOptions {
  /**
   * The DNS name of the file system, as `fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com`.
   */
  readonly dnsName: string;
}

/** Of each kind an instance group has one at most. */
export type StorageKind = 'volume' | 'root volume' | 'FSx for Lustre' | 'FSx for OpenZFS';

/** What a storage configuration renders, and what it needs. */
export interface InstanceStorageBinding {
  readonly property: CfnCluster.ClusterInstanceStorageConfigProperty;
  /** What the execution role has to be allowed. */
  readonly statements: readonly PolicyStatement[];
  /** The file system that nodes mount. */
  readonly peer?: NodePeer;
}

/**
 * Storage of the nodes of an instance group: EBS volumes, and file systems that HyperPod mounts on each node.
 *
 * Changes reach new nodes only.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterinstancestorageconfig.html
 *
 * @example
 * declare const fileSystem: fsx.LustreFileSystem;
 * const storage = [
 *   InstanceStorage.ebs({ volumeSize: Size.gibibytes(500) }),
 *   InstanceStorage.lustre(fileSystem),
 * ];
 */
export abstract class InstanceStorage {
  /**
   * A secondary EBS volume, mounted at `/opt/sagemaker`. An instance group has one at most.
   */
  public static ebs(options: EbsVolumeOptions): InstanceStorage {
    return new Storage('volume', options.encryptionKey !== undefined, scope => ({
      property: {
        ebsVolumeConfig: {
          volumeSizeInGb: options.volumeSize.toGibibytes(),
          volumeKmsKeyId: options.encryptionKey && keyArnOf(options.encryptionKey),
        },
      },
      statements: options.encryptionKey ? volumeKeyStatements(scope, options.encryptionKey) : [],
    }));
  }

  /**
   * A key that encrypts the root volume. It cannot be changed for an existing instance group, and needs
   * `NodeProvisioningMode.CONTINUOUS`.
   *
   * A key whose policy does not leave the decision to IAM has to let the execution role in itself.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-cmk.html
   */
  public static rootVolumeKey(encryptionKey: IKey): InstanceStorage {
    return new Storage('root volume', true, scope => ({
      property: { ebsVolumeConfig: { rootVolume: true, volumeKmsKeyId: keyArnOf(encryptionKey) } },
      statements: volumeKeyStatements(scope, encryptionKey),
    }));
  }

  /**
   * An FSx for Lustre file system of this app. Its security groups and those of the nodes are opened to each other, and the cluster waits
   * for both. An instance group mounts one at most, the cluster needs a `vpc`, and on Slurm a group with `SlurmNode.controller()`.
   *
   * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
   */
  public static lustre(fileSystem: LustreFileSystem, options: FileSystemMountOptions = {}): InstanceStorage {
    return new Storage('FSx for Lustre', false, () => ({
      property: { fsxLustreConfig: { dnsName: fileSystem.dnsName, mountName: fileSystem.mountName, mountPath: options.mountPath } },
      statements: fileSystemStatements(fileSystem),
      peer: { what: `file system ${JSON.stringify(fileSystem.node.path)}`, connectable: fileSystem, port: fileSystem.connections.defaultPort!, connectsBack: true },
    }));
  }

  /**
   * An FSx for Lustre file system that is known by its attributes, an L1's among them.
   *
   * Its security groups have to admit the nodes, and theirs it, on TCP ports 988 and 1018 to 1023.
   */
  public static lustreFromAttributes(attributes: LustreFileSystemAttributes): InstanceStorage {
    const { dnsName, mountName, mountPath } = attributes;
    return new Storage('FSx for Lustre', false, () => ({ property: { fsxLustreConfig: { dnsName, mountName, mountPath } }, statements: [] }));
  }

  /**
   * An FSx for OpenZFS file system that is known by its attributes. An instance group mounts one at most, and the cluster needs a `vpc`.
   *
   * Its security groups have to admit the nodes on TCP and UDP ports 111, 2049 and 20001 to 20003.
   */
  public static openZfsFromAttributes(attributes: OpenZfsFileSystemAttributes): InstanceStorage {
    const { dnsName, mountPath } = attributes;
    return new Storage('FSx for OpenZFS', false, () => ({ property: { fsxOpenZfsConfig: { dnsName, mountPath } }, statements: [] }));
  }

  /** @internal */
  public abstract readonly _kind: StorageKind;

  /** @internal */
  public abstract readonly _hasEncryptionKey: boolean;

  protected constructor() {}

  /** @internal */
  public abstract _bind(scope: IConstruct): InstanceStorageBinding;
}

class Storage extends InstanceStorage {
  constructor(
    readonly _kind: StorageKind, readonly _hasEncryptionKey: boolean, private readonly bind: (scope: IConstruct) => InstanceStorageBinding,
  ) {
    super();
  }

  public _bind(scope: IConstruct): InstanceStorageBinding {
    return this.bind(scope);
  }
}
