/**
 * The FSx file systems that HyperPod mounts: the property that says so, and how `FileSystemType` of `AWS::FSx::FileSystem` calls them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html
 */
export const FILE_SYSTEM_TYPES = { FsxLustreConfig: 'LUSTRE', FsxOpenZfsConfig: 'OPENZFS' } as const;

export type FileSystemProperty = keyof typeof FILE_SYSTEM_TYPES;
export type FileSystemType = typeof FILE_SYSTEM_TYPES[FileSystemProperty];

/**
 * Where HyperPod mounts a file system without `MountPath`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export const DEFAULT_MOUNT_PATHS: Readonly<Record<FileSystemProperty, string>> = { FsxLustreConfig: '/fsx', FsxOpenZfsConfig: '/home' };

/**
 * The TCP ports of a file system. Nothing is mounted without the first; AWS lists the others as well.
 *
 * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
 * @see https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/limit-access-security-groups.html
 */
export const FILE_SYSTEM_PORTS: Readonly<Record<FileSystemType, readonly [number, ...number[]]>> = {
  LUSTRE: [988, 1018, 1019, 1020, 1021, 1022, 1023],
  OPENZFS: [2049, 111, 20001, 20002, 20003],
};

/**
 * How scripts on nodes look a file system up, as AWS's do to mount it over Elastic Fabric Adapter.
 *
 * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/configure-efa-clients.html
 */
export const DESCRIBE_FILE_SYSTEM_ACTION = 'fsx:DescribeFileSystems';
