import type { RolePermissions } from '../../iam/role-permissions';
import { sameValue } from '../../template/symbolic/same-value';
import type { ClusterModel } from '../core/cluster-model';
import { propertyOf } from '../core/vpc/app-resources';

/**
 * How many managed policies a role of the app carries: those that it lists, and those of the app that list it. Undefined if that is
 * known only at deployment.
 */
export function managedPolicyCount(cluster: ClusterModel, { resource, policyResources }: RolePermissions): number | undefined {
  if (!resource) { return undefined; }
  const listed = propertyOf(cluster, resource, 'ManagedPolicyArns').values;
  if (!listed) { return undefined; }
  const attached = policyResources.filter(({ cfnResourceType }) => cfnResourceType === 'AWS::IAM::ManagedPolicy')
    .map(policy => cluster.symbolizer.attributeOf(policy, 'Ref'))
    .filter(arn => !listed.some(one => sameValue(one, arn)));
  return listed.length + attached.length;
}
