import { executionRoles, type ExecutionRoleUse, roleMay } from './role-access';
import { readPolicyDocument } from '../../iam/policy/document';
import type { ActionDecision, PolicySet } from '../../iam/policy/evaluate';
import { READ_SECRET_ACTION } from '../../service/accounting-secret';
import { accountOf } from '../../template/environment';
import { matchGlob } from '../../template/symbolic/glob';
import { type OpaqueSymbol, SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { slurmNodeType } from '../core/slurm';
import { spelledOut } from '../core/spelled-out';

/** A secret's ARN may be given without the hyphen and six characters that Secrets Manager ends it with. */
const SUFFIX: OpaqueSymbol = { id: 'suffix of the secret', placeholder: 'suffix of the secret' };

export interface SecretUse extends ExecutionRoleUse {
  readonly read: ActionDecision;
}

/** May the roles of the nodes that run Slurm's accounting read the secret of its database? */
export function accountingSecretUses(cluster: ClusterModel): readonly SecretUse[] {
  const database = spelledOut(spelledOut(spelledOut(cluster.properties.Orchestrator)?.Slurm)?.AccountingDatabase);
  const secret = cluster.string(database?.SecretArn);
  if (!secret) { return []; }
  const policy = secretPolicy(cluster, secret);
  const account = secret.split(':', 6)[4] ?? accountOf(cluster.stack.account);
  return executionRoles(cluster, controllers(cluster)).map(use => {
    const needed = { action: READ_SECRET_ACTION, resource: SymbolicString.concat(secret, SUFFIX), account, writtenAs: secret };
    return { ...use, read: roleMay(cluster, use.role, needed, { resource: policy }) };
  });
}

/** The nodes with slurmdbd. */
function controllers(cluster: ClusterModel): readonly InstanceGroupModel[] {
  return cluster.groupsWhere(group => slurmNodeType(group) === 'Controller');
}

function secretPolicy({ symbolizer }: ClusterModel, secret: SymbolicString): PolicySet {
  const policies = symbolizer.template.resources('AWS::SecretsManager::ResourcePolicy').filter(policy => symbolizer.exists(policy))
    .map(policy => ({ policy, matches: matchGlob(symbolizer.property(policy, 'SecretId') ?? SymbolicString.EMPTY, secret, { literal: true }) }));
  return {
    documents: policies.filter(({ matches }) => matches === 'yes').map(({ policy }) =>
      readPolicyDocument(symbolizer.template.render(policy).Properties.ResourcePolicy, `policy of the secret ${policy.node.path}`, policy.stack, symbolizer)),
    unseen: policies.filter(({ matches }) => matches === 'unknown')
      .map(({ policy }) => `whether ${policy.node.path} is the policy of the secret is not known until deployment`),
  };
}
