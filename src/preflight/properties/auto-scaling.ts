import { orchestratorOf } from '../core/orchestrator';
import { about } from '../findings/about';
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
    const [mode, role, recovery] = [cluster.at('AutoScaling', 'Mode'), cluster.at('ClusterRole'), cluster.at('NodeRecovery')];
    if (orchestratorOf(cluster) === 'Slurm' || mode.text !== 'Enable') { return []; }
    const mistakes = [
      ...role.isGiven ? [] : [{ property: role, sentence: 'it has no ClusterRole; set it' }],
      ...recovery.text === 'None' ? [{ property: recovery, sentence: 'its NodeRecovery is "None"; set it to "Automatic"' }] : [],
    ];
    return mistakes.length === 0 ? [] : [about(cluster, 'error',
      `The cluster enables AutoScaling, but ${mistakes.map(({ sentence }) => sentence).join('; ')}.`, ...mistakes.map(({ property }) => property))];
  },
};
