import type { CfnResource } from 'aws-cdk-lib';
import { readDecisions, type ScriptAccess, writeDecision } from './script-access';
import type { ActionDecision } from '../../iam/policy/evaluate';
import { groupBy } from '../../template/group-by';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { mayHoldMore } from '../core/spelled-out';

/** Instance groups that read the same scripts from the same subnets with the same role: what is true of one is true of all. */
export interface ScriptReader extends ScriptAccess {
  readonly groups: readonly InstanceGroupModel[];
  readonly reads: readonly ActionDecision[];
  readonly write: ActionDecision;
}

/** Groups that have, or may have, scripts, of which the role or the bucket cannot be told. */
export interface UnknownScriptReader {
  /** None: which groups there are is itself not known. */
  readonly groups: readonly InstanceGroupModel[];
  readonly missing: string;
}

export function scriptReaders(cluster: ClusterModel): { readonly known: ScriptReader[]; readonly unknown: UnknownScriptReader[] } {
  const shared = groupBy(cluster.instanceGroups.filter(({ sourceS3Uri }) => sourceS3Uri),
    ({ roleArn, sourceS3Uri, subnets }) => [roleArn, sourceS3Uri, ...subnets].map(value => value?.key).join('|'));
  const known: ScriptReader[] = [];
  const unknown: UnknownScriptReader[] = hiddenReaders(cluster);
  for (const groups of shared.values()) {
    const [{ role, roleArn, scriptSource: source, scriptBucket: bucket, sourceS3Uri, subnets }] = groups;
    if (!role) {
      unknown.push({ groups, missing: `which role ${roleArn ?? 'the group'} stands for` });
    } else if (!source || !bucket) {
      unknown.push({ groups, missing: `which bucket ${sourceS3Uri} names` });
    } else {
      const access = { role, source, bucket, subnets };
      known.push({ groups, ...access, reads: readDecisions(cluster, access), write: writeDecision(cluster, access) });
    }
  }
  return { known, unknown };
}

/** The policies of the scripts' bucket that a reader cannot do without, as far as the cluster could wait for them. */
export function neededBucketPolicies(cluster: ClusterModel, reader: ScriptReader): readonly CfnResource[] {
  const { bucket, reads } = reader;
  // A stack of another account or Region is not deployed together with the cluster's.
  const beside = bucket.policyResources.filter(({ stack }) => stack.environment === cluster.stack.environment);
  if (beside.length === 0) { return []; }
  const without = readDecisions(cluster, { ...reader, bucket: { ...bucket, policy: { documents: [], unseen: [] } } });
  return reads.some(({ allowed }, index) => allowed === 'yes' && without[index].allowed !== 'yes') ? beside : [];
}

/** What the template leaves to the deployment, as with `Fn::Transform`, may have scripts: their absence proves nothing. */
function hiddenReaders({ properties, instanceGroups }: ClusterModel): UnknownScriptReader[] {
  const { InstanceGroups: list } = properties;
  const areGroupsHidden = list === undefined ? mayHoldMore(properties) : !Array.isArray(list);
  const hidden = instanceGroups.filter(({ kind, sourceS3Uri, properties: group }) =>
    kind === 'InstanceGroups' && !sourceS3Uri && (mayHoldMore(group) || mayHoldMore(group.LifeCycleConfig)));
  return [
    ...areGroupsHidden ? [{ groups: [], missing: 'which instance groups there are' }] : [],
    ...hidden.length > 0 ? [{ groups: hidden, missing: 'where the scripts lie' }] : [],
  ];
}
