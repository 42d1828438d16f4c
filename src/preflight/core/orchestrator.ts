import type { ClusterModel } from './cluster-model';

/**
 * What orchestrates the cluster. Slurm, if the template says nothing; undefined, if only the deployment knows, or the template
 * names both or neither.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export function orchestratorOf(cluster: ClusterModel): 'Eks' | 'Slurm' | undefined {
  const orchestrator = cluster.at('Orchestrator');
  if (!orchestrator.isGiven) { return 'Slurm'; }
  const isEks = orchestrator.at('Eks').isGiven;
  if (isEks === orchestrator.at('Slurm').isGiven) { return undefined; }
  return isEks ? 'Eks' : 'Slurm';
}
