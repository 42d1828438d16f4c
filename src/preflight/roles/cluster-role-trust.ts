import { karpenterRole } from './cluster-role';
import { roleTrust } from './role-trust';
import { CLUSTER_ROLE_PRINCIPAL } from '../../service/principals';
import { about } from '../findings/about';
import { namedRole } from '../findings/denials';
import type { Rule } from '../findings/rule';

export const clusterRoleTrust: Rule = {
  id: 'HyperPod-ClusterRoleTrust',
  title: 'HyperPod may assume the role for auto scaling',
  levels: ['error'],
  prevents: ['Invalid principal in policy'],
  why: 'Karpenter adds and removes nodes with the cluster\'s ClusterRole. Its principal is not the one of execution roles: '
    + `${CLUSTER_ROLE_PRINCIPAL}, not sagemaker.amazonaws.com.`,
  fix: `Let the role trust ${CLUSTER_ROLE_PRINCIPAL}, or leave it to ClusterAutoScaling.karpenter().`,
  sources: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks-autoscaling-iam.html'],
  check: cluster => {
    const role = karpenterRole(cluster);
    if (!role) { return []; }
    const { allowed, trusted } = roleTrust(cluster, role, CLUSTER_ROLE_PRINCIPAL);
    return allowed !== 'no' ? [] : [about(cluster, 'error',
      `The cluster role ${namedRole(role)} does not let ${CLUSTER_ROLE_PRINCIPAL} assume it; it trusts ${trusted.join(', ') || 'nobody'}.\n`
      + `Allow sts:AssumeRole to the service principal ${CLUSTER_ROLE_PRINCIPAL} in its trust policy.`, cluster.at('ClusterRole'))];
  },
};
