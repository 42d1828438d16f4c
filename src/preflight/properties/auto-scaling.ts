import { knownText } from '../core/literals';
import { orchestratorOf } from '../core/orchestrator';
import { spelledOut } from '../core/spelled-out';
import { aboutCluster } from '../findings/about-cluster';
import type { Rule } from '../findings/rule';

export const autoScaling: Rule = {
  id: 'HyperPod-AutoScaling',
  title: 'Autoscaling has a role, and automatic node recovery',
  levels: ['error'],
  prevents: [],
  why: 'HyperPod\'s Karpenter adds and removes nodes with the ClusterRole, and relies on HyperPod to replace faulty ones: AWS requires "NodeRecovery set '
    + 'to automatic".',
  fix: 'Set ClusterRole to a role that hyperpod.sagemaker.amazonaws.com can assume, and NodeRecovery to Automatic.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCluster.html',
  ],
  check: cluster => {
    const { AutoScaling, ClusterRole, NodeRecovery } = cluster.properties;
    if (orchestratorOf(cluster) === 'Slurm' || knownText(cluster, spelledOut(AutoScaling)?.Mode) !== 'Enable') { return []; }
    const mistakes = [
      ...ClusterRole === undefined ? [{ name: 'ClusterRole', sentence: 'it has no ClusterRole; set it' }] : [],
      ...knownText(cluster, NodeRecovery) === 'None' ? [{ name: 'NodeRecovery', sentence: 'its NodeRecovery is "None"; set it to "Automatic"' }] : [],
    ];
    return mistakes.length === 0 ? [] : [aboutCluster('error',
      `The cluster enables AutoScaling, but ${mistakes.map(({ sentence }) => sentence).join('; ')}.`, ...mistakes.map(({ name }) => name))];
  },
};
