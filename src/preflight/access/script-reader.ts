import { readDecisions, type ScriptAccess, writeDecision } from './script-access';
import type { ActionDecision } from '../../iam/policy/evaluate';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';

/** A role that reads scripts from some subnets, for all instance groups of which this is true. */
export interface ScriptReader extends ScriptAccess {
  readonly reads: readonly ActionDecision[];
  readonly write: ActionDecision;
}

/** How a group reads its scripts: decided once for all that do so alike. Undefined if it has none, or the role or the bucket cannot be told. */
export function scriptReaderOf(cluster: ClusterModel, group: InstanceGroupModel): ScriptReader | undefined {
  const { role, scriptSource: source, subnets } = group;
  if (!role || !source) { return undefined; }
  const decided = <T>(what: string, decide: () => T): T => cluster.symbolizer.remember(role, `${what}: ${alike(group)}`, decide);
  const access: ScriptAccess = { role, source, bucket: group.scriptBucket!, subnets };
  const { value: entryScript } = group.entryScript;
  return {
    ...access,
    get reads() {
      const reads = decided('reads', () => readDecisions(cluster, access));
      // What nodes begin with is asked for only where that may make a difference.
      if (!entryScript || !reads.some(({ allowed }) => allowed === 'unknown')) { return reads; }
      return decided(`reads from ${entryScript.key}`, () => readDecisions(cluster, { ...access, entryScript }));
    },
    get write() { return decided('write', () => writeDecision(cluster, access)); },
  };
}

/** What groups have in common that read the same scripts from the same subnets with the same role. */
export function alike({ roleArn, sourceS3Uri, subnets }: InstanceGroupModel): string {
  return [roleArn, sourceS3Uri, ...subnets].map(value => value?.key).join('|');
}

/** What cannot be told about how a group reads the scripts that it has, or may have. */
export function unknownOf(group: InstanceGroupModel): string | undefined {
  if (!group.sourceS3Uri) {
    // What the template leaves to the deployment, as with `Fn::Transform`, may have scripts: their absence proves nothing.
    return group.kind === 'InstanceGroups' && (group.mayHoldMore || group.at('LifeCycleConfig').mayHoldMore) ? 'where the scripts lie' : undefined;
  }
  if (!group.role) { return `which role ${group.roleArn ?? 'the group'} stands for`; }
  return group.scriptSource ? undefined : `which bucket ${group.sourceS3Uri} names`;
}
