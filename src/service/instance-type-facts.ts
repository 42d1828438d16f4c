import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';

/**
 * What kind of accelerator an instance type has.
 */
export enum HyperPodAcceleratorKind {
  /**
   * NVIDIA GPUs.
   */
  NVIDIA_GPU = 'nvidia-gpu',

  /**
   * AWS Neuron devices: Trainium and Inferentia.
   */
  NEURON = 'neuron',
}

/**
 * What is known about an instance type; what is not known is undefined.
 *
 * The hardware facts are those of the EC2 instance type of the same name without `ml.`, which HyperPod nodes are taken to share.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html
 */
export interface HyperPodInstanceTypeFacts {
  /**
   * Whether HyperPod's API lists the instance type.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClusterInstanceGroupSpecification.html
   */
  readonly listedInApi: boolean;

  /**
   * The architecture of the processors.
   *
   * @default - unknown
   */
  readonly architecture?: InstanceArchitecture;

  /**
   * How many vCPUs a node has with the default number of threads per core.
   *
   * @default - unknown
   */
  readonly vcpuCount?: number;

  /**
   * The memory of a node, in MiB.
   *
   * @default - unknown
   */
  readonly memoryMiB?: number;

  /**
   * The values that `ThreadsPerCore` may have.
   *
   * @default - unknown, as for G5, of which EC2 reports none
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cpu-options-supported-instances-values.html
   */
  readonly validThreadsPerCore?: number[];

  /**
   * The kind of the accelerators.
   *
   * @default - none if `acceleratorCount` is 0, otherwise unknown
   */
  readonly acceleratorKind?: HyperPodAcceleratorKind;

  /**
   * The name of the accelerators, without the manufacturer, such as `H100` or `Trainium2`.
   *
   * @default - none if `acceleratorCount` is 0, otherwise unknown
   */
  readonly acceleratorName?: string;

  /**
   * How many accelerators a node has; 0 if it has none.
   *
   * @default - unknown
   */
  readonly acceleratorCount?: number;

  /**
   * Whether nodes may have an Elastic Fabric Adapter, according to EC2 or to HyperPod's own EFA device plugin.
   *
   * @default - unknown
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html#efa-instance-types
   * @see https://github.com/aws/sagemaker-hyperpod-cli/blob/main/helm_chart/HyperPodHelmChart/values.yaml
   */
  readonly efaSupported?: boolean;

  /**
   * How many EFA interfaces a node has at most; 0 if EFA is not supported.
   *
   * @default - unknown
   */
  readonly maximumEfaInterfaces?: number;

  /**
   * The total size of the local NVMe disks, in GB; 0 if there are none.
   *
   * @default - unknown
   */
  readonly localNvmeGB?: number;

  /**
   * How many IP addresses a node of a Slurm cluster takes from its subnet: one for each network card, such as 32 for P5.
   *
   * @default - unknown
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
   */
  readonly ipAddressesPerSlurmNode?: number;

  /**
   * How many IP addresses a node of an EKS cluster takes from its subnet: all that its first interface can have, and one for each
   * further network card, such as 50 + 31 for P5.
   *
   * AWS gives this rule with the example of P5; for other types the figure follows from the rule, and may be slightly too high.
   *
   * @default - unknown
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html
   */
  readonly ipAddressesPerEksNode?: number;

  /**
   * Whether HyperPod can run deep health checks on a node: it can on GPUs and on Trainium.
   *
   * @default - unknown
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-resiliency-deep-health-checks.html
   */
  readonly deepHealthChecksSupported?: boolean;
}

/**
 * What is known about an instance type, by its name with `ml.`; undefined for a type that is not in the table.
 */
export function instanceTypeFacts(instanceTypeName: string): HyperPodInstanceTypeFacts | undefined {
  return Object.hasOwn(TABLE, instanceTypeName) ? parse(TABLE[instanceTypeName]) : undefined;
}

