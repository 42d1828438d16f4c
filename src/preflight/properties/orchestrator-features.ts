import { EKS_GROUP_PROPERTIES, EKS_MODES, SLURM_GROUP_PROPERTIES } from '../../service/orchestrator-features';
import type { ClusterModel } from '../core/cluster-model';
import { spelledOutGroups } from '../core/groups';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { knownText } from '../core/literals';
import { orchestratorOf } from '../core/orchestrator';
import { spelledOut } from '../core/spelled-out';
import { aboutCluster } from '../findings/about-cluster';
import { aboutGroup } from '../findings/about-group';
import { namedGroups } from '../findings/group-names';
import type { Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';

export const orchestratorFeatures: Rule = {
  id: 'HyperPod-OrchestratorFeatures',
  title: 'A cluster has only properties of its own orchestrator',
  levels: ['error', 'warning'],
  prevents: [],
  why: 'Kubernetes labels and taints, HyperPod\'s AMI versions, automatic patching, autoscaling and tiered storage exist on EKS only, node types '
    + 'and partitions on Slurm only.',
  fix: 'Remove the properties of the other orchestrator, or set Orchestrator.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-custom-labels-and-taints.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-clusterinstancegroup.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ami-auto-patching.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/managed-tier-checkpointing-setup.html',
    'https://docs.aws.amazon.com/nova/latest/userguide/nova-hp-cluster.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html',
  ],
  check: cluster => {
    switch (orchestratorOf(cluster)) {
      case 'Eks': return aboutStandardGroups(cluster, SLURM_GROUP_PROPERTIES, 'Slurm', 'EKS');
      case 'Slurm': return [...aboutModes(cluster), ...aboutStandardGroups(cluster, EKS_GROUP_PROPERTIES, 'EKS', 'Slurm'), ...aboutRestrictedGroups(cluster)];
      default: return [];
    }
  },
};

function aboutModes(cluster: ClusterModel): Observation[] {
  const enabled = EKS_MODES.filter(name => knownText(cluster, spelledOut(cluster.properties[name])?.Mode) === 'Enable');
  if (enabled.length === 0) { return []; }
  return [aboutCluster('error',
    `The cluster enables ${enabled.join(' and ')}, which only EKS has, but Slurm orchestrates it.\n`
    + `Remove ${enabled.join(' and ')}, or set Orchestrator.Eks.`, ...enabled)];
}

function aboutStandardGroups(cluster: ClusterModel, names: readonly string[], owner: string, actual: string): Observation[] {
  return spelledOutGroups(cluster, 'InstanceGroups').flatMap(group => {
    const foreign = names.filter(name => group.properties[name] !== undefined);
    return foreign.length === 0 ? [] : [misplaced(group, foreign, owner, actual)];
  });
}

/** That restricted groups are described for EKS only is not a statement that Slurm refuses them. */
function aboutRestrictedGroups(cluster: ClusterModel): Observation[] {
  return spelledOutGroups(cluster, 'RestrictedInstanceGroups').map(group => aboutGroup(group, 'warning',
    `The restricted ${namedGroups([group])} is in a Slurm cluster; AWS describes restricted instance groups for EKS clusters only.\n`
    + 'Set Orchestrator.Eks.', 'InstanceGroupName'));
}

function misplaced(group: InstanceGroupModel, names: readonly string[], owner: string, actual: string): Observation {
  return aboutGroup(group, 'error',
    `The ${namedGroups([group])} has ${names.join(' and ')}, which only ${owner} clusters have, but ${actual} orchestrates the cluster.\n`
    + `Remove ${names.join(' and ')}, or change Orchestrator.`, ...names);
}
