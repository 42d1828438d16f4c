import type { ClusterModel } from './cluster-model';
import { spelledOut } from './spelled-out';

/**
 * What orchestrates the cluster. Slurm, if the template says nothing; undefined, if only the deployment knows, or the template
 * names both or neither.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 */
export function orchestratorOf({ properties: { Orchestrator } }: ClusterModel): 'Eks' | 'Slurm' | undefined {
  if (Orchestrator === undefined) { return 'Slurm'; }
  const { Eks, Slurm } = spelledOut(Orchestrator) ?? {};
  if ((Eks === undefined) === (Slurm === undefined)) { return undefined; }
  return Eks === undefined ? 'Slurm' : 'Eks';
}
