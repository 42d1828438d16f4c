import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { HyperPodClusterProps } from './hyperpod-cluster-props';
import type { InstanceGroupOptions } from './instance-group/instance-group';
import type { RestrictedInstanceGroupOptions } from './instance-group/restricted-instance-group';
import { lit, ValidationError } from '../private/errors';

/*
 * The texts that people write themselves, checked with the patterns of the schema of AWS::SageMaker::Cluster.
 *
 * CDK's own validation knows these patterns, but only warns unless `@aws-cdk/core:validateAgainstDefaultRules` is set.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-cluster.html
 */

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;
const MAX_NAME_LENGTH = 63;
const DATABASE_NAME = /^[a-zA-Z0-9$_]+$/;
const TRAINING_PLAN_ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:training-plan\/.+$/;

/**
 * The fields of a schedule, each with what it may be.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-cluster-scheduledupdateconfig.html
 */
const SCHEDULE_FIELDS: readonly (readonly [string, RegExp, string])[] = [
  ['minute', /^(?:[0-5]?[0-9])?$/, '0 to 59'],
  ['hour', /^(?:[01]?[0-9]|2[0-3])$/, '0 to 23'],
  ['day of month', /^(?:0?[1-9]|[12][0-9]|3[01]|\?)$/, '1 to 31 or ?'],
  ['month', /^(?:(?:0?[1-9]|1[0-2])|\*|\*\/(?:[1-9]|1[0-2]))?$/, '1 to 12, * or */n'],
  ['day of week', /^(?:MON|TUE|WED|THU|FRI|SAT|SUN|[1-7]|\?|L|[1-7]#[1-5]|[1-7]L)$/, 'MON to SUN, 1 to 7, ?, L, n#m or nL'],
  ['year', /^(?:20[2-9][0-9]|\*)?$/, '2020 to 2099 or *'],
];

export function requireClusterTexts(scope: IConstruct, { clusterName, orchestrator }: HyperPodClusterProps): void {
  if (isRefused(clusterName, isName)) {
    throw new ValidationError(lit`ClusterNameInvalid`, `clusterName ${notAName(clusterName)}`, scope);
  }
  const databaseName = orchestrator?._accountingDatabase?.databaseName;
  if (isRefused(databaseName, text => DATABASE_NAME.test(text))) {
    throw new ValidationError(lit`AccountingDatabaseNameInvalid`,
      `databaseName ${JSON.stringify(databaseName)} of the accounting database is not accepted, give letters, digits, _ and $ alone`, scope);
  }
}

/** @param inSlurmConfig whether HyperPod sets up Slurm: scripts that do it may name partitions as Slurm allows */
export function requireInstanceGroupTexts(scope: IConstruct, group: InstanceGroupOptions, inSlurmConfig: boolean): void {
  requireInstanceGroupName(scope, group);
  const [partitionName] = group.slurmNode?._render().partitionNames ?? [];
  if (inSlurmConfig && isRefused(partitionName, text => NAME.test(text))) {
    throw new ValidationError(lit`PartitionNameInvalid`,
      `${named(group)} has partition ${JSON.stringify(partitionName)}, which SlurmConfig does not accept; give letters, digits, and hyphens between them`, scope);
  }
  requireTrainingPlanArn(scope, group, group.capacity?._render().trainingPlanArn);
  requireSchedule(scope, group);
}

export function requireRestrictedInstanceGroupTexts(scope: IConstruct, group: RestrictedInstanceGroupOptions): void {
  requireInstanceGroupName(scope, group);
  requireTrainingPlanArn(scope, group, group.trainingPlanArn);
}

function requireInstanceGroupName(scope: IConstruct, { instanceGroupName }: Named): void {
  if (isRefused(instanceGroupName, isName)) {
    throw new ValidationError(lit`InstanceGroupNameInvalid`, `instanceGroupName ${notAName(instanceGroupName)}`, scope);
  }
}

function requireTrainingPlanArn(scope: IConstruct, group: Named, arn: string | undefined): void {
  if (isRefused(arn, text => TRAINING_PLAN_ARN.test(text))) {
    throw new ValidationError(lit`TrainingPlanArnInvalid`,
      `${named(group)} has training plan ${JSON.stringify(arn)}, which is not the ARN of one; `
      + 'give it as arn:<partition>:sagemaker:<region>:<account>:training-plan/<name>', scope);
  }
}

function requireSchedule(scope: IConstruct, group: InstanceGroupOptions): void {
  const schedule = group.scheduledUpdate?.scheduleExpression;
  if (schedule === undefined || Token.isUnresolved(schedule)) { return; }
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) {
    throw new ValidationError(lit`ScheduleExpressionInvalid`,
      `${named(group)} has scheduleExpression ${JSON.stringify(schedule)}: ${problem}; give one such as "cron(0 3 ? * SUN *)"`, scope);
  }
}

function scheduleProblem(schedule: string): string | undefined {
  const fields = /^cron\(([^()]*)\)$/.exec(schedule)?.[1].split(' ');
  if (fields?.length !== SCHEDULE_FIELDS.length) {
    return `it is not cron(…) with ${SCHEDULE_FIELDS.map(([name]) => name).join(', ')}, each after one space`;
  }
  const wrong = SCHEDULE_FIELDS.findIndex(([, pattern], index) => !pattern.test(fields[index]));
  if (wrong < 0) { return undefined; }
  const [name, , allowed] = SCHEDULE_FIELDS[wrong];
  return `the ${name} ${JSON.stringify(fields[wrong])} is not ${allowed}`;
}

type Named = Pick<InstanceGroupOptions, 'instanceGroupName'>;

function isRefused(text: string | undefined, accepts: (text: string) => boolean): boolean {
  return text !== undefined && !Token.isUnresolved(text) && !accepts(text);
}

function isName(text: string): boolean {
  return NAME.test(text) && text.length <= MAX_NAME_LENGTH;
}

function notAName(name: string | undefined): string {
  return `${JSON.stringify(name)} is not accepted, give 1 to ${MAX_NAME_LENGTH} letters and digits, with hyphens between them`;
}

function named({ instanceGroupName }: Named): string {
  return `instance group ${JSON.stringify(instanceGroupName)}`;
}
