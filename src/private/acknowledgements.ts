import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { inNagNotation, isAcceptedId } from './nag-notation';

/**
 * The findings of cdk-nag's packs on what a cluster makes, each with the reason why it stands.
 * https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
 */

const HIPAA = 'HIPAA.Security';
const NIST_R4 = 'NIST.800.53.R4';
const NIST_R5 = 'NIST.800.53.R5';
const PCI = 'PCI.DSS.321';
const SERVERLESS = 'Serverless';
const AWS_SOLUTIONS = 'AwsSolutions';

export function acknowledgeExecutionRole(role: IConstruct, managedPolicyArn: string): void {
  acknowledge(role, 'HyperPod requires this managed policy on the execution role of every node.',
    finding(AWS_SOLUTIONS, `IAM4[Policy::${nagNotation(role, managedPolicyArn)}]`));
}

export function acknowledgeExecutionRolePolicy(policy: IConstruct): void {
  acknowledge(policy, 'These permissions are for the nodes of this cluster alone and go with it; a policy to share would outlive them.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'IAMNoInlinePolicy')));
}

export function acknowledgeNetworkWildcards(policy: IConstruct, resources: string[]): void {
  acknowledge(policy, 'AWS documents these actions for any resource: HyperPod works on network interfaces that do not exist at deployment, '
    + 'and pods pull from registries that are not known then.',
  ...resources.map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(policy, resource)}]`)));
}

export function acknowledgeScriptWildcards(policy: IConstruct, resources: string[]): void {
  acknowledge(policy, 'A node reads every lifecycle script under this prefix, and no other object.',
    ...resources.map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(policy, resource)}]`)));
}

export function acknowledgeDataWildcards(policy: IConstruct, resources: string[]): void {
  acknowledge(policy, 'Jobs read and write any object of the buckets that hold their data.',
    ...resources.map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(policy, resource)}]`)));
}

export function acknowledgeAlarmWildcards(policy: IConstruct, resources: string[]): void {
  acknowledge(policy, 'CloudWatch describes composite alarms only to those who may describe any alarm.',
    ...resources.map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(policy, resource)}]`)));
}

export function acknowledgeClusterRole(role: IConstruct, resources: string[]): void {
  acknowledge(role, 'AWS documents these permissions for any cluster and key: the cluster has no ARN before it has this role, '
    + 'and conditions leave only the account\'s clusters and the grants that volumes need.',
  ...resources.map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(role, resource)}]`)));
  acknowledge(role, 'These permissions are for the auto scaling of this cluster alone and go with it; a policy to share would outlive them.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'IAMNoInlinePolicy')));
}

export function acknowledgeSecurityGroupIngress(rule: IConstruct): void {
  acknowledge(rule, 'Elastic Fabric Adapter needs all traffic between the members of this group; nobody else can use the rule.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'EC2RestrictedCommonPorts')));
}

export function acknowledgeLifecycleBucket(bucket: IConstruct): void {
  acknowledge(bucket, 'Where access logs go is the account owner\'s choice: give a lifecycleBucket that has them.',
    finding(AWS_SOLUTIONS, 'S1'), ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'S3BucketLoggingEnabled')));
  acknowledge(bucket, 'The bucket holds copies of scripts that the app holds too; deploying it again restores them.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'S3BucketReplicationEnabled')));
  acknowledge(bucket, 'The bucket holds scripts, not data, and is encrypted with keys of S3: give a lifecycleBucket with SSE-KMS for a key of your own.',
    ...[HIPAA, NIST_R5, PCI].map(pack => finding(pack, 'S3DefaultEncryptionKMS')));
  acknowledge(bucket, 'The bucket is versioned, and an upload never overwrites or removes another; a lock would keep it from being deleted.',
    finding(NIST_R4, 'S3BucketDefaultLockEnabled'));
}

/**
 * CDK's handler for bucket deployments belongs to the stack, and other deployments may share it. What is acknowledged here
 * is what it always is and always does, and its access to the two buckets of this upload.
 */
export function acknowledgeUploadHandler(handlerRole: IConstruct, readObjects: string, writtenObjects: string, isEncryptedWithKey: boolean): void {
  const handler = handlerRole.node.scope!;
  acknowledge(handler, 'CDK chooses the runtime of its handler for bucket deployments.',
    finding(AWS_SOLUTIONS, 'L1'), finding(SERVERLESS, 'LambdaLatestVersion'));
  acknowledge(handler, 'CDK\'s handler for bucket deployments runs only while CloudFormation deploys, one call at a time, and CloudFormation sees it fail.',
    ...[HIPAA, NIST_R5].flatMap(pack => [finding(pack, 'LambdaConcurrency'), finding(pack, 'LambdaDLQ')]),
    finding(SERVERLESS, 'LambdaDLQ'), finding(SERVERLESS, 'LambdaTracing'));
  acknowledge(handler, 'CDK\'s handler for bucket deployments copies between two buckets and calls CloudFormation; it reaches nothing in a VPC.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'LambdaInsideVPC')));
  acknowledge(handlerRole, 'CDK\'s handler for bucket deployments writes its logs with this managed policy.',
    finding(AWS_SOLUTIONS, 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'));
  acknowledge(handlerRole, 'CDK grants its handler for bucket deployments what it needs in an inline policy.',
    ...[HIPAA, NIST_R4, NIST_R5, PCI].map(pack => finding(pack, 'IAMNoInlinePolicy')));
  acknowledge(handlerRole, 'CDK grants its handler for bucket deployments to read the uploaded asset and to write the destination, in these words.',
    ...['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'].map(action => finding(AWS_SOLUTIONS, `IAM5[Action::${action}]`)),
    ...[readObjects, writtenObjects].map(resource => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(handlerRole, resource)}]`)));
  if (isEncryptedWithKey) {
    acknowledge(handlerRole, 'CDK grants its handler for bucket deployments the use of the key that encrypts the destination, in these words.',
      ...['kms:GenerateDataKey*', 'kms:ReEncrypt*'].map(action => finding(AWS_SOLUTIONS, `IAM5[Action::${action}]`)));
  }
}

export function acknowledgeSessionWildcards(principal: IConstruct, sessions: string[]): void {
  acknowledge(principal, 'The ids of sessions are not known before they start: one begins with the name of who starts it, or is tagged with it.',
    ...sessions.map(session => finding(AWS_SOLUTIONS, `IAM5[Resource::${nagNotation(principal, session)}]`)));
}

/**
 * CDK's own validation, whose copy of CloudFormation's schema may be older than the L1.
 */
export function acknowledgeImageReleaseVersion(cluster: IConstruct): void {
  acknowledge(cluster, 'The schema that aws-cdk-lib 2.275.0 validates against does not know ImageReleaseVersion yet, which its own L1 has.',
    'CloudFormation-Validate::F3002');
}

function acknowledge(construct: IConstruct, reason: string, ...ids: string[]): void {
  Validations.of(construct).acknowledge(...ids.filter(isAcceptedId).map(id => ({ id, reason })));
}

function finding(pack: string, rule: string): string {
  return `${pack}::${pack}-${rule}`;
}

function nagNotation(scope: IConstruct, value: string): string {
  return inNagNotation(Stack.of(scope).resolve(value));
}
