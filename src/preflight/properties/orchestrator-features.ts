import { EKS_GROUP_PROPERTIES, EKS_MODES, SLURM_GROUP_PROPERTIES } from '../../service/orchestrator-features';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
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
    const enabled = EKS_MODES.filter(name => cluster.at(name, 'Mode').text === 'Enable').map(name => cluster.at(name));
    const names = enabled.map(({ name }) => name).join(' and ');
    return enabled.length === 0 || orchestratorOf(cluster) !== 'Slurm' ? [] : [about(cluster, 'error',
      `The cluster enables ${names}, which only EKS has, but Slurm orchestrates it.\nRemove ${names}, or set Orchestrator.Eks.`, ...enabled)];
  },
  checkGroup: (cluster, group) => {
    const orchestrator = orchestratorOf(cluster);
    if (group.kind === 'RestrictedInstanceGroups') { return orchestrator === 'Slurm' && group.isSpelledOut ? [restrictedOnSlurm(group)] : []; }
    switch (orchestrator) {
      case 'Eks': return misplaced(group, SLURM_GROUP_PROPERTIES, 'Slurm', 'EKS');
      case 'Slurm': return misplaced(group, EKS_GROUP_PROPERTIES, 'EKS', 'Slurm');
      default: return [];
    }
  },
};

/** That restricted groups are described for EKS only is not a statement that Slurm refuses them. */
function restrictedOnSlurm(group: InstanceGroupModel): Observation {
  return about(group, 'warning',
    `The restricted ${namedGroups([group])} is in a Slurm cluster; AWS describes restricted instance groups for EKS clusters only.\n`
    + 'Set Orchestrator.Eks.', group.at('InstanceGroupName'));
}

function misplaced(group: InstanceGroupModel, foreign: readonly string[], owner: string, actual: string): Observation[] {
  const given = foreign.map(name => group.at(name)).filter(({ isGiven }) => isGiven);
  const names = given.map(({ name }) => name).join(' and ');
  return given.length === 0 ? [] : [about(group, 'error',
    `The ${namedGroups([group])} has ${names}, which only ${owner} clusters have, but ${actual} orchestrates the cluster.\n`
    + `Remove ${names}, or change Orchestrator.`, ...given)];
}
