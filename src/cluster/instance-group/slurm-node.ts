import { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import type { SlurmNodeType } from '../../service/provisioning-parameters';

/**
 * What the nodes of an instance group do in a Slurm cluster.
 *
 * If one instance group names its Slurm node type, every group must; exactly one must be the controller, and at most one
 * the login nodes. If none does, the lifecycle scripts configure Slurm.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-ref.html
 *
 * @example
 * const controller = SlurmNode.controller();
 * const workers = SlurmNode.compute('gpu');
 */
export abstract class SlurmNode {
  /**
   * The controller (head) node, which runs `slurmctld`.
   */
  public static controller(): SlurmNode {
    return new UnpartitionedSlurmNode('Controller');
  }

  /**
   * Login nodes, where people submit jobs.
   */
  public static login(): SlurmNode {
    return new UnpartitionedSlurmNode('Login');
  }

  /**
   * Worker nodes, which run jobs.
   *
   * Slurm also puts every node into the partition `dev`.
   *
   * @param partitionName the Slurm partition that the nodes join: letters, digits, and hyphens between them; any name
   *   that Slurm allows, if the lifecycle scripts set up Slurm
   */
  public static compute(partitionName: string): SlurmNode {
    return new ComputeSlurmNode(partitionName);
  }

  /** @internal */
  public abstract readonly _nodeType: SlurmNodeType;

  protected constructor() {}

  /** @internal */
  public abstract _render(): CfnCluster.ClusterSlurmConfigProperty;
}

class UnpartitionedSlurmNode extends SlurmNode {
  constructor(public readonly _nodeType: Exclude<SlurmNodeType, 'Compute'>) {
    super();
  }

  public _render(): CfnCluster.ClusterSlurmConfigProperty {
    return { nodeType: this._nodeType };
  }
}

class ComputeSlurmNode extends SlurmNode {
  public readonly _nodeType = 'Compute';

  constructor(private readonly partitionName: string) {
    super();
  }

  public _render(): CfnCluster.ClusterSlurmConfigProperty {
    return { nodeType: this._nodeType, partitionNames: [this.partitionName] };
  }
}