function parse(row: string): HyperPodInstanceTypeFacts {
  // The name of the accelerator comes last because it may contain spaces.
  const [
    listed, architecture, vCpus, memory, threads, efa, efaInterfaces, nvme, slurmAddresses, eksAddresses, healthChecks, count, kind, ...name
  ] = row.split(' ').map(knownOrUndefined);
  return {
    listedInApi: listed === 'yes',
    architecture: architecture as InstanceArchitecture | undefined,
    vcpuCount: toNumber(vCpus),
    memoryMiB: toNumber(memory),
    validThreadsPerCore: threads?.split(',').map(Number),
    acceleratorKind: kind as HyperPodAcceleratorKind | undefined,
    acceleratorName: name[0] && name.join(' '),
    acceleratorCount: toNumber(count),
    efaSupported: toBoolean(efa),
    maximumEfaInterfaces: toNumber(efaInterfaces),
    localNvmeGB: toNumber(nvme),
    ipAddressesPerSlurmNode: toNumber(slurmAddresses),
    ipAddressesPerEksNode: toNumber(eksAddresses),
    deepHealthChecksSupported: toBoolean(healthChecks),
  };
}

function knownOrUndefined(cell: string): string | undefined {
  return cell === '?' || cell === '-' ? undefined : cell;
}

function toNumber(cell: string | undefined): number | undefined {
  return cell === undefined ? undefined : Number(cell);
}

function toBoolean(cell: string | undefined): boolean | undefined {
  return cell === undefined ? undefined : cell === 'yes';
}

