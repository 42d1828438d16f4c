import { spelledOutGroups } from '../core/groups';
import { orchestratorOf } from '../core/orchestrator';
import { fsxConfigs } from '../core/storage';
import { aboutGroups } from '../findings/about-group';
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
  check: cluster => {
    // On EKS, the missing VPC is wrong in itself, and reported as such.
    if (orchestratorOf(cluster) === 'Eks' || cluster.properties.VpcConfig !== undefined) { return []; }
    const groups = spelledOutGroups(cluster).filter(group => fsxConfigs(group).length > 0);
    return groups.length === 0 ? [] : [aboutGroups(groups, 'error',
      `The FSx file systems of ${namedGroups(groups)} cannot be mounted: the cluster has no VpcConfig.\nSet VpcConfig of the cluster.`,
      'InstanceStorageConfigs')];
  },
};
