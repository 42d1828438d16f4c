import { Token } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { lit, UnscopedValidationError } from '../../private/errors';

/**
 * Memory of the nodes that managed tiered checkpointing keeps checkpoints in. EKS only.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/managed-tier-checkpointing.html
 *
 * @example
 * const tieredStorage = TieredStorage.enabled({ instanceMemoryAllocationPercentage: 20 });
 */
export class TieredStorage {
  /**
   * Keeps checkpoints in the nodes' memory.
   */
  public static enabled(options: TieredStorageOptions = {}): TieredStorage {
    const { instanceMemoryAllocationPercentage: percentage } = options;
    if (percentage !== undefined && !Token.isUnresolved(percentage) && (percentage < 20 || percentage > 100)) {
      throw new UnscopedValidationError(lit`TieredStoragePercentageOutOfRange`,
        `instanceMemoryAllocationPercentage ${percentage} is out of range, give 20 to 100`);
    }
    return new TieredStorage({ mode: 'Enable', instanceMemoryAllocationPercentage: percentage });
  }

  /**
   * Turns it off where it was on.
   */
  public static disabled(): TieredStorage {
    return new TieredStorage({ mode: 'Disable' });
  }

  private constructor(private readonly property: CfnCluster.TieredStorageConfigProperty) {}

  /** @internal */
  public _render(): CfnCluster.TieredStorageConfigProperty {
    return this.property;
  }
}

/**
 * Options of tiered storage.
 */
export interface TieredStorageOptions {
  /**
   * The share of each node's memory, as a percentage from 20 to 100.
   *
   * @default - the service's default
   */
  readonly instanceMemoryAllocationPercentage?: number;
}
