import { orchestratorOf } from '../core/orchestrator';
import { fsxConfigs } from '../core/storage';
import { about } from '../findings/about';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const fsxVpc: Rule = {
  id: 'HyperPod-FsxVpc',
  title: 'A cluster that mounts FSx file systems has a VPC',
  levels: ['error'],
  prevents: ['FSx configurations are only supported for Custom VPC'],
  why: 'File systems lie in a VPC of yours, which nodes in the VPC that HyperPod manages cannot reach.',
  fix: 'Set VpcConfig of the cluster to subnets and security groups from which the file system can be reached.',
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/smcluster-getting-started-slurm-cli.html'],
  checkGroup: (cluster, group) => {
    // On EKS, the missing VPC is wrong in itself, and reported as such.
    if (fsxConfigs(group).length === 0 || orchestratorOf(cluster) === 'Eks' || cluster.at('VpcConfig').isGiven) { return []; }
    return [about(group, 'error', groups =>
      `The FSx file systems of ${namedGroups(groups)} cannot be mounted: the cluster has no VpcConfig.\nSet VpcConfig of the cluster.`,
    group.at('InstanceStorageConfigs'))];
  },
};
