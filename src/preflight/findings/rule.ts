import type { Level, Observation } from './observation';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';

/**
 * One thing that can be wrong with a cluster. A rule reads the model, and nothing else; it has no memory and no effect.
 */
export interface Rule {
  /** `HyperPod-<PascalCaseName>`: a contract, since users acknowledge by it. */
  readonly id: string;
  readonly title: string;
  /** The levels that its observations may have. */
  readonly levels: readonly Level[];
  /** The messages of AWS that it prevents, verbatim, so that a search for one leads here. */
  readonly prevents: readonly string[];
  /** Why it matters. */
  readonly why: string;
  /** What to do about a finding. */
  readonly fix: string;
  /** Where the facts come from. */
  readonly sources: readonly string[];
  /** Judges the cluster, or its groups together. */
  check?(cluster: ClusterModel): readonly Observation[];
  /** Judges one instance group: only what it depends on for this group are ways to deploy the app that have to be looked at. */
  checkGroup?(cluster: ClusterModel, group: InstanceGroupModel): readonly Observation[];
}
