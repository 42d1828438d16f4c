import { Stack } from 'aws-cdk-lib';
import { CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import type { AcknowledgeWildcards } from './execution-role-policy';
import type { InstanceGroupOptions } from '../cluster/instance-group/instance-group';
import { acknowledgeAlarmWildcards, acknowledgeDataWildcards } from '../private/acknowledgements';
import { keyStatement } from '../private/key-statement';
import { DECRYPT_SECRET_ACTION, READ_SECRET_ACTION } from '../service/accounting-secret';
import { DATA_ACTIONS, DATA_KEY_ACTIONS, LIST_DATA_ACTION } from '../service/job-data';
import { ALARM_ACTION } from '../service/rollback-alarms';

/** What an execution role is allowed because of a feature of its instance groups. */
export interface FeaturePermissions {
  /** Completes "it did not get the permissions …". */
  readonly purpose: string;
  readonly statements: readonly PolicyStatement[];
  readonly acknowledgeWildcards?: AcknowledgeWildcards;
}

/**
 * To look at the alarms that roll an update back.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-operate-cli-command-update-cluster-software.html
 */
export function rollbackAlarmPermissions({ scheduledUpdate, autoPatch }: InstanceGroupOptions): FeaturePermissions {
  const alarms = [scheduledUpdate, autoPatch].flatMap(update => update?.rollingUpdate?.rollbackAlarms ?? []);
  const resources = [...new Set(alarms.map(({ alarmArn }) => alarmArn))];
  return {
    purpose: 'to look at the alarms that roll updates back',
    statements: alarms.length === 0 ? [] : [new PolicyStatement({
      actions: [ALARM_ACTION],
      // A narrower scope shows no composite alarms: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
      resources: alarms.some(isComposite) ? ['*'] : resources,
    })],
    acknowledgeWildcards: acknowledgeAlarmWildcards,
  };
}

function isComposite(alarm: IAlarm): boolean {
  return CfnCompositeAlarm.isCfnCompositeAlarm(alarm.node.defaultChild);
}

/**
 * To read the user name and the password of Slurm's accounting database.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
export function accountingSecretPermissions(scope: IConstruct, secret: ISecret): FeaturePermissions {
  const { region, urlSuffix } = Stack.of(scope);
  return {
    purpose: 'to read the secret of the accounting database',
    statements: [
      new PolicyStatement({
        actions: [READ_SECRET_ACTION],
        // Without its full ARN, the secret's random suffix is not known: six characters.
        // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
        resources: [secret.secretFullArn ?? `${secret.secretArn}-??????`],
      }),
      ...(secret.encryptionKey ? [
        keyStatement(secret.encryptionKey, [DECRYPT_SECRET_ACTION], { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } }),
      ] : []),
    ],
  };
}

/**
 * To read and write the buckets that hold input and output of jobs on restricted instance groups.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html
 */
export function dataBucketPermissions(buckets: IBucket[]): FeaturePermissions {
  const keys = [...new Set(buckets.flatMap(({ encryptionKey }) => encryptionKey ?? []))];
  return {
    purpose: 'to read and write the data of its jobs',
    statements: buckets.length === 0 ? [] : [
      new PolicyStatement({ actions: [LIST_DATA_ACTION], resources: buckets.map(({ bucketArn }) => bucketArn) }),
      new PolicyStatement({
        actions: [...DATA_ACTIONS],
        resources: buckets.map(bucket => bucket.arnForObjects('*')),
      }),
      ...keys.map(key => keyStatement(key, DATA_KEY_ACTIONS)),
    ],
    acknowledgeWildcards: acknowledgeDataWildcards,
  };
}
