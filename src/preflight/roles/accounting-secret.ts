import { documentOf } from '../../iam/policy/document';
import type { ActionDecision, PolicySet } from '../../iam/policy/evaluate';
import { READ_SECRET_ACTION } from '../../service/accounting-secret';
import { accountOf } from '../../template/environment';
import { matchGlob } from '../../template/symbolic/glob';
import { type OpaqueSymbol, SymbolicString } from '../../template/symbolic/symbolic-string';
import type { ClusterModel } from '../core/cluster-model';
import type { InstanceGroupModel } from '../core/instance-group-model';
import { roleMay } from '../core/role-access';
import { slurmNodeType } from '../core/slurm';

/** A secret's ARN may be given without the hyphen and six characters that Secrets Manager ends it with. */
const SUFFIX: OpaqueSymbol = { id: 'suffix of the secret', placeholder: 'suffix of the secret' };

/**
 * May the role of a group read the secret of the database of Slurm's accounting, which runs on the controller?
 *
 * @returns undefined if there is no such secret, or the group does not run the accounting
 */
export function accountingSecretRead(cluster: ClusterModel, group: InstanceGroupModel): ActionDecision | undefined {
  const secret = cluster.at('Orchestrator', 'Slurm', 'AccountingDatabase', 'SecretArn').value;
  if (!secret || slurmNodeType(group) !== 'Controller' || !group.role) { return undefined; }
  const policy = secretPolicy(cluster, secret);
  const account = secret.split(':', 6)[4] ?? accountOf(cluster.stack.account);
  const needed = { action: READ_SECRET_ACTION, resource: SymbolicString.concat(secret, SUFFIX), account, writtenAs: secret };
  return roleMay(cluster, group.role, needed, { resource: policy });
}

function secretPolicy({ symbolizer }: ClusterModel, secret: SymbolicString): PolicySet {
  const policies = symbolizer.template.resources('AWS::SecretsManager::ResourcePolicy')
    .map(policy => ({ policy, matches: matchGlob(symbolizer.property(policy, 'SecretId') ?? SymbolicString.EMPTY, secret, { literal: true }) }))
    .filter(({ policy, matches }) => matches !== 'no' && symbolizer.exists(policy));
  return {
    documents: policies.filter(({ matches }) => matches === 'yes').map(({ policy }) =>
      documentOf(policy, `policy of the secret ${policy.node.path}`, symbolizer, 'ResourcePolicy')),
    unseen: policies.filter(({ matches }) => matches === 'unknown')
      .map(({ policy }) => `whether ${policy.node.path} is the policy of the secret is not known until deployment`),
  };
}
