import { eksNodeRoleUses } from './eks-node-roles';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import { namedGroups } from '../findings/group-names';
import type { Rule } from '../findings/rule';

export const executionRoleOnEksNodes: Rule = {
  id: 'HyperPod-ExecutionRoleOnEksNodes',
  title: 'HyperPod nodes and EKS nodes have different roles',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'EKS recognizes a node by its role: an access entry says what kind of node it is, and a role has at most one in a cluster. AWS demands '
    + 'distinct roles for HyperPod nodes and for those of EKS node groups.',
  fix: 'Give the EKS node group, or the HyperPod instance groups, a role of its own.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-prerequisites.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
  ],
  checkGroup: (cluster, group) => {
    const { role } = group;
    if (!role) { return []; }
    const uses = eksNodeRoleUses(cluster, role);
    if (uses.length === 0) { return []; }
    const certain = uses.some(({ onSameCluster }) => onSameCluster === 'yes');
    return [about(group, certain ? 'error' : 'warning', groups =>
      `The execution role ${namedRole(role)} of ${namedGroups(groups)} is also the role of EKS nodes: ${uses.map(({ resource }) => resource.node.path).join(', ')}.`
      + `${certain ? '' : ' Whether these belong to the same EKS cluster is not known at synth.'}\nGive one of them a role of its own.`, group.at('ExecutionRole'))];
  },
};
