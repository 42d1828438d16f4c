import { readStatements } from './read-statements';
import { alike, type ScriptReader, scriptReaderOf, unknownOf } from './script-reader';
import type { ActionDecision } from '../../iam/policy/evaluate';
import { arePermissionsPrinted } from '../../private/printed-permissions';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import type { Property } from '../core/property';
import { about } from '../findings/about';
import { namedGroups as named } from '../findings/group-names';
import type { Observation } from '../findings/observation';
import type { Rule } from '../findings/rule';
import { toAdd } from '../findings/to-add';

export const lifecycleBucketAccess: Rule = {
  id: 'HyperPod-LifecycleBucketAccess',
  title: 'The execution role can read the lifecycle scripts of its instance groups',
  levels: ['error', 'warning'],
  prevents: [
    'Execution role provided does not have permissions to access the bucket s3://… Please ensure that the role has minimum permissions to read the bucket (s3:ListBucket, s3:GetObject).',
    'Lifecycle scripts did not run successfully. Ensure the scripts exist in provided S3 path, are accessible, and run without errors',
  ],
  why: 'Each node lists the bucket and reads every script under the prefix with its group\'s execution role. '
    + 'The managed policy AmazonSageMakerClusterInstanceRolePolicy covers only buckets of the same account whose names begin with "sagemaker-".',
  fix: 'Add the statements that the finding prints to the execution role, or let HyperPodCluster grant them.',
  sources: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites-iam.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerClusterInstanceRolePolicy.html',
  ],
  check: cluster => {
    const list = cluster.at('InstanceGroups');
    const areGroupsHidden = list.isGiven ? !list.isList : cluster.mayHoldMore;
    return areGroupsHidden ? [about(cluster, 'warning', notKnown('each instance group', 'which instance groups there are'), list)] : [];
  },
  checkGroup: (cluster, group) => {
    const uri = group.at('LifeCycleConfig', 'SourceS3Uri');
    const fact = unknownOf(group);
    const observations = fact === undefined ? judge(cluster, group, uri)
      : [about(group, 'warning', groups => notKnown(named(groups), fact), uri)];
    return observations.map(observation => ({ ...observation, sharing: alike(group) }));
  },
};

function notKnown(groups: string, fact: string): string {
  return `It is not known whether the role of ${groups} can read its lifecycle scripts: ${fact} is not known at synth.\n`
    + 'To settle it, name the role and the bucket in the app, or acknowledge this finding once it is checked by hand.';
}

function judge(cluster: ClusterModel, group: InstanceGroupModel, uri: Property): Observation[] {
  const reader = scriptReaderOf(cluster, group);
  if (!reader) { return []; }
  const { role, source, bucket, reads } = reader;
  const where = `s3://${source.bucketName}/${source.prefix}`;
  const who = role.resource ? `${role.resource.node.path} (${role.principal.arn})` : `${role.principal.arn}`;
  const denied = reads.filter(({ allowed }) => allowed === 'no');
  // A warning prints already what a role lacks that this app cannot change.
  const arePrinted = arePermissionsPrinted(cluster.resource);
  const isPrinted = ({ reasons }: ActionDecision) => arePrinted && !role.resource && reasons.every(reason => role.identity.unseen.includes(reason));
  const undecided = reads.filter(decision => decision.allowed === 'unknown' && !isPrinted(decision));
  const assumption = bucket.knownByNameOnly ? [`The bucket is known only by its name, and is taken to lie in the account ${bucket.account}.`] : [];
  if (denied.length > 0) {
    const details = [...denied.map(missing), ...remedy(denied, reader), ...assumption];
    return [about(group, 'error', groups =>
      [`The execution role ${who} cannot read the lifecycle scripts of ${named(groups)} in ${where}.`, ...details].join('\n'), uri)];
  }
  if (undecided.length > 0) {
    const details = [
      ...undecided.map(({ action, resource, reasons }) => `${action} on ${resource}: ${reasons.join('; ')}.`),
      toAdd('If the role lacks them, add to it', readStatements(undecided, bucket)),
      ...source.bucketName.literal === undefined ? ['A bucket whose name the app gives as text can be checked.'] : [],
      ...assumption,
    ];
    return [about(group, 'warning', groups =>
      [`It is not known whether the execution role ${who} can read the lifecycle scripts of ${named(groups)} in ${where}.`, ...details].join('\n'), uri)];
  }
  return [];
}

function missing({ action, resource, obstacle, reasons }: ActionDecision): string {
  const detail = reasons.length > 0 && obstacle !== 'identity policies' ? `: ${reasons.join('; ')}` : '';
  switch (obstacle) {
    case 'explicit deny': return `${action} on ${resource} is denied${detail}.`;
    case 'identity policies': return `No policy of the role allows ${action} on ${resource}.`;
    default: return `The ${obstacle} does not allow ${action} on ${resource}${detail}.`;
  }
}

function remedy(denied: readonly ActionDecision[], { bucket, role }: ScriptReader): string[] {
  const lacking = denied.filter(({ obstacle }) => obstacle === 'identity policies');
  const lines = lacking.length > 0 ? [toAdd('Add to the role', readStatements(lacking, bucket))] : [];
  const refused = denied.filter(({ obstacle }) => obstacle === 'resource policy');
  if (refused.length > 0) {
    lines.push(toAdd(`Add to the policy of the bucket or key, in account ${bucket.account}`, readStatements(refused, bucket, role.principal.arn)));
  }
  const limited = denied.filter(({ obstacle }) => obstacle === 'permissions boundary' || obstacle === 'VPC endpoint policy');
  if (limited.length > 0) { lines.push(toAdd('Allow there', readStatements(limited, bucket))); }
  return lines;
}