// <generated>
// Generated by scripts/instance-types/generate.mjs; do not edit by hand. The sources:
// - ClusterInstanceType enum, @aws-sdk/client-sagemaker 3.1142.0 dist-types/models/enums.d.ts (npm, 29 Sep 2026); ml.c8a and ml.m8a: botocore
//   1.44.8 (PyPI, 20 Nov 2026)
// - arch, vcpus, threads, memory, gpu, neuron, EFA, cards, NVMe: EC2 DescribeInstanceTypes dump in getmoto/moto@0af643a5 (22 Aug 2026)
//   moto/ec2/resources/instance_types.json, key without the ml. prefix. It is the EC2 type, assumed equal for ml.* (assumption, not an AWS
//   statement); c8a and m8a: the same dump in moto 5.2.5 (PyPI, 27 Oct 2026)
// - aws/sagemaker-hyperpod-cli@011ca927 (22 Jun 2026) src/sagemaker/hyperpod/training/constants.py INSTANCE_RESOURCES /
//   INSTANCE_TYPE_MIG_PROFILES
// - same repo helm_chart/HyperPodHelmChart/values.yaml aws-efa-k8s-device-plugin.supportedInstanceLabels: the HyperPod-side list of EFA types
// A cell is `?` if unknown, `-` if there is none. The columns: listed in the API, architecture, vCPUs, memory in MiB, valid threads per core,
// EFA, EFA interfaces, local NVMe in GB, IP addresses on Slurm, on EKS, deep health checks, accelerators: count, kind, name.
const TABLE: Readonly<Record<string, string>> = {
  'ml.c5.large': 'yes x86_64 2 4096 1,2 no 0 0 1 10 no 0 - -',
  'ml.c5.xlarge': 'yes x86_64 4 8192 1,2 no 0 0 1 15 no 0 - -',
  'ml.c5.2xlarge': 'yes x86_64 8 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.c5.4xlarge': 'yes x86_64 16 32768 1,2 no 0 0 1 30 no 0 - -',
  'ml.c5.9xlarge': 'yes x86_64 36 73728 1,2 no 0 0 1 30 no 0 - -',
  'ml.c5.12xlarge': 'yes x86_64 48 98304 1,2 no 0 0 1 30 no 0 - -',
  'ml.c5.18xlarge': 'yes x86_64 72 147456 1,2 no 0 0 1 50 no 0 - -',
  'ml.c5.24xlarge': 'yes x86_64 96 196608 1,2 no 0 0 1 50 no 0 - -',
  'ml.c5n.large': 'yes x86_64 2 5376 1,2 no 0 0 1 10 no 0 - -',
  'ml.c5n.2xlarge': 'yes x86_64 8 21504 1,2 no 0 0 1 15 no 0 - -',
  'ml.c5n.4xlarge': 'yes x86_64 16 43008 1,2 no 0 0 1 30 no 0 - -',
  'ml.c5n.9xlarge': 'yes x86_64 36 98304 1,2 yes 1 0 1 30 no 0 - -',
  'ml.c5n.18xlarge': 'yes x86_64 72 196608 1,2 yes 1 0 1 50 no 0 - -',
  'ml.c6a.large': 'yes x86_64 2 4096 1,2 no 0 0 1 10 no 0 - -',
  'ml.c6a.xlarge': 'yes x86_64 4 8192 1,2 no 0 0 1 15 no 0 - -',
  'ml.c6a.2xlarge': 'yes x86_64 8 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.c6a.4xlarge': 'yes x86_64 16 32768 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6a.8xlarge': 'yes x86_64 32 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6a.12xlarge': 'yes x86_64 48 98304 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6a.16xlarge': 'yes x86_64 64 131072 1,2 no 0 0 1 50 no 0 - -',
  'ml.c6a.24xlarge': 'yes x86_64 96 196608 1,2 no 0 0 1 50 no 0 - -',
  'ml.c6a.32xlarge': 'yes x86_64 128 262144 1,2 no 0 0 1 50 no 0 - -',
  'ml.c6a.48xlarge': 'yes x86_64 192 393216 1,2 yes 1 0 1 50 no 0 - -',
  'ml.c6g.medium': 'yes arm64 1 2048 1 no 0 0 1 4 no 0 - -',
  'ml.c6g.large': 'yes arm64 2 4096 1 no 0 0 1 10 no 0 - -',
  'ml.c6g.xlarge': 'yes arm64 4 8192 1 no 0 0 1 15 no 0 - -',
  'ml.c6g.2xlarge': 'yes arm64 8 16384 1 no 0 0 1 15 no 0 - -',
  'ml.c6g.4xlarge': 'yes arm64 16 32768 1 no 0 0 1 30 no 0 - -',
  'ml.c6g.8xlarge': 'yes arm64 32 65536 1 no 0 0 1 30 no 0 - -',
  'ml.c6g.12xlarge': 'yes arm64 48 98304 1 no 0 0 1 30 no 0 - -',
  'ml.c6g.16xlarge': 'yes arm64 64 131072 1 no 0 0 1 50 no 0 - -',
  'ml.c6i.large': 'yes x86_64 2 4096 1,2 no 0 0 1 10 no 0 - -',
  'ml.c6i.xlarge': 'yes x86_64 4 8192 1,2 no 0 0 1 15 no 0 - -',
  'ml.c6i.2xlarge': 'yes x86_64 8 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.c6i.4xlarge': 'yes x86_64 16 32768 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6i.8xlarge': 'yes x86_64 32 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6i.12xlarge': 'yes x86_64 48 98304 1,2 no 0 0 1 30 no 0 - -',
  'ml.c6i.16xlarge': 'yes x86_64 64 131072 1,2 no 0 0 1 50 no 0 - -',
  'ml.c6i.24xlarge': 'yes x86_64 96 196608 1,2 no 0 0 1 50 no 0 - -',
  'ml.c6i.32xlarge': 'yes x86_64 128 262144 1,2 yes 1 0 1 50 no 0 - -',
  'ml.c7g.medium': 'yes arm64 1 2048 1 no 0 0 1 4 no 0 - -',
  'ml.c7g.large': 'yes arm64 2 4096 1 no 0 0 1 10 no 0 - -',
  'ml.c7g.xlarge': 'yes arm64 4 8192 1 no 0 0 1 15 no 0 - -',
  'ml.c7g.2xlarge': 'yes arm64 8 16384 1 no 0 0 1 15 no 0 - -',
  'ml.c7g.4xlarge': 'yes arm64 16 32768 1 no 0 0 1 30 no 0 - -',
  'ml.c7g.8xlarge': 'yes arm64 32 65536 1 no 0 0 1 30 no 0 - -',
  'ml.c7g.12xlarge': 'yes arm64 48 98304 1 no 0 0 1 30 no 0 - -',
  'ml.c7g.16xlarge': 'yes arm64 64 131072 1 yes 1 0 1 50 no 0 - -',
  'ml.c8a.16xlarge': 'yes x86_64 64 131072 1 no 0 0 1 64 no 0 - -',
  'ml.c8g.medium': 'yes arm64 1 2048 1 no 0 0 1 4 no 0 - -',
  'ml.c8g.large': 'yes arm64 2 4096 1 no 0 0 1 10 no 0 - -',
  'ml.c8g.xlarge': 'yes arm64 4 8192 1 no 0 0 1 15 no 0 - -',
  'ml.c8g.2xlarge': 'yes arm64 8 16384 1 no 0 0 1 15 no 0 - -',
  'ml.c8g.4xlarge': 'yes arm64 16 32768 1 no 0 0 1 30 no 0 - -',
  'ml.c8g.8xlarge': 'yes arm64 32 65536 1 no 0 0 1 30 no 0 - -',
  'ml.c8g.12xlarge': 'yes arm64 48 98304 1 no 0 0 1 30 no 0 - -',
  'ml.c8g.16xlarge': 'yes arm64 64 131072 1 no 0 0 1 50 no 0 - -',
  'ml.c8g.24xlarge': 'yes arm64 96 196608 1 yes 1 0 1 50 no 0 - -',
  'ml.c8g.48xlarge': 'yes arm64 192 393216 1 yes 1 0 1 50 no 0 - -',
  'ml.g4dn.xlarge': 'yes x86_64 4 16384 1,2 no 0 125 1 10 yes 1 nvidia-gpu T4',
  'ml.g4dn.2xlarge': 'yes x86_64 8 32768 1,2 no 0 225 1 10 yes 1 nvidia-gpu T4',
  'ml.g4dn.4xlarge': 'yes x86_64 16 65536 1,2 no 0 225 1 10 yes 1 nvidia-gpu T4',
  'ml.g4dn.8xlarge': 'yes x86_64 32 131072 1,2 yes 1 900 1 15 yes 1 nvidia-gpu T4',
  'ml.g4dn.12xlarge': 'yes x86_64 48 196608 1,2 yes 1 900 1 30 yes 4 nvidia-gpu T4',
  'ml.g4dn.16xlarge': 'yes x86_64 64 262144 1,2 yes 1 900 1 15 yes 1 nvidia-gpu T4',
  'ml.g5.xlarge': 'yes x86_64 4 16384 ? no 0 250 1 15 yes 1 nvidia-gpu A10G',
  'ml.g5.2xlarge': 'yes x86_64 8 32768 ? no 0 450 1 15 yes 1 nvidia-gpu A10G',
  'ml.g5.4xlarge': 'yes x86_64 16 65536 ? no 0 600 1 30 yes 1 nvidia-gpu A10G',
  'ml.g5.8xlarge': 'yes x86_64 32 131072 ? yes 1 900 1 30 yes 1 nvidia-gpu A10G',
  'ml.g5.12xlarge': 'yes x86_64 48 196608 ? yes 1 3800 1 50 yes 4 nvidia-gpu A10G',
  'ml.g5.16xlarge': 'yes x86_64 64 262144 ? yes 1 1900 1 30 yes 1 nvidia-gpu A10G',
  'ml.g5.24xlarge': 'yes x86_64 96 393216 ? yes 1 3800 1 50 yes 4 nvidia-gpu A10G',
  'ml.g5.48xlarge': 'yes x86_64 192 786432 ? yes 1 7600 1 50 yes 8 nvidia-gpu A10G',
  'ml.g6.xlarge': 'yes x86_64 4 16384 1,2 no 0 250 1 15 yes 1 nvidia-gpu L4',
  'ml.g6.2xlarge': 'yes x86_64 8 32768 1,2 no 0 450 1 15 yes 1 nvidia-gpu L4',
  'ml.g6.4xlarge': 'yes x86_64 16 65536 1,2 no 0 600 1 30 yes 1 nvidia-gpu L4',
  'ml.g6.8xlarge': 'yes x86_64 32 131072 1,2 yes 1 900 1 30 yes 1 nvidia-gpu L4',
  'ml.g6.12xlarge': 'yes x86_64 48 196608 1,2 yes 1 3760 1 30 yes 4 nvidia-gpu L4',
  'ml.g6.16xlarge': 'yes x86_64 64 262144 1,2 yes 1 1880 1 50 yes 1 nvidia-gpu L4',
  'ml.g6.24xlarge': 'yes x86_64 96 393216 1,2 yes 1 3760 1 50 yes 4 nvidia-gpu L4',
  'ml.g6.48xlarge': 'yes x86_64 192 786432 1,2 yes 1 7520 1 50 yes 8 nvidia-gpu L4',
  'ml.g6e.xlarge': 'yes x86_64 4 32768 1,2 no 0 250 1 15 yes 1 nvidia-gpu L40S',
  'ml.g6e.2xlarge': 'yes x86_64 8 65536 1,2 no 0 450 1 15 yes 1 nvidia-gpu L40S',
  'ml.g6e.4xlarge': 'yes x86_64 16 131072 1,2 no 0 600 1 30 yes 1 nvidia-gpu L40S',
  'ml.g6e.8xlarge': 'yes x86_64 32 262144 1,2 yes 1 900 1 30 yes 1 nvidia-gpu L40S',
  'ml.g6e.12xlarge': 'yes x86_64 48 393216 1,2 yes 1 3800 1 30 yes 4 nvidia-gpu L40S',
  'ml.g6e.16xlarge': 'yes x86_64 64 524288 1,2 yes 1 1900 1 50 yes 1 nvidia-gpu L40S',
  'ml.g6e.24xlarge': 'yes x86_64 96 786432 1,2 yes 2 3800 2 51 yes 4 nvidia-gpu L40S',
  'ml.g6e.48xlarge': 'yes x86_64 192 1572864 1,2 yes 4 7600 4 53 yes 8 nvidia-gpu L40S',
  'ml.g7.2xlarge': 'yes x86_64 8 32768 1 no 0 440 1 64 yes 1 nvidia-gpu RTX PRO 4500',
  'ml.g7.4xlarge': 'yes x86_64 16 65536 1 no 0 875 1 64 yes 1 nvidia-gpu RTX PRO 4500',
  'ml.g7.8xlarge': 'yes x86_64 32 131072 1 yes 1 930 1 64 yes 1 nvidia-gpu RTX PRO 4500',
  'ml.g7.12xlarge': 'yes x86_64 48 196608 1 yes 1 1900 1 64 yes 2 nvidia-gpu RTX PRO 4500',
  'ml.g7.24xlarge': 'yes x86_64 96 393216 1 yes 1 3800 1 64 yes 4 nvidia-gpu RTX PRO 4500',
  'ml.g7.48xlarge': 'yes x86_64 192 786432 1 yes 2 7600 2 65 yes 8 nvidia-gpu RTX PRO 4500',
  'ml.g7e.2xlarge': 'yes x86_64 8 65536 1,2 no 0 1900 1 64 yes 1 nvidia-gpu RTX PRO Server 6000',
  'ml.g7e.4xlarge': 'yes x86_64 16 131072 1,2 no 0 1900 1 64 yes 1 nvidia-gpu RTX PRO Server 6000',
  'ml.g7e.8xlarge': 'yes x86_64 32 262144 1,2 yes 1 1900 1 64 yes 1 nvidia-gpu RTX PRO Server 6000',
  'ml.g7e.12xlarge': 'yes x86_64 48 524288 1,2 yes 1 3800 1 64 yes 2 nvidia-gpu RTX PRO Server 6000',
  'ml.g7e.24xlarge': 'yes x86_64 96 1048576 1,2 yes 2 7600 2 65 yes 4 nvidia-gpu RTX PRO Server 6000',
  'ml.g7e.48xlarge': 'yes x86_64 192 2097152 1,2 yes 4 15200 4 67 yes 8 nvidia-gpu RTX PRO Server 6000',
  'ml.gr6.4xlarge': 'yes x86_64 16 131072 1,2 no 0 600 1 30 yes 1 nvidia-gpu L4',
  'ml.gr6.8xlarge': 'yes x86_64 32 262144 1,2 yes 1 900 1 30 yes 1 nvidia-gpu L4',
  'ml.i3en.large': 'yes x86_64 2 16384 1,2 no 0 1250 1 10 no 0 - -',
  'ml.i3en.xlarge': 'yes x86_64 4 32768 1,2 no 0 2500 1 15 no 0 - -',
  'ml.i3en.2xlarge': 'yes x86_64 8 65536 1,2 no 0 5000 1 15 no 0 - -',
  'ml.i3en.3xlarge': 'yes x86_64 12 98304 1,2 no 0 7500 1 15 no 0 - -',
  'ml.i3en.6xlarge': 'yes x86_64 24 196608 1,2 no 0 15000 1 30 no 0 - -',
  'ml.i3en.12xlarge': 'yes x86_64 48 393216 1,2 yes 1 30000 1 30 no 0 - -',
  'ml.i3en.24xlarge': 'yes x86_64 96 786432 1,2 yes 1 60000 1 50 no 0 - -',
  'ml.inf2.xlarge': 'no x86_64 4 16384 1,2 no 0 0 1 15 no 1 neuron Inferentia2',
  'ml.inf2.8xlarge': 'no x86_64 32 131072 1,2 no 0 0 1 30 no 1 neuron Inferentia2',
  'ml.inf2.24xlarge': 'no x86_64 96 393216 1,2 no 0 0 1 50 no 6 neuron Inferentia2',
  'ml.inf2.48xlarge': 'no x86_64 192 786432 1,2 no 0 0 1 50 no 12 neuron Inferentia2',
  'ml.m5.large': 'yes x86_64 2 8192 1,2 no 0 0 1 10 no 0 - -',
  'ml.m5.xlarge': 'yes x86_64 4 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.m5.2xlarge': 'yes x86_64 8 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.m5.4xlarge': 'yes x86_64 16 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.m5.8xlarge': 'yes x86_64 32 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.m5.12xlarge': 'yes x86_64 48 196608 1,2 no 0 0 1 30 no 0 - -',
  'ml.m5.16xlarge': 'yes x86_64 64 262144 1,2 no 0 0 1 50 no 0 - -',
  'ml.m5.24xlarge': 'yes x86_64 96 393216 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6a.large': 'yes x86_64 2 8192 1,2 no 0 0 1 10 no 0 - -',
  'ml.m6a.xlarge': 'yes x86_64 4 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.m6a.2xlarge': 'yes x86_64 8 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.m6a.4xlarge': 'yes x86_64 16 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6a.8xlarge': 'yes x86_64 32 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6a.12xlarge': 'yes x86_64 48 196608 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6a.16xlarge': 'yes x86_64 64 262144 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6a.24xlarge': 'yes x86_64 96 393216 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6a.32xlarge': 'yes x86_64 128 524288 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6a.48xlarge': 'yes x86_64 192 786432 1,2 yes 1 0 1 50 no 0 - -',
  'ml.m6g.medium': 'yes arm64 1 4096 1 no 0 0 1 4 no 0 - -',
  'ml.m6g.large': 'yes arm64 2 8192 1 no 0 0 1 10 no 0 - -',
  'ml.m6g.xlarge': 'yes arm64 4 16384 1 no 0 0 1 15 no 0 - -',
  'ml.m6g.2xlarge': 'yes arm64 8 32768 1 no 0 0 1 15 no 0 - -',
  'ml.m6g.4xlarge': 'yes arm64 16 65536 1 no 0 0 1 30 no 0 - -',
  'ml.m6g.8xlarge': 'yes arm64 32 131072 1 no 0 0 1 30 no 0 - -',
  'ml.m6g.12xlarge': 'yes arm64 48 196608 1 no 0 0 1 30 no 0 - -',
  'ml.m6g.16xlarge': 'yes arm64 64 262144 1 no 0 0 1 50 no 0 - -',
  'ml.m6i.large': 'yes x86_64 2 8192 1,2 no 0 0 1 10 no 0 - -',
  'ml.m6i.xlarge': 'yes x86_64 4 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.m6i.2xlarge': 'yes x86_64 8 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.m6i.4xlarge': 'yes x86_64 16 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6i.8xlarge': 'yes x86_64 32 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6i.12xlarge': 'yes x86_64 48 196608 1,2 no 0 0 1 30 no 0 - -',
  'ml.m6i.16xlarge': 'yes x86_64 64 262144 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6i.24xlarge': 'yes x86_64 96 393216 1,2 no 0 0 1 50 no 0 - -',
  'ml.m6i.32xlarge': 'yes x86_64 128 524288 1,2 yes 1 0 1 50 no 0 - -',
  'ml.m7g.medium': 'yes arm64 1 4096 1 no 0 0 1 4 no 0 - -',
  'ml.m7g.large': 'yes arm64 2 8192 1 no 0 0 1 10 no 0 - -',
  'ml.m7g.xlarge': 'yes arm64 4 16384 1 no 0 0 1 15 no 0 - -',
  'ml.m7g.2xlarge': 'yes arm64 8 32768 1 no 0 0 1 15 no 0 - -',
  'ml.m7g.4xlarge': 'yes arm64 16 65536 1 no 0 0 1 30 no 0 - -',
  'ml.m7g.8xlarge': 'yes arm64 32 131072 1 no 0 0 1 30 no 0 - -',
  'ml.m7g.12xlarge': 'yes arm64 48 196608 1 no 0 0 1 30 no 0 - -',
  'ml.m7g.16xlarge': 'yes arm64 64 262144 1 yes 1 0 1 50 no 0 - -',
  'ml.m7i.large': 'yes x86_64 2 8192 1,2 no 0 0 1 10 no 0 - -',
  'ml.m7i.xlarge': 'yes x86_64 4 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.m7i.2xlarge': 'yes x86_64 8 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.m7i.4xlarge': 'yes x86_64 16 65536 1,2 no 0 0 1 30 no 0 - -',
  'ml.m7i.8xlarge': 'yes x86_64 32 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.m7i.12xlarge': 'yes x86_64 48 196608 1,2 no 0 0 1 30 no 0 - -',
  'ml.m7i.16xlarge': 'yes x86_64 64 262144 1,2 no 0 0 1 50 no 0 - -',
  'ml.m7i.24xlarge': 'yes x86_64 96 393216 1,2 no 0 0 1 50 no 0 - -',
  'ml.m7i.48xlarge': 'yes x86_64 192 786432 1,2 yes 1 0 1 50 no 0 - -',
  'ml.m8a.16xlarge': 'yes x86_64 64 262144 1 no 0 0 1 64 no 0 - -',
  'ml.m8g.medium': 'yes arm64 1 4096 1 no 0 0 1 4 no 0 - -',
  'ml.m8g.large': 'yes arm64 2 8192 1 no 0 0 1 10 no 0 - -',
  'ml.m8g.xlarge': 'yes arm64 4 16384 1 no 0 0 1 15 no 0 - -',
  'ml.m8g.2xlarge': 'yes arm64 8 32768 1 no 0 0 1 15 no 0 - -',
  'ml.m8g.4xlarge': 'yes arm64 16 65536 1 no 0 0 1 30 no 0 - -',
  'ml.m8g.8xlarge': 'yes arm64 32 131072 1 no 0 0 1 30 no 0 - -',
  'ml.m8g.12xlarge': 'yes arm64 48 196608 1 no 0 0 1 30 no 0 - -',
  'ml.m8g.16xlarge': 'yes arm64 64 262144 1 no 0 0 1 50 no 0 - -',
  'ml.m8g.24xlarge': 'yes arm64 96 393216 1 yes 1 0 1 50 no 0 - -',
  'ml.m8g.48xlarge': 'yes arm64 192 786432 1 yes 1 0 1 50 no 0 - -',
  'ml.p4d.24xlarge': 'yes x86_64 96 1179648 1,2 yes 4 8000 4 53 yes 8 nvidia-gpu A100',
  'ml.p4de.24xlarge': 'yes x86_64 96 1179648 1,2 yes 4 8000 4 53 yes 8 nvidia-gpu A100',
  'ml.p5.4xlarge': 'yes x86_64 16 262144 1,2 yes 1 3800 1 30 yes 1 nvidia-gpu H100',
  'ml.p5.48xlarge': 'yes x86_64 192 2097152 1,2 yes 32 30400 32 81 yes 8 nvidia-gpu H100',
  'ml.p5e.48xlarge': 'yes x86_64 192 2097152 1,2 yes 32 30400 32 81 yes 8 nvidia-gpu H200',
  'ml.p5en.48xlarge': 'yes x86_64 192 2097152 1,2 yes 16 30400 16 65 yes 8 nvidia-gpu H200',
  'ml.p6-b200.48xlarge': 'yes x86_64 192 2097152 1,2 yes 8 30400 8 57 yes 8 nvidia-gpu B200',
  'ml.p6-b300.48xlarge': 'yes x86_64 192 4194304 1,2 yes 16 30400 17 66 yes 8 nvidia-gpu B300',
  'ml.p6e-gb200.36xlarge': 'yes ? 144 983040 ? yes ? ? ? ? yes 4 nvidia-gpu ?',
  'ml.r5d.16xlarge': 'yes x86_64 64 524288 1,2 no 0 2400 1 50 no 0 - -',
  'ml.r6i.large': 'yes x86_64 2 16384 1,2 no 0 0 1 10 no 0 - -',
  'ml.r6i.xlarge': 'yes x86_64 4 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.r6i.2xlarge': 'yes x86_64 8 65536 1,2 no 0 0 1 15 no 0 - -',
  'ml.r6i.4xlarge': 'yes x86_64 16 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.r6i.8xlarge': 'yes x86_64 32 262144 1,2 no 0 0 1 30 no 0 - -',
  'ml.r6i.12xlarge': 'yes x86_64 48 393216 1,2 no 0 0 1 30 no 0 - -',
  'ml.r6i.16xlarge': 'yes x86_64 64 524288 1,2 no 0 0 1 50 no 0 - -',
  'ml.r6i.24xlarge': 'yes x86_64 96 786432 1,2 no 0 0 1 50 no 0 - -',
  'ml.r6i.32xlarge': 'yes x86_64 128 1048576 1,2 yes 1 0 1 50 no 0 - -',
  'ml.r7i.large': 'yes x86_64 2 16384 1,2 no 0 0 1 10 no 0 - -',
  'ml.r7i.xlarge': 'yes x86_64 4 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.r7i.2xlarge': 'yes x86_64 8 65536 1,2 no 0 0 1 15 no 0 - -',
  'ml.r7i.4xlarge': 'yes x86_64 16 131072 1,2 no 0 0 1 30 no 0 - -',
  'ml.r7i.8xlarge': 'yes x86_64 32 262144 1,2 no 0 0 1 30 no 0 - -',
  'ml.r7i.12xlarge': 'yes x86_64 48 393216 1,2 no 0 0 1 30 no 0 - -',
  'ml.r7i.16xlarge': 'yes x86_64 64 524288 1,2 no 0 0 1 50 no 0 - -',
  'ml.r7i.24xlarge': 'yes x86_64 96 786432 1,2 no 0 0 1 50 no 0 - -',
  'ml.r7i.48xlarge': 'yes x86_64 192 1572864 1,2 yes 1 0 1 50 no 0 - -',
  'ml.t3.large': 'yes x86_64 2 8192 1,2 no 0 0 1 12 no 0 - -',
  'ml.t3.medium': 'yes x86_64 2 4096 1,2 no 0 0 1 6 no 0 - -',
  'ml.t3.xlarge': 'yes x86_64 4 16384 1,2 no 0 0 1 15 no 0 - -',
  'ml.t3.2xlarge': 'yes x86_64 8 32768 1,2 no 0 0 1 15 no 0 - -',
  'ml.trn1.32xlarge': 'yes x86_64 128 524288 1,2 yes 8 7600 8 57 yes 16 neuron Trainium',
  'ml.trn1n.32xlarge': 'yes x86_64 128 524288 1,2 yes 16 7600 16 65 yes 16 neuron Trainium',
  'ml.trn2.3xlarge': 'yes x86_64 12 131072 1,2 yes 1 470 1 15 yes 1 neuron Trainium2',
  'ml.trn2.48xlarge': 'yes x86_64 192 2097152 1,2 yes 16 7600 16 65 yes 16 neuron Trainium2',
};
// </generated>
