import { Duration, Token } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnCluster } from 'aws-cdk-lib/aws-sagemaker';
import { lit, UnscopedValidationError } from '../../private/errors';
import { unlessEmpty } from '../../private/unless-empty';

/**
 * How many nodes are updated, or rolled back, at a time.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-capacitysizeconfig.html
 *
 * @example
 * const batch = UpdateBatchSize.percentage(10);
 */
export class UpdateBatchSize {
  /**
   * A number of instances, at least 1.
   */
  public static instances(count: number): UpdateBatchSize {
    return new UpdateBatchSize('INSTANCE_COUNT', count);
  }

  /**
   * A percentage of the group's instances, from 1 to 100.
   */
  public static percentage(percentage: number): UpdateBatchSize {
    if (!Token.isUnresolved(percentage) && percentage > 100) {
      throw new UnscopedValidationError(lit`UpdateBatchOverHundredPercent`,
        `a batch of ${percentage} % is more than the whole group, give a percentage from 1 to 100`);
    }
    return new UpdateBatchSize('CAPACITY_PERCENTAGE', percentage);
  }

  private constructor(private readonly type: string, private readonly value: number) {
    if (!Token.isUnresolved(value) && value < 1) {
      throw new UnscopedValidationError(lit`UpdateBatchEmpty`, `a batch of ${value} updates nothing, give at least 1`);
    }
  }

  /** @internal */
  public _render(): CfnCluster.CapacitySizeConfigProperty {
    return { type: this.type, value: this.value };
  }
}

/**
 * How an update of the nodes' software is rolled out.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-deploymentconfig.html
 */
export interface RollingUpdateOptions {
  /**
   * How many nodes are updated at a time.
   */
  readonly maximumBatchSize: UpdateBatchSize;

  /**
   * How many nodes are rolled back at a time.
   *
   * @default - the service's default
   */
  readonly rollbackMaximumBatchSize?: UpdateBatchSize;

  /**
   * How long to watch the alarms after each batch, up to an hour.
   *
   * @default - no wait
   */
  readonly waitInterval?: Duration;

  /**
   * Alarms of which any rolls the update back. The execution role is allowed to look at them.
   *
   * @default - the update is not rolled back by alarms
   */
  readonly rollbackAlarms?: IAlarm[];
}

/**
 * When the nodes' software is updated.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-scheduledupdateconfig.html
 */
export interface ScheduledUpdate {
  /**
   * The schedule, such as `cron(0 3 ? * SUN *)`, each field after one space: minute 0 to 59, hour 0 to 23, day of month 1 to 31 or `?`,
   * month 1 to 12, `*` or a step such as every third month, day of week `MON` to `SUN`, 1 to 7, `?`, `L`, `n#m` or `nL`, year 2020 to 2099 or `*`.
   */
  readonly scheduleExpression: string;

  /**
   * How an update is rolled out.
   *
   * @default - all nodes at once
   */
  readonly rollingUpdate?: RollingUpdateOptions;
}

/**
 * When HyperPod patches nodes by itself.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-autopatchconfig.html
 */
export enum PatchingStrategy {
  /** Each node when it is idle. */
  WHEN_IDLE = 'WhenIdle',

  /** All nodes when all of them are idle. */
  WHEN_ALL_IDLE = 'WhenAllIdle',
}

/**
 * Patches that HyperPod installs by itself. They may take a group past its `imageReleaseVersion`. EKS only.
 */
export interface AutoPatch {
  /**
   * When nodes are patched.
   */
  readonly patchingStrategy: PatchingStrategy;

  /**
   * How patches are rolled out.
   *
   * @default - the service's default
   */
  readonly rollingUpdate?: RollingUpdateOptions;
}

export function renderScheduledUpdate(update: ScheduledUpdate): CfnCluster.ScheduledUpdateConfigProperty {
  return { scheduleExpression: update.scheduleExpression, deploymentConfig: renderRollingUpdate(update.rollingUpdate) };
}

export function renderAutoPatch(patch: AutoPatch): CfnCluster.AutoPatchConfigProperty {
  return { patchingStrategy: patch.patchingStrategy, deploymentConfig: renderRollingUpdate(patch.rollingUpdate) };
}

function renderRollingUpdate(options?: RollingUpdateOptions): CfnCluster.DeploymentConfigProperty | undefined {
  return options && {
    rollingUpdatePolicy: {
      maximumBatchSize: options.maximumBatchSize._render(),
      rollbackMaximumBatchSize: options.rollbackMaximumBatchSize?._render(),
    },
    waitIntervalInSeconds: options.waitInterval?.toSeconds(),
    autoRollbackConfiguration: unlessEmpty(options.rollbackAlarms?.map(({ alarmName }) => ({ alarmName }))),
  };
}
